package org.auscult.golden.fhir;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.fhir.MedicationVersion;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Resource;

/** The Medications of a file that orders refer to; they are known at all times. */
final class MedicationCodes {
  private final Map<String, MedicationState> byId;

  private MedicationCodes(Map<String, MedicationState> byId) {
    this.byId = byId;
  }

  static MedicationCodes read(List<Node> nodes, FhirNodes fhir) {
    Map<String, MedicationState> read = new LinkedHashMap<>();
    for (Node node : nodes) {
      Medication medication = fhir.read(node, Medication.class);
      String id = medication == null ? null : medication.getIdElement().getIdPart();
      if (medication != null && id == null) {
        node.complain("it has no id", "Give it one; orders refer to it by Medication/id.");
      } else if (medication != null && read.put(id, always(medication)) != null) {
        node.complain("Medication/" + id + " is there twice", "Keep one.");
      }
    }
    return new MedicationCodes(read);
  }

  private static MedicationState always(Medication medication) {
    return new MedicationState(0, MedicationVersion.codes(medication), Instant.MIN, Basis.RECORDED);
  }

  /** By id, but for those of which a case has versions of its own. */
  Map<String, MedicationState> beside(List<Resource> resources) {
    Map<String, MedicationState> others = new LinkedHashMap<>(byId);
    resources.stream()
        .filter(Medication.class::isInstance)
        .forEach(own -> others.remove(own.getIdElement().getIdPart()));
    return Collections.unmodifiableMap(others);
  }
}
