package org.auscult.training;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a patient after an index time.
 *
 * @param status code of how it ended, such as {@code event}, {@code no-event}, {@code censored}
 * @param value 1 for the event, 0 for none; null where that is not known
 * @param time of the event, or until when it is known that there was none; null if neither
 * @param detail why, for people; empty if there is nothing to say
 */
public record Label(String status, @Nullable Double value, @Nullable Instant time, String detail) {
  public Label {
    Objects.requireNonNull(status);
    Objects.requireNonNull(detail);
  }
}
