package org.auscult.timeline;

import org.jspecify.annotations.Nullable;

/**
 * In which of the patient's epochs a row is what the record says: [from, until). An epoch is a
 * counter raised by each writing transaction of that patient, so it orders what the clocks cannot.
 *
 * @param until null while current
 */
public record Epochs(long from, @Nullable Long until) {
  /** For facts that never stood in our record, such as prefetched ones. */
  public static final Epochs NONE = new Epochs(0, null);

  public boolean contains(long epoch) {
    Long end = until;
    return from <= epoch && (end == null || epoch < end);
  }
}
