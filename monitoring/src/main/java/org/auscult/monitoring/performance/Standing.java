package org.auscult.monitoring.performance;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a prediction stands: what became of the patient, or why nobody can say. */
public enum Standing {
  /** What was predicted happened. */
  EVENT,
  /** It did not, and the patient was followed to the horizon. */
  NO_EVENT,
  /** Something else came first, after which it could not happen any more. */
  COMPETING,
  /** Follow-up ended before the horizon. */
  CENSORED,
  /** The outcome definition does not ask about this patient at this time. */
  EXCLUDED,
  /**
   * It is labelled, and others whose horizon ends with it cannot be yet: an event is known as soon
   * as it happens, its absence only when the horizon closes. It does not count before.
   */
  EARLY,
  /** The horizon is still open, or nobody has looked yet. */
  PENDING,
  /** The model's output names no outcome. */
  NOT_OBSERVED;

  /**
   * How it stands for who looks at a time.
   *
   * @param closes when the horizon does; null if that is over
   */
  public Standing seen(@Nullable Instant closes, Instant looked) {
    boolean isLabel = this == EVENT || this == NO_EVENT;
    return isLabel && closes != null && closes.isAfter(looked) ? EARLY : this;
  }

  /** As labels and reports spell it: {@code no-event}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The one with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Standing of(String code) {
    return Arrays.stream(values())
        .filter(standing -> standing.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No standing is called " + code));
  }
}
