package org.auscult.prediction;

import java.util.List;
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
   * Stores an answer durably before it returns. One with the same id, or of the same card, outcome,
   * time and user, is not counted twice.
   *
   * @return what is stored: this answer, or the first one of a repetition; empty if the card is
   *     none of ours
   */
  Optional<Answer> store(Answer answer);

  /** The answers to the cards of an entry, in the order in which they came. */
  List<Answer> answers(UUID journal);
}
