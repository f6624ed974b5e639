package org.auscult.server.signature;

/** Nothing was signed. */
public final class SignatureRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why not. */
  public enum Reason {
    /** The first signature of a session takes all components, each later one at least one. */
    COMPONENTS("components"),
    /** The reference names no version. */
    NOT_VERSIONED("not-versioned"),
    /** There is no such version. */
    UNKNOWN_RECORD("unknown-record");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** As the audit log spells it. */
    public String code() {
      return code;
    }
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
