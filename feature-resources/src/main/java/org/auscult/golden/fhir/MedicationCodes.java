package org.auscult.golden.fhir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.timeline.Code;
import org.auscult.timeline.fhir.MedicationResolver;
import org.hl7.fhir.r4.model.Medication;

/** The Medications that orders refer to; they are known at all times. */
final class MedicationCodes implements MedicationResolver {
  private final Map<String, List<Code>> byReference;

  private MedicationCodes(Map<String, List<Code>> byReference) {
    this.byReference = byReference;
  }

  static MedicationCodes read(List<Node> nodes, FhirNodes fhir) {
    Map<String, List<Code>> read = new HashMap<>();
    for (Node node : nodes) {
      Medication medication = fhir.read(node, Medication.class);
      if (medication != null && medication.getIdElement().getIdPart() == null) {
        node.complain("it has no id", "Give it one; orders refer to it by Medication/id.");
      } else if (medication != null && read.put(reference(medication), of(medication)) != null) {
        node.complain(reference(medication) + " is there twice", "Keep one.");
      }
    }
    return new MedicationCodes(read);
  }

  MedicationCodes with(List<Medication> others) {
    if (others.isEmpty()) {
      return this;
    }
    Map<String, List<Code>> all = new HashMap<>(byReference);
    others.forEach(medication -> all.put(reference(medication), of(medication)));
    return new MedicationCodes(all);
  }

  @Override
  public List<Code> codes(String reference) {
    return byReference.getOrDefault(reference, List.of());
  }

  private static String reference(Medication medication) {
    return "Medication/" + medication.getIdElement().getIdPart();
  }

  private static List<Code> of(Medication medication) {
    return medication.getCode().getCoding().stream()
        .filter(coding -> coding.hasSystem() && coding.hasCode())
        .map(coding -> new Code(coding.getSystem(), coding.getCode()))
        .toList();
  }
}
