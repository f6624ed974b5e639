package org.auscult.server.access;

import java.util.function.BooleanSupplier;

/**
 * Whether a request without an access token is refused. One with a token is held to it anyway.
 * Threads: safe.
 */
final class Enforcement implements BooleanSupplier {
  private volatile boolean on;

  Enforcement(boolean on) {
    this.on = on;
  }

  @Override
  public boolean getAsBoolean() {
    return on;
  }

  /** For tests, which share one server: nothing else calls it. */
  void set(boolean enforced) {
    on = enforced;
  }
}
