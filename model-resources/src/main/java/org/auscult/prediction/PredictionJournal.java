package org.auscult.prediction;

import java.util.Optional;
import java.util.UUID;

/** Port: keeps predictions before they are shown, and the answers to them. */
public interface PredictionJournal {
  /**
   * Stores an entry durably before it returns. The same service, instance and subject again is a
   * retry: it stores nothing.
   *
   * @return what is stored: this entry, or the first one of a retry
   * @throws RuntimeException if it could not be stored: then nothing may be shown
   */
  JournalEntry store(JournalEntry entry);

  /** An entry by its id. */
  Optional<JournalEntry> find(UUID id);

  /** The entry of an earlier call with the same service, instance and subject. */
  Optional<JournalEntry> find(Call call, Subject subject);

  /**
   * Stores an answer; the same one again (card, outcome, time) is not counted twice.
   *
   * @return whether the card is one of ours
   */
  boolean store(Feedback feedback);
}
