package org.auscult.monitoring.retraining;

import java.time.Instant;
import java.util.Objects;

/**
 * Which data are proposed to train on, by when predictions were made.
 *
 * @param start inclusive
 * @param end exclusive
 * @param labels how many of these predictions have a label
 */
public record TrainingWindow(Instant start, Instant end, long labels, Why why) {
  /** Why it begins when it does. */
  public enum Why {
    /** The plan's length. */
    LENGTH("the plan's length"),
    /** What came before is of another time. */
    SINCE_CHANGE("since the latest change, as there are labels enough after it"),
    /** What came after it is not enough. */
    TOO_FEW_SINCE_CHANGE(
        "the plan's length: there are too few labels since the latest change, so that most are of"
            + " the time before");

    private final String words;

    Why(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  public TrainingWindow {
    Objects.requireNonNull(why);
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("A window ends after it begins");
    }
  }
}
