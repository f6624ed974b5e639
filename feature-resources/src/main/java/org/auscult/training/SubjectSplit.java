package org.auscult.training;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.auscult.timeline.Fact;

/**
 * The part of a whole patient, where a split does not tear patients apart.
 *
 * @param split by patient or by slot
 */
public record SubjectSplit(Split split, Instant cut, ZoneId zone) {
  public SubjectSplit {
    if (split.by() == Split.By.TIME) {
      throw new IllegalArgumentException("A split by time has no part of a whole patient");
    }
  }

  /** Of the patient, as the record says it at the cut. */
  public Part of(PatientHistory history) {
    if (split.by() == Split.By.PATIENT) {
      return split.of(history.patient());
    }
    List<Fact> known = history.knownAt(cut);
    return split.of(Person.of(known, Stay.of(known), zone).slot(history.patient()));
  }
}
