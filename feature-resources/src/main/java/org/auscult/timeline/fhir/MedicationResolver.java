package org.auscult.timeline.fhir;

import java.util.List;
import org.auscult.timeline.Code;

/** Says what a referenced Medication is. */
@FunctionalInterface
public interface MedicationResolver {
  /** Knows no Medication: a reference then stands as a code of its own. */
  MedicationResolver NONE = reference -> List.of();

  /**
   * The codes of a Medication.
   *
   * @param reference such as {@code Medication/12}
   * @return empty if it is unknown
   */
  List<Code> codes(String reference);
}
