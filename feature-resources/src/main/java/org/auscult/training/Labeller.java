package org.auscult.training;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auscult.timeline.TimelineQuery.Need;

/** Port: says what became of a patient after an index time, by one outcome definition. */
public interface Labeller {
  /** {@code url|version}. */
  String definition();

  /** What to read of a timeline beside what features read. */
  List<Need> needs();

  /**
   * The label as of the data set's cut.
   *
   * @return empty if the definition leaves this index time out
   */
  Optional<Label> label(PatientHistory history, IndexTime index, Instant cut);
}
