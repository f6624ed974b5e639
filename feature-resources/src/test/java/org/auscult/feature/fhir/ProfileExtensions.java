package org.auscult.feature.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.StructureDefinition;

/** The extensions that a profile of the guide lists. */
public final class ProfileExtensions {
  private ProfileExtensions() {}

  public static List<String> of(String profile) throws IOException {
    String file = "/org/auscult/ig/StructureDefinition-" + profile + ".json";
    try (InputStream in = ProfileExtensions.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file);
      }
      return FhirContext.forR4Cached()
          .newJsonParser()
          .parseResource(StructureDefinition.class, in)
          .getDifferential()
          .getElement()
          .stream()
          .flatMap(element -> element.getType().stream())
          .filter(type -> "Extension".equals(type.getCode()))
          .flatMap(type -> type.getProfile().stream())
          .map(CanonicalType::getValue)
          .toList();
    }
  }
}
