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
 * @param flag how a measurement stands to what is usual; null if the record does not tell
 * @param circumstances who, where on the body, how and with what; a reader gives them only where
 *     they were asked for
 */
public record FactContext(
    String status,
    @Nullable String category,
    @Nullable String encounter,
    @Nullable String site,
    @Nullable String interpretation,
    Author author,
    @Nullable ReferenceFlag flag,
    Circumstances circumstances) {
  /** Who stands behind a fact. */
  public enum Author {
    RECORD,
    MODEL
  }

  public FactContext {
    Objects.requireNonNull(status);
    Objects.requireNonNull(author);
    Objects.requireNonNull(circumstances);
  }

  /** Without a flag, and of nothing known how it was done. */
  public FactContext(
      String status,
      @Nullable String category,
      @Nullable String encounter,
      @Nullable String site,
      @Nullable String interpretation,
      Author author) {
    this(status, category, encounter, site, interpretation, author, null, Circumstances.NONE);
  }

  public static FactContext of(String status) {
    return new FactContext(status, null, null, null, null, Author.RECORD);
  }

  public FactContext withStatus(String newStatus) {
    return new FactContext(
        newStatus, category, encounter, site, interpretation, author, flag, circumstances);
  }

  public FactContext withEncounter(@Nullable String newEncounter) {
    return new FactContext(
        status, category, newEncounter, site, interpretation, author, flag, circumstances);
  }

  public FactContext withCircumstances(Circumstances newCircumstances) {
    return new FactContext(
        status, category, encounter, site, interpretation, author, flag, newCircumstances);
  }

  /** The same, of a model. */
  public FactContext writtenByModel() {
    return new FactContext(
        status, category, encounter, site, interpretation, Author.MODEL, flag, circumstances);
  }
}
