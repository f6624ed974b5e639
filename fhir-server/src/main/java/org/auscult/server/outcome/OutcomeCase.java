package org.auscult.server.outcome;

import java.time.Instant;
import org.auscult.outcome.OutcomeLabel;
import org.jspecify.annotations.Nullable;

/**
 * One output of one prediction, whose outcome is observed.
 *
 * @param labelId of the Observation that holds its label
 * @param prediction the resource that keeps what the model said
 * @param output name of the output
 * @param outcome {@code url|version} of the definition
 * @param patient as the prediction names it
 * @param indexTime of the prediction
 * @param stands the label that was written last, in short; null if none was
 * @param sequence how many labels were written
 */
public record OutcomeCase(
    long id,
    String labelId,
    String prediction,
    String output,
    String outcome,
    String patient,
    Instant indexTime,
    @Nullable String stands,
    int sequence) {

  /**
   * A label in short: two of the same kind, for the same reason, at the same time and of the same
   * evidence are the same. While the horizon is open there is only one.
   */
  static String inShort(OutcomeLabel label) {
    OutcomeLabel.Why why = label.why();
    if (why != null && label.isOpen()) {
      return why.code();
    }
    return label.code()
        + "|"
        + (why == null ? "" : why.code())
        + "|"
        + label.when()
        + "|"
        + String.join(" ", label.evidence().references());
  }
}
