package org.auscult.server.outcome;

import java.time.Instant;
import org.auscult.outcome.CensoringReason;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.OutcomeLabel.Censored;
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
record OutcomeCase(
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
    if (label instanceof Censored censored && isOpen(label)) {
      return censored.reason().code();
    }
    return label.code()
        + "|"
        + reason(label)
        + "|"
        + time(label)
        + "|"
        + String.join(" ", label.evidence().references());
  }

  /** Whether nothing has happened yet, and still may. */
  static boolean isOpen(OutcomeLabel label) {
    return label instanceof Censored censored && censored.reason() == CensoringReason.HORIZON_OPEN;
  }

  static @Nullable String reason(OutcomeLabel label) {
    if (label instanceof Censored censored) {
      return censored.reason().code();
    }
    return label instanceof OutcomeLabel.Excluded excluded ? excluded.reason().code() : null;
  }

  /** When it happened, or up to when it is known; null for who is not asked about. */
  static @Nullable Instant time(OutcomeLabel label) {
    if (label instanceof OutcomeLabel.Event event) {
      return event.time();
    } else if (label instanceof OutcomeLabel.NoEvent none) {
      return none.followedUntil();
    } else if (label instanceof OutcomeLabel.Competing competing) {
      return competing.time();
    } else if (label instanceof Censored censored) {
      return censored.at();
    }
    return null;
  }
}
