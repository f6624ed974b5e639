package org.auscult.feature.fhir;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;

/** Values of whatever type as people read them in a list of changes. */
public final class ValueText {
  private ValueText() {}

  /** Never empty for a value that says something. */
  public static String of(Base value) {
    if (value.isPrimitive()) {
      return Objects.requireNonNullElse(value.primitiveValue(), "");
    }
    if (value instanceof Quantity quantity) {
      return of(quantity);
    }
    if (value instanceof Range range) {
      return (range.hasLow() ? of(range.getLow()) : "…")
          + " to "
          + (range.hasHigh() ? of(range.getHigh()) : "…");
    }
    if (value instanceof Coding coding && coding.hasCode()) {
      String code =
          coding.hasSystem() ? coding.getSystem() + "|" + coding.getCode() : coding.getCode();
      return coding.hasDisplay() ? code + " (" + coding.getDisplay() + ")" : code;
    }
    if (value instanceof Extension extension) {
      return extension.hasValue() ? of(extension.getValue()) : parts(extension);
    }
    return value.children().stream()
        .flatMap(child -> child.getValues().stream())
        .map(ValueText::of)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** Several values. */
  public static String of(List<? extends Base> values) {
    return values.stream().map(ValueText::of).collect(Collectors.joining(", "));
  }

  private static String of(Quantity quantity) {
    String value = quantity.hasValue() ? quantity.getValue().toPlainString() : "";
    String comparator = quantity.hasComparator() ? quantity.getComparator().toCode() : "";
    String unit = quantity.hasCode() ? quantity.getCode() : quantity.getUnit();
    boolean saysMore = quantity.hasUnit() && !quantity.getUnit().equals(unit);
    return (comparator + value + " " + Objects.requireNonNullElse(unit, "")).strip()
        + (saysMore ? " (" + quantity.getUnit() + ")" : "");
  }

  private static String parts(Extension extension) {
    return extension.getExtension().stream()
        .map(part -> part.getUrl() + " " + of(part))
        .collect(Collectors.joining(", "));
  }
}
