package org.auscult.server.access;

/** An access token that does not count. Its message is for its bearer and says nothing of it. */
final class BadTokenException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean forNow;

  private BadTokenException(String message, boolean forNow) {
    super(message);
    this.forNow = forNow;
  }

  static BadTokenException because(String message) {
    return new BadTokenException(message, false);
  }

  /** It could not be verified, which says nothing against it. */
  static BadTokenException forNow(String message) {
    return new BadTokenException(message, true);
  }

  /** Whether it may count when it is sent again. */
  boolean isForNow() {
    return forNow;
  }
}
