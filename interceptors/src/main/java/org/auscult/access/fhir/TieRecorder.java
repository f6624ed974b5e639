package org.auscult.access.fhir;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: keeps what ties patients to sites and to people, in the transaction of the resource. */
public interface TieRecorder {
  /** What a tie leads to. */
  enum Kind {
    /** The id of an Organization. */
    SITE,
    /** The reference of somebody in the care team. */
    MEMBER
  }

  /**
   * One tie of a patient.
   *
   * @param until first instant at which it does not hold any more; null if it has no end
   */
  record Tie(String patient, Kind kind, String value, @Nullable Instant until) {}

  /** Puts these in the place of the ties that this resource made, such as {@code Encounter/1}. */
  void record(String source, List<Tie> ties);

  /** Forgets all ties. */
  void forgetAll();
}
