package org.auscult.golden.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.ErrorHandlerAdapter;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Reads FHIR resources out of golden files; what FHIR does not know of is told, not passed over.
 */
final class FhirNodes {
  /** Written out, a number of more digits is no measurement, and could fill the memory. */
  private static final int MOST_DIGITS = 400;

  private static final String REMEDY = "Write it as FHIR R4 says.";

  private final FhirContext fhir = FhirContext.forR4Cached();

  /** The resource; null, with complaints, if it is none, or none of this type. */
  <T extends Resource> @Nullable T read(Node node, Class<T> type) {
    Resource resource = read(node);
    if (resource == null || type.isInstance(resource)) {
      return type.cast(resource);
    }
    node.complain(
        "it is of the type " + resource.fhirType(), "Put a " + type.getSimpleName() + " here.");
    return null;
  }

  @Nullable Resource read(Node node) {
    if (!node.json().isObject() || !node.json().path("resourceType").isTextual()) {
      node.complain("it is no FHIR resource", "Give an object with a resourceType.");
      return null;
    }
    int before = node.complaints().count();
    if (isTooLong(node.json())) {
      node.complain(
          "a number in it has more than " + MOST_DIGITS + " digits", "Write a number that is one.");
      return null;
    }
    IParser parser = fhir.newJsonParser();
    parser.setParserErrorHandler(new Teller(node));
    try {
      Resource read = (Resource) parser.parseResource(node.json().toString());
      return node.complaints().count() == before ? read : null;
    } catch (RuntimeException e) {
      // HAPI has no one exception for what it cannot read.
      node.complain("it cannot be read: " + e, REMEDY);
      return null;
    }
  }

  static boolean isTooLong(JsonNode json) {
    if (json.isNumber()) {
      var number = json.decimalValue();
      return Math.abs((long) number.scale()) + number.precision() > MOST_DIGITS;
    }
    for (Iterator<JsonNode> parts = json.elements(); parts.hasNext(); ) {
      if (isTooLong(parts.next())) {
        return true;
      }
    }
    return false;
  }

  /** Tells everything that HAPI would pass over with a warning. */
  private static final class Teller extends ErrorHandlerAdapter {
    private final Node node;

    Teller(Node node) {
      this.node = node;
    }

    private void tell(@Nullable IParseLocation where, String what) {
      String parent = where == null ? null : where.getParentElementName();
      node.complain(
          parent == null || parent.isEmpty() ? what : "in " + parent + " " + what, REMEDY);
    }

    @Override
    public void unknownElement(@Nullable IParseLocation where, String element) {
      tell(where, "the element '" + element + "' is not known");
    }

    @Override
    public void unknownAttribute(@Nullable IParseLocation where, String attribute) {
      tell(where, "the attribute '" + attribute + "' is not known");
    }

    @Override
    public void unexpectedRepeatingElement(@Nullable IParseLocation where, String element) {
      tell(where, "the element '" + element + "' stands more than once");
    }

    @Override
    public void invalidValue(@Nullable IParseLocation where, String value, String error) {
      tell(where, "'" + value + "' is no value for it: " + error);
    }

    @Override
    public void incorrectJsonType(
        @Nullable IParseLocation where,
        String element,
        ValueType expected,
        @Nullable ScalarType expectedScalar,
        ValueType found,
        @Nullable ScalarType foundScalar) {
      boolean scalars = expected == ValueType.SCALAR && found == ValueType.SCALAR;
      // HAPI says so of a number where a text would do, or the other way round, and reads it.
      tell(
          where,
          "the element '"
              + element
              + "' is "
              + (scalars ? foundScalar : found)
              + ", not "
              + (scalars ? expectedScalar : expected));
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation where) {
      tell(where, "an extension has a value and extensions of its own");
    }
  }
}
