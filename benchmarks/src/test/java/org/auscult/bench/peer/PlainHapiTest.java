package org.auscult.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer is made of our own wiring, so a change of that must not leave it behind. */
class PlainHapiTest {
  @Test
  void starts(@TempDir Path data) {
    try (var peer =
        PlainHapi.start(
            "--port",
            "0",
            "--data",
            data.toString(),
            "--db",
            "jdbc:h2:mem:peer;LOCK_TIMEOUT=1000")) {
      assertThat(peer.isRunning()).isTrue();
    }
  }
}
