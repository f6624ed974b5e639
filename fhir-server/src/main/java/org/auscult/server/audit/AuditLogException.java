package org.auscult.server.audit;

/** The log could not be read or written. */
final class AuditLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditLogException(String message, Throwable cause) {
    super(message, cause);
  }
}
