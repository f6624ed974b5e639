package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a version states of a patient.
 *
 * @param part 0 for the resource itself, then its components in order
 * @param codes {@code system|code} of all codings
 * @param value the node that holds {@code value[x]}, {@code dataAbsentReason}
 * @param from the first instant that its date allows
 * @param visible from when it counts: the end of a partial date or of a measured period
 * @param until the end of a state; null if open or none
 * @param isDated whether the record says at all when it was
 * @param isState whether it goes on until it ends, rather than happening once
 * @param known since when the record knew it
 */
record Stated(
    Version version,
    int part,
    Set<String> codes,
    JsonNode value,
    Instant from,
    Instant visible,
    @Nullable Instant until,
    boolean isDated,
    boolean isState,
    String status,
    Instant known) {
  String reference() {
    return version.reference();
  }

  boolean hasValue() {
    return value.has("valueQuantity")
        || value.has("valueCodeableConcept")
        || value.has("valueString");
  }

  /** The status at an instant: what has ended by now was active before its end. */
  String statusAt(Instant at) {
    Set<String> over =
        version.type().equals("MedicationStatement")
            ? Set.of("completed", "stopped")
            : Set.of("resolved", "inactive", "remission");
    return over.contains(status) && until != null && until.isAfter(at) ? "active" : status;
  }
}
