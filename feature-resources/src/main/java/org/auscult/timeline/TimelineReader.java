package org.auscult.timeline;

import java.util.Optional;

/** Port: reads the clinical event timeline of our own record. */
public interface TimelineReader {
  /**
   * The facts that a question needs and the patient's epoch, from one statement.
   *
   * @return empty if this record holds no such patient
   */
  Optional<PatientTimeline> read(TimelineQuery query);
}
