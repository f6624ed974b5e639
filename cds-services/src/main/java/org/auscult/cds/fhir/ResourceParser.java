package org.auscult.cds.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.ErrorHandlerAdapter;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Parses one resource that a caller sent. What it does not know it passes over, as FHIR allows;
 * what is wrong makes the whole resource unreadable, so that half of a result is never used. It
 * logs nothing, because HAPI's messages quote the data.
 */
final class ResourceParser {
  /** A decimal may be written in few characters and fill the memory when it is expanded. */
  private static final int LARGEST_SCALE = 100;

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Refusing REFUSING = new Refusing();

  private ResourceParser() {}

  /** The resource, or empty if it cannot be read whole. */
  static Optional<Resource> parse(JsonNode json) {
    if (!isStorable(json)) {
      return Optional.empty();
    }
    try {
      var parsed =
          FHIR.newJsonParser().setParserErrorHandler(REFUSING).parseResource(json.toString());
      return parsed instanceof Resource resource && !changesMeaning(resource)
          ? Optional.of(resource)
          : Optional.empty();
    } catch (RuntimeException e) {
      // The parser trips in many ways: over a member without a name, say, by an index.
      return Optional.empty();
    }
  }

  /** A modifier extension that we do not know may mean the opposite. */
  private static boolean changesMeaning(Resource resource) {
    return resource.hasImplicitRules()
        || (resource instanceof DomainResource domain && domain.hasModifierExtension());
  }

  private static boolean isStorable(JsonNode json) {
    if (json.isTextual()) {
      return FhirText.isAllowed(json.textValue());
    }
    if (json.isBigDecimal()) {
      return Math.abs((long) json.decimalValue().scale()) <= LARGEST_SCALE;
    }
    for (JsonNode child : json) {
      if (!isStorable(child)) {
        return false;
      }
    }
    return true;
  }

  private static final class Refusing extends ErrorHandlerAdapter {
    @Override
    public void incorrectJsonType(
        @Nullable IParseLocation location,
        @Nullable String element,
        @Nullable ValueType expected,
        @Nullable ScalarType expectedScalar,
        @Nullable ValueType found,
        @Nullable ScalarType foundScalar) {
      throw new DataFormatException("wrong JSON type");
    }

    @Override
    public void unexpectedRepeatingElement(
        @Nullable IParseLocation location, @Nullable String element) {
      throw new DataFormatException("unexpected repetition");
    }

    @Override
    public void invalidValue(
        @Nullable IParseLocation location, @Nullable String value, @Nullable String error) {
      throw new DataFormatException("invalid value");
    }
  }
}
