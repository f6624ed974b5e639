package org.auscult.prove;

/** A proof cannot run here; the message says what is missing. */
public final class NotRunException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is missing, for people
   */
  public NotRunException(String message) {
    super(message);
  }
}
