package org.auscult.timeline.fhir;

import java.util.List;
import java.util.Objects;
import org.auscult.timeline.Code;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.MedicationState;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Medication.MedicationStatus;

/**
 * One version of a stored Medication.
 *
 * @param id its logical id
 * @param says what orders that name it take from it; not numbered yet
 */
public record MedicationVersion(String id, MedicationState says) {
  public MedicationVersion {
    Objects.requireNonNull(id);
    Objects.requireNonNull(says);
  }

  /** Reads a version, which bears id and {@code meta.lastUpdated}. */
  public static MedicationVersion of(Medication medication) {
    Basis basis = FactProjector.isHistory(medication) ? Basis.ASSUMED : Basis.RECORDED;
    return new MedicationVersion(
        medication.getIdElement().getIdPart(),
        new MedicationState(
            0, codes(medication), medication.getMeta().getLastUpdated().toInstant(), basis));
  }

  /**
   * The codes that a Medication says it has. Only its code counts, as of one that stands within an
   * order; what was entered in error has none.
   */
  public static List<Code> codes(Medication medication) {
    return medication.getStatus() == MedicationStatus.ENTEREDINERROR
        ? List.of()
        : MedicationReader.codes(medication.getCode());
  }
}
