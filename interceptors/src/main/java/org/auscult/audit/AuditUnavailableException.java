package org.auscult.audit;

import org.jspecify.annotations.Nullable;

/** An event could not be recorded durably: nothing may be answered but 503 (safety rule 22). */
public final class AuditUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AuditUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
