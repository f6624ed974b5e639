package org.auscult.server.timeline;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.auscult.timeline.Fact;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * One change of one resource, as the timeline sees it.
 *
 * @param home the patient that the resource names; null if it names none of ours, or is not at hand
 * @param facts what the new version states; empty but for a write
 * @param at when it was stored
 * @param mergedInto for a Patient: the patient that replaces it; null if none
 * @param medication what the stored Medication says that the facts name; null if they name none
 */
record Change(
    Cause cause,
    ResourceKind kind,
    String id,
    long version,
    @Nullable String home,
    List<Fact> facts,
    Instant at,
    @Nullable String mergedInto,
    @Nullable MedicationState medication) {
  /** What happened to the resource. */
  enum Cause {
    WRITE,
    DELETE,
    EXPUNGE,
    /** A Provenance says that a model wrote this version. */
    MODEL,
    /** The Medication that this version names says something else, or is gone. */
    DRUG
  }

  Change {
    Objects.requireNonNull(cause);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(id);
    facts = List.copyOf(facts);
    Objects.requireNonNull(at);
  }

  Change withMedication(MedicationState state) {
    return new Change(cause, kind, id, version, home, facts, at, mergedInto, state);
  }
}
