package org.auscult.server.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.PrimitiveIterator;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port for a server that must know its address before it listens. It is none of those that a
 * system gives to outgoing connections (Linux from 32768, others from 49152): one of these may be
 * taken by any client while the server starts, and is refused to it for a minute after.
 */
public final class FreePort {
  /** Below it are the ports of well-known servers. */
  static final int LEAST = 20_000;

  static final int END = 32_768;
  private static final int TRIES = 100;

  private FreePort() {}

  /**
   * A port that nobody uses now.
   *
   * @throws IOException if none of a hundred is free
   */
  public static int find() throws IOException {
    return firstOf(ThreadLocalRandom.current().ints(TRIES, LEAST, END).iterator());
  }

  static int firstOf(PrimitiveIterator.OfInt ports) throws IOException {
    while (ports.hasNext()) {
      int port = ports.nextInt();
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("No TCP port from " + LEAST + " to " + (END - 1) + " is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
