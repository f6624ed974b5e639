package org.auscult.server.journal;

import java.time.Instant;
import java.util.List;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;

/** Port: makes FHIR resources of what the journal holds. Doing it again must change nothing. */
public interface ResourceWriter {
  /**
   * An answer with the entry of its card.
   *
   * @param received when it was stored
   */
  record Answer(String id, Feedback feedback, Instant received, JournalEntry entry) {}

  /**
   * Writes the resources of several entries, all or none.
   *
   * @throws RuntimeException if any of them cannot be written
   */
  void write(List<JournalEntry> entries);

  /** Writes several answers, all or none. */
  void writeAnswers(List<Answer> answers);
}
