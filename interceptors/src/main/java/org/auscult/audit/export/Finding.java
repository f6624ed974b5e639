package org.auscult.audit.export;

/**
 * One thing that is wrong with a log.
 *
 * @param index of the leaf that it points at, or before which it stands
 * @param message for people: what is wrong, and what it may mean
 */
public record Finding(Kind kind, long index, String message) {
  /** What a file says goes to a terminal: no control character of it does. */
  public Finding {
    message = message.replaceAll("\\p{Cntrl}", "?");
  }

  /** What is wrong. The codes appear in the command's JSON and are not changed. */
  public enum Kind {
    /** Leaves of a range are not those that were signed: changed, removed, reordered or added. */
    ALTERED("altered"),
    /** Indexes leave some out. */
    MISSING("missing"),
    /** An index comes again, or too late. */
    OUT_OF_ORDER("out-of-order"),
    /** A leaf, or a line, cannot be read. */
    UNREADABLE("unreadable"),
    /** A chain leaves out sequences, or does not begin at 1. */
    CHAIN_GAP("chain-gap"),
    /** A leaf was not written after the former one of its chain, as that now stands. */
    CHAIN_BROKEN("chain-broken"),
    /** A place in a chain, and so an id, comes again or too late. */
    CHAIN_REPEATED("chain-repeated"),
    /** A chain's time goes backwards. */
    TIME_BACKWARDS("time-backwards"),
    /** A head's signature is not that of its key. */
    BAD_SIGNATURE("bad-signature"),
    /** A head names a key that is not known. */
    UNKNOWN_KEY("unknown-key"),
    /** A head was signed at a time at which its key was not in use. */
    KEY_NOT_IN_USE("key-not-in-use"),
    /** A head is of another log. */
    OTHER_LOG("other-log"),
    /** Heads are out of order, or what stands beside one does not give its root. */
    BAD_HEAD("bad-head"),
    /** No signed head covers the last leaves. */
    NOT_COVERED("not-covered"),
    /** The file ends before its end. */
    TRUNCATED("truncated"),
    /** A head kept elsewhere is of another history: the log was rewritten, or cut off. */
    REWRITTEN("rewritten"),
    /** A head kept elsewhere says nothing of the range in this file. */
    HEAD_OUTSIDE("head-outside");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** Such as {@code chain-gap}. */
    public String code() {
      return code;
    }
  }
}
