package org.auscult.deidentification.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** The names that FHIR gives, which a report may repeat: any other name could be content. */
final class ElementNames {
  private static final String OTHER = "(other)";

  /** Walking the model takes a moment, and it is always the same. */
  private static final ElementNames STANDARD = new ElementNames(Elements.standard().types());

  private final Set<String> names = new HashSet<>();

  private ElementNames(Set<String> types) {
    FhirContext context = FhirContext.forR4Cached();
    Set<String> seen = new HashSet<>();
    for (String type : types) {
      collect(context.getResourceDefinition(type), seen);
    }
    names.add("resourceType");
  }

  /** The names in all types of the list. */
  static ElementNames ofTypesThatPass() {
    return STANDARD;
  }

  private void collect(BaseRuntimeElementCompositeDefinition<?> holder, Set<String> seen) {
    if (!seen.add(holder.getImplementingClass().getName())) {
      return;
    }
    for (BaseRuntimeChildDefinition child : holder.getChildren()) {
      if (child.getElementName().toLowerCase(Locale.ROOT).endsWith("extension")) {
        names.add(child.getElementName());
        continue;
      }
      for (String name : child.getValidChildNames()) {
        names.add(name);
        if (child.getChildByName(name) instanceof BaseRuntimeElementCompositeDefinition<?> below) {
          collect(below, seen);
        }
      }
    }
  }

  /** The name of an element in JSON, if it is one of FHIR's. */
  String safe(String name) {
    String plain = name.startsWith("_") ? name.substring(1) : name;
    return names.contains(plain) ? name : OTHER;
  }

  /** The name of a resource type, if it is one of FHIR's. */
  static String type(String type) {
    for (ResourceType known : ResourceType.values()) {
      if (known.name().equals(type)) {
        return type;
      }
    }
    return OTHER;
  }
}
