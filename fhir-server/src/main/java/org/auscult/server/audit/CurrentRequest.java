package org.auscult.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The request that this thread answers, for code behind ports that know no servlets: the journal's
 * insert.
 */
final class CurrentRequest {
  private static final ThreadLocal<HttpServletRequest> REQUEST = new ThreadLocal<>();

  private CurrentRequest() {}

  static void begin(HttpServletRequest request) {
    REQUEST.set(request);
  }

  static void end() {
    REQUEST.remove();
  }

  /** Null for a job of our own. */
  static @Nullable HttpServletRequest get() {
    return REQUEST.get();
  }
}
