package org.auscult.access.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Port: keeps what ties patients to sites and to people, and what limits access to them, in the
 * transaction of the resource.
 */
public interface TieRecorder {
  /** What a tie leads to. */
  enum Kind {
    /** The id of an Organization. */
    SITE,
    /** The reference of somebody in the care team. */
    MEMBER,
    /** A version of a Consent that limits access. */
    CONSENT,
    /** The code of a label of special protection that the source bears. */
    LABEL,
    /** The same, where the source is what this server wrote of a model's result. */
    SAID,
    /** The mark of a person to whom an emergency has opened the record. */
    OPENED;

    /** Whether it limits access, or lifts a limit. */
    public boolean isLimit() {
      return this == CONSENT || this == LABEL || this == SAID || this == OPENED;
    }
  }

  /**
   * One tie of a patient.
   *
   * @param until first instant at which it does not hold any more; null if it has no end
   */
  record Tie(String patient, Kind kind, String value, @Nullable Instant until) {}

  /**
   * Puts these in the place of the ties that this resource made, such as {@code Encounter/1}.
   *
   * @param limited patients whose limits this may change, by what it puts there or takes away
   */
  void record(String source, List<Tie> ties, Set<String> limited);

  /** Forgets all ties. */
  void forgetAll();
}
