package org.auscult.server.journal;

import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * Port: makes the audit leaf of a hook call, which is stored in the journal's own insert. Threads:
 * safe.
 */
public interface JournalLeaves {
  /** Without an audit log: for the journal alone. */
  JournalLeaves NONE = entry -> null;

  /**
   * The leaf of an entry that is about to be inserted.
   *
   * @return null if another leaf tells of it: that of the operation that asked
   */
  @Nullable Leaf of(JournalEntry entry);

  /** An answer to a card of this entry is about to be stored. */
  default void answered(JournalEntry entry, Feedback feedback) {}

  /** A leaf, until it is known whether it was stored. */
  interface Leaf {
    String id();

    byte[] bytes();

    /** It is committed. */
    void stored();

    /** It is not, for certain. */
    void notStored();

    /** Nobody knows. */
    void unknown();
  }
}
