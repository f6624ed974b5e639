package org.auscult.access.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;

/** Takes everything out of a resource but the elements that a purpose of use needs. */
final class Elements {
  private static final Set<String> ALWAYS = Set.of("id", "meta", "implicitRules", "language");
  private static final Coding SUBSETTED =
      new Coding(
          "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
          "SUBSETTED",
          "Resource encoded in summary mode");

  private Elements() {}

  static void keep(Resource resource, Set<String> kept, FhirContext fhir) {
    for (BaseRuntimeChildDefinition child : fhir.getResourceDefinition(resource).getChildren()) {
      String name = child.getElementName().replace("[x]", "");
      if (!kept.contains(name) && !ALWAYS.contains(name)) {
        child.getMutator().setValue(resource, null);
      }
    }
    boolean isMarked =
        resource.getMeta().getTag().stream()
            .anyMatch(tag -> SUBSETTED.getCode().equals(tag.getCode()));
    if (!isMarked) {
      resource.getMeta().addTag(SUBSETTED.copy());
    }
  }
}
