package org.auscult.timeline;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a fact.
 *
 * @param status the resource's status; for a Condition the clinicalStatus code (empty if not
 *     given), with {@code entered-in-error} and {@code refuted} taken from verificationStatus; for
 *     a MedicationRequest that is not an order (intent) {@code not-an-order}, and {@code
 *     do-not-perform} where it says so
 * @param category the first category's code; null if none
 * @param encounter logical id of the encounter; null if none
 * @param site logical id of the Organization that the fact belongs to; null if unknown
 * @param interpretation the first interpretation code (H, L, …); null if none
 * @param author who wrote it: features leave out what a model wrote (AIAST), unless told otherwise
 */
public record FactContext(
    String status,
    @Nullable String category,
    @Nullable String encounter,
    @Nullable String site,
    @Nullable String interpretation,
    Author author) {
  /** Who stands behind a fact. */
  public enum Author {
    RECORD,
    MODEL
  }

  public FactContext {
    Objects.requireNonNull(status);
    Objects.requireNonNull(author);
  }

  public static FactContext of(String status) {
    return new FactContext(status, null, null, null, null, Author.RECORD);
  }
}
