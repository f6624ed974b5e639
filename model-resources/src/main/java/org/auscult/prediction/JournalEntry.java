package org.auscult.prediction;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What is kept of one call, before anything is shown: enough to make all of its resources and cards
 * again, and to replay it.
 *
 * @param id a UUID whose last byte is 0 ({@link CardId})
 * @param indexTime when the prediction was made
 * @param epoch the patient's epoch that was read; 0 if nothing of our record was
 * @param findings how many of the caller's resources could not be read
 */
public record JournalEntry(
    UUID id,
    Instant recordedAt,
    Call call,
    Subject subject,
    Instant indexTime,
    long epoch,
    int findings,
    List<ModelRun> runs) {
  public JournalEntry {
    Objects.requireNonNull(id);
    Objects.requireNonNull(recordedAt);
    Objects.requireNonNull(call);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(indexTime);
    runs = List.copyOf(runs);
    if (!CardId.journal(id).equals(id)) {
      throw new IllegalArgumentException("A journal id ends in 00");
    }
  }
}
