package org.auscult.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
  @Test
  void aPortIsNoneOfOutgoingConnections() throws IOException {
    for (int i = 0; i < 50; i++) {
      assertThat(FreePort.find()).isBetween(FreePort.LEAST, FreePort.END - 1);
    }
  }

  @Test
  void aPortOnWhichSomebodyListensIsPassedOver() throws IOException {
    int free = FreePort.find();
    try (ServerSocket taken = new ServerSocket(FreePort.find())) {
      int port = taken.getLocalPort();

      assertThat(FreePort.firstOf(IntStream.of(port, free).iterator())).isEqualTo(free);
      assertThatThrownBy(() -> FreePort.firstOf(IntStream.of(port, port).iterator()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("free");
    }
  }

  /** What happens to a server whose port is one of those that clients are given. */
  @Test
  void aPortFromWhichSomebodyCallsIsPassedOver() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    int free = FreePort.find();
    try (ServerSocket server = new ServerSocket(0, 1, here);
        Socket client = new Socket()) {
      client.connect(new InetSocketAddress(here, server.getLocalPort()));

      assertThat(FreePort.firstOf(IntStream.of(client.getLocalPort(), free).iterator()))
          .isEqualTo(free);
    }
  }
}
