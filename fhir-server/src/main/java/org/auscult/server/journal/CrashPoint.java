package org.auscult.server.journal;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Named places at which a proof may kill this process, to show that nothing is lost there. Armed by
 * the system property {@code auscult.crash-at=NAME:N} (at the N-th passing); otherwise it costs a
 * null check.
 */
public final class CrashPoint {
  private static final @Nullable String ARMED = System.getProperty("auscult.crash-at");
  private static final AtomicInteger PASSED = new AtomicInteger();

  private CrashPoint() {}

  /** Passes a place. */
  public static void pass(String name) {
    if (ARMED != null && ARMED.startsWith(name + ":")) {
      int at = Integer.parseInt(ARMED.substring(name.length() + 1));
      if (PASSED.incrementAndGet() == at) {
        Runtime.getRuntime().halt(137);
      }
    }
  }
}
