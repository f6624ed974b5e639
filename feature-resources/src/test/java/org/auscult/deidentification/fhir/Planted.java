package org.auscult.deidentification.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;

/**
 * A resource with something in every element that HAPI's model knows, whatever version it is: each
 * text is a marker of its own that must not be found in a masked copy.
 */
final class Planted {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final int DEEPEST = 5;

  /** They would keep the whole resource out, so that nothing were tested. */
  private static final Set<String> KEPT_OUT =
      Set.of("modifierExtension", "implicitRules", "contained");

  private final Random random;
  final List<String> markers = new ArrayList<>();

  Planted(Random random) {
    this.random = random;
  }

  /** JSON of a resource of a type. */
  String json(String type) {
    var definition = CONTEXT.getResourceDefinition(type);
    Resource resource = (Resource) definition.newInstance();
    fill(resource, definition, 0);
    resource.setId(marker());
    return CONTEXT.newJsonParser().encodeResourceToString(resource);
  }

  private void fill(IBase holder, BaseRuntimeElementCompositeDefinition<?> definition, int depth) {
    for (BaseRuntimeChildDefinition child : definition.getChildren()) {
      if (KEPT_OUT.contains(child.getElementName()) || child.getMax() == 0) {
        continue;
      }
      if (child.getElementName().equals("extension")) {
        child.getMutator().addValue(holder, new Extension(marker(), new StringType(marker())));
        continue;
      }
      List<String> names = child.getValidChildNames().stream().sorted().toList();
      String name = names.get(random.nextInt(names.size()));
      BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
      if (element == null || element.getImplementingClass() == Narrative.class && depth > 0) {
        continue;
      }
      boolean leaf = !(element instanceof BaseRuntimeElementCompositeDefinition<?>);
      if (!leaf && depth >= DEEPEST) {
        continue;
      }
      if (element.getChildType() == BaseRuntimeElementDefinition.ChildTypeEnum.PRIMITIVE_XHTML
          || element.getChildType()
              == BaseRuntimeElementDefinition.ChildTypeEnum.PRIMITIVE_XHTML_HL7ORG) {
        if (holder instanceof Narrative narrative) {
          xhtml(narrative);
        }
        continue;
      }
      if (IBaseResource.class.isAssignableFrom(element.getImplementingClass())) {
        Basic within = new Basic();
        within.setId(marker());
        within.addExtension(marker(), new StringType(marker()));
        child.getMutator().addValue(holder, within);
        continue;
      }
      IBase value = element.newInstance(child.getInstanceConstructorArguments());
      if (value instanceof IPrimitiveType<?> primitive) {
        plant(primitive);
      } else if (element instanceof BaseRuntimeElementCompositeDefinition<?> below) {
        fill(value, below, depth + 1);
      }
      if (!value.isEmpty()) {
        child.getMutator().addValue(holder, value);
      }
    }
  }

  private void xhtml(Narrative narrative) {
    narrative.setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">" + marker() + "</div>");
  }

  private void plant(IPrimitiveType<?> primitive) {
    if (primitive instanceof BooleanType) {
      primitive.setValueAsString("true");
    } else if (primitive instanceof IntegerType || primitive instanceof DecimalType) {
      primitive.setValueAsString(String.valueOf(1 + random.nextInt(80)));
    } else if (primitive instanceof BaseDateTimeType date) {
      date.setValueAsString(date(date));
    } else if (primitive instanceof TimeType) {
      primitive.setValueAsString("11:22:33");
    } else if (primitive instanceof Enumeration<?>) {
      // A model holds no other text there than FHIR's own codes; they are tried as plain JSON.
      return;
    } else if (primitive instanceof Base64BinaryType binary) {
      String marker = marker();
      binary.setValue(marker.getBytes(StandardCharsets.UTF_8));
      markers.add(binary.getValueAsString());
    } else {
      primitive.setValueAsString(marker());
    }
  }

  private String date(BaseDateTimeType type) {
    String day = "%d-%02d-%02d".formatted(1960 + random.nextInt(60), 2 + random.nextInt(9), 13);
    return type instanceof DateType ? day : day + "T10:20:30.456Z";
  }

  /** Names, numbers, addresses as people have them; each is unlike every other. */
  String marker() {
    String marker =
        switch (random.nextInt(8)) {
          case 0 -> "mrn" + digits(10);
          case 1 -> digits(3) + "-" + digits(2) + "-" + digits(4);
          case 2 -> digits(3) + "-" + digits(3) + "-" + digits(4);
          case 3 -> "Zq" + letters(9) + digits(2);
          case 4 -> letters(12) + digits(1) + letters(2);
          case 5 -> digits(10);
          case 6 -> letters(6) + "-" + letters(6) + "." + digits(3);
          default -> "x" + digits(4) + letters(8);
        };
    markers.add(marker);
    return marker;
  }

  private String digits(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ('1' + random.nextInt(9)));
    }
    return text.toString();
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ('g' + random.nextInt(20)));
    }
    return text.toString();
  }
}
