package org.auscult.order;

import java.util.List;
import java.util.Objects;
import org.auscult.timeline.Code;

/**
 * An order that is not placed yet, as the caller's EHR holds it. It says nothing of what the
 * patient takes, so it never becomes a fact of a timeline (safety rule 13).
 *
 * @param reference {@code MedicationRequest/12}, the caller's
 * @param codes what is ordered, in every coding that there is, contained and referenced Medications
 *     resolved; empty if nobody can tell
 * @param text what is ordered, for people; empty if the order does not say
 * @param dosage how much of it
 */
public record DraftOrder(String reference, List<Code> codes, String text, Dosage dosage) {
  public DraftOrder {
    Objects.requireNonNull(reference);
    codes = List.copyOf(codes);
    Objects.requireNonNull(text);
    Objects.requireNonNull(dosage);
  }

  /** An order that does not say how much. */
  public DraftOrder(String reference, List<Code> codes, String text) {
    this(reference, codes, text, Dosage.NONE);
  }

  /** The type of resource that the order is. */
  public String resourceType() {
    int slash = reference.indexOf('/');
    return slash < 0 ? reference : reference.substring(0, slash);
  }

  /** Its reference alone: what is ordered is a patient's. */
  @Override
  public String toString() {
    return "DraftOrder(" + reference + ")";
  }
}
