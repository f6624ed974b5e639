package org.auscult.timeline.fhir;

import java.util.List;
import java.util.Optional;
import org.auscult.timeline.Code;
import org.auscult.timeline.Medications;
import org.auscult.timeline.fhir.ResourceReader.Statement;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What an order, an administration or a statement says of its medication, and a Medication. */
final class MedicationReader {
  private MedicationReader() {}

  /**
   * A medication by code, contained, or by reference, which then is a code itself: what it leads to
   * is no matter of this resource. Marked where no code is known.
   *
   * @param origin base URL of the server that holds it; empty for our own record
   */
  static Statement read(DomainResource holder, @Nullable Type medication, String origin) {
    if (medication instanceof CodeableConcept concept) {
      return coded(concept);
    }
    if (!(medication instanceof Reference reference) || reference.getReference() == null) {
      return coded(null);
    }
    String target = reference.getReference();
    if (target.startsWith("#")) {
      return coded(contained(holder, target));
    }
    List<Code> codes =
        reference(reference, origin)
            .map(code -> List.of(code, Medications.UNRESOLVED))
            .orElse(List.of(Medications.UNRESOLVED));
    return Statement.of(codes, reference.getDisplay());
  }

  /** None of a reference's: only what refers to a Medication stands under such codes. */
  static List<Code> codes(@Nullable CodeableConcept concept) {
    return FactProjector.codes(concept).stream()
        .filter(code -> !code.system().equals(Medications.REFERENCE))
        .toList();
  }

  private static Statement coded(@Nullable CodeableConcept concept) {
    List<Code> codes = codes(concept);
    return Statement.of(
        codes.isEmpty() ? List.of(Medications.UNRESOLVED) : codes, FactProjector.display(concept));
  }

  /** Without its version; with its base, if it is of another server than what names it. */
  private static Optional<Code> reference(Reference reference, String origin) {
    IdType id = new IdType(reference.getReference());
    boolean isOfOrigin = !origin.isEmpty() && origin.equals(id.getBaseUrl());
    String text = (isOfOrigin ? id.toUnqualifiedVersionless() : id.toVersionless()).getValue();
    String named = text == null || text.isBlank() ? reference.getReference() : text;
    return FactProjector.isCode(Medications.REFERENCE, named)
        ? Optional.of(new Code(Medications.REFERENCE, named))
        : Optional.empty();
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
