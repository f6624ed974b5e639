package org.auscult.monitoring.adjudication;

import java.time.Instant;
import org.auscult.monitoring.performance.Standing;
import org.jspecify.annotations.Nullable;

/**
 * A labelled prediction, as it stood at the end of a window.
 *
 * @param id of the label
 * @param patient as the prediction names it
 * @param indexTime of the prediction
 * @param label by the rule
 * @param labels how many were said of it until then, 1 or more
 * @param series the model and its output, within which scores can be compared
 * @param score the higher, the likelier the event; null if none was kept
 */
public record Candidate(
    String id,
    String patient,
    Instant indexTime,
    Standing label,
    int labels,
    String series,
    @Nullable Double score) {
  public Candidate {
    if (labels < 1) {
      throw new IllegalArgumentException("A candidate has a label");
    }
  }

  boolean saysYesOrNo() {
    return label == Standing.EVENT || label == Standing.NO_EVENT;
  }

  boolean isDoubtful() {
    return label == Standing.CENSORED || labels > 1;
  }
}
