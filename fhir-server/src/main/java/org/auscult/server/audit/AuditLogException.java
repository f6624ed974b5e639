package org.auscult.server.audit;

import org.jspecify.annotations.Nullable;

/** The log could not be read or written. */
final class AuditLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditLogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
