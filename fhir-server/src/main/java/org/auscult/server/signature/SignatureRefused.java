package org.auscult.server.signature;

/** Nothing was signed. */
public final class SignatureRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why not. */
  public enum Reason {
    /** The first signature of a session takes all components, each later one at least one. */
    COMPONENTS,
    /** The reference names no version. */
    NOT_VERSIONED,
    /** There is no such version. */
    UNKNOWN_RECORD
  }

  private final Reason reason;

  SignatureRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why nothing was signed. */
  public Reason reason() {
    return reason;
  }
}
