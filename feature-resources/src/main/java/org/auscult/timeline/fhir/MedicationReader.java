package org.auscult.timeline.fhir;

import java.util.ArrayList;
import java.util.List;
import org.auscult.timeline.Code;
import org.auscult.timeline.Medications;
import org.auscult.timeline.fhir.ResourceReader.Statement;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What an order, an administration or a statement says of its medication. */
final class MedicationReader {
  private final MedicationResolver medications;

  MedicationReader(MedicationResolver medications) {
    this.medications = medications;
  }

  /**
   * A medication by code, contained, or by reference (which then is a code too); marked where no
   * code is known.
   */
  Statement read(DomainResource holder, @Nullable Type medication) {
    if (medication instanceof CodeableConcept concept) {
      return named(FactProjector.codes(concept), List.of(), FactProjector.display(concept));
    }
    if (!(medication instanceof Reference reference) || reference.getReference() == null) {
      return named(List.of(), List.of(), null);
    }
    String target = reference.getReference();
    if (target.startsWith("#")) {
      CodeableConcept contained = contained(holder, target);
      return named(FactProjector.codes(contained), List.of(), FactProjector.display(contained));
    }
    String parsed = reference.getReferenceElement().toUnqualifiedVersionless().getValue();
    String unversioned = parsed == null || parsed.isBlank() ? target : parsed;
    return named(
        medications.codes(unversioned),
        List.of(new Code(Medications.REFERENCE, unversioned)),
        reference.getDisplay());
  }

  private static Statement named(
      List<Code> known, List<Code> references, @Nullable String display) {
    List<Code> codes = new ArrayList<>(known);
    codes.addAll(references);
    if (known.isEmpty()) {
      codes.add(Medications.UNRESOLVED);
    }
    return Statement.of(codes, display);
  }

  private static @Nullable CodeableConcept contained(DomainResource holder, String target) {
    return holder.getContained().stream()
        .filter(
            c ->
                target.substring(1).equals(c.getIdElement().getIdPart())
                    || target.equals(c.getId()))
        .filter(Medication.class::isInstance)
        .map(c -> ((Medication) c).getCode())
        .findFirst()
        .orElse(null);
  }
}
