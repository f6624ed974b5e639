package org.auscult.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.auscult.server.web.LimitedBody.Limits;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {
  private final AtomicLong nanos = new AtomicLong();

  private LimitedBody body(String text, long bytes, Duration perByte) {
    ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    ServletInputStream slow =
        new ServletInputStream() {
          @Override
          public int read() {
            nanos.addAndGet(perByte.toNanos());
            return in.read();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            nanos.addAndGet(perByte.toNanos());
            return in.read(bytes, offset, Math.min(length, 1));
          }

          @Override
          public boolean isFinished() {
            return in.available() == 0;
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setReadListener(ReadListener listener) {}
        };
    return new LimitedBody(
        slow, new Limits(bytes, true), e -> new IllegalStateException(e.name()), nanos::get);
  }

  @Test
  void givesWhatIsWithinTheLimits() throws IOException {
    String text = "[".repeat(LimitedBody.DEEPEST) + "]".repeat(LimitedBody.DEEPEST);

    assertThat(body(text, text.length(), Duration.ZERO).readAllBytes())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(text);
  }

  @Test
  void refusesAByteTooMany() {
    LimitedBody body = body("[1,2]", 4, Duration.ZERO);

    assertThatThrownBy(body::readAllBytes).hasMessage("SIZE");
    assertThatThrownBy(() -> one(body("[1,2]", 4, Duration.ZERO))).hasMessage("SIZE");
  }

  @Test
  void refusesALevelTooMany() {
    String text = "[".repeat(LimitedBody.DEEPEST + 1);

    assertThatThrownBy(body(text, 1_000, Duration.ZERO)::readAllBytes).hasMessage("DEPTH");
    assertThatThrownBy(() -> one(body(text, 1_000, Duration.ZERO))).hasMessage("DEPTH");
  }

  @Test
  void refusesANumberThatNoMeasurementHas() {
    assertThatThrownBy(body("[1e999999999]", 1_000, Duration.ZERO)::readAllBytes)
        .hasMessage("NUMBER");
    assertThatThrownBy(() -> one(body("[1e999999999]", 1_000, Duration.ZERO))).hasMessage("NUMBER");
  }

  private static void one(LimitedBody body) throws IOException {
    int b;
    do {
      b = body.read();
    } while (b >= 0);
  }

  @Test
  void refusesABodyThatTricklesIn() {
    String text = " ".repeat(10_000);

    assertThatThrownBy(body(text, 20_000, Duration.ofMillis(100))::readAllBytes)
        .hasMessage("SLOWNESS");
    assertThat(nanos.get()).isLessThan(LimitedBody.PATIENCE.plusSeconds(2).toNanos());
  }

  @Test
  void isPatientWithASlowButSteadyBody() throws IOException {
    int bytes = 60 * LimitedBody.LEAST_BYTES_PER_SECOND;
    String text = " ".repeat(bytes);
    Duration perByte = Duration.ofSeconds(1).dividedBy(LimitedBody.LEAST_BYTES_PER_SECOND + 10);

    assertThat(body(text, bytes, perByte).readAllBytes()).hasSize(bytes);
  }
}
