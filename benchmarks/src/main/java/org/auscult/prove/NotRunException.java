package org.auscult.prove;

/** A proof cannot run here; the message says what is missing. */
final class NotRunException extends Exception {
  private static final long serialVersionUID = 1L;

  NotRunException(String message) {
    super(message);
  }
}
