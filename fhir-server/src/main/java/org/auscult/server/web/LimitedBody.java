package org.auscult.server.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A request's body within limits: size, depth of nesting, and a least speed, so that who sends a
 * byte now and then does not hold a thread for ever.
 */
final class LimitedBody extends ServletInputStream {
  /** Elements or objects within each other; a Questionnaire's items are the deepest known. */
  static final int DEEPEST = 100;

  /** So long a body may be as slow as it likes. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  static final int LEAST_BYTES_PER_SECOND = 1_000;

  /** What may be wrong with a body. */
  enum Excess {
    SIZE,
    DEPTH,
    NUMBER,
    SLOWNESS
  }

  /** Says what is wrong in the words of whoever reads the body. */
  interface Refusal {
    /** What its reader turns into an answer. */
    RuntimeException of(Excess excess);
  }

  /**
   * What a body may be.
   *
   * @param bytes at the most
   * @param isNested whether it is JSON or XML, whose depth and numbers count
   */
  record Limits(long bytes, boolean isNested) {}

  private final ServletInputStream body;
  private final Limits limits;
  private final Refusal refusal;
  private final LongSupplier nanos;
  private final long began;
  private final Depth depth = new Depth();
  private long read;

  LimitedBody(ServletInputStream body, Limits limits, Refusal refusal, LongSupplier nanos) {
    this.body = body;
    this.limits = limits;
    this.refusal = refusal;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  @Override
  public int read() throws IOException {
    int b = body.read();
    if (b >= 0) {
      counted(1);
      nested(b);
    }
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = body.read(bytes, offset, length);
    if (n > 0) {
      counted(n);
      if (limits.isNested()) {
        for (int i = offset; i < offset + n; i++) {
          nested(bytes[i] & 0xFF);
        }
      }
    }
    return n;
  }

  private void counted(int n) {
    read += n;
    if (read > limits.bytes()) {
      throw refusal.of(Excess.SIZE);
    }
    long took = nanos.getAsLong() - began;
    if (took > PATIENCE.toNanos() && read < LEAST_BYTES_PER_SECOND * (took / 1_000_000_000L)) {
      throw refusal.of(Excess.SLOWNESS);
    }
  }

  private void nested(int b) {
    if (limits.isNested() && depth.next(b) > DEEPEST) {
      throw refusal.of(Excess.DEPTH);
    }
    if (depth.isHuge()) {
      throw refusal.of(Excess.NUMBER);
    }
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
