package org.auscult.server.config;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a resource of which a part would be dropped: an element that R4 does not have, or that
 * stands there in another form. By default the parser stores the rest and answers 201; a misspelt
 * {@code valueQuantitty} would be lost without a word.
 */
final class LossRefusal extends LenientErrorHandler {
  @Override
  public void unknownElement(@Nullable IParseLocation location, @Nullable String element) {
    throw new DataFormatException("Unknown element '" + element + "'" + in(location));
  }

  @Override
  public void unknownAttribute(@Nullable IParseLocation location, @Nullable String attribute) {
    throw new DataFormatException("Unknown attribute '" + attribute + "'" + in(location));
  }

  @Override
  public void unexpectedRepeatingElement(
      @Nullable IParseLocation location, @Nullable String element) {
    throw new DataFormatException("Element '" + element + "' may not repeat" + in(location));
  }

  @Override
  public void incorrectJsonType(
      @Nullable IParseLocation location,
      @Nullable String element,
      @Nullable ValueType expected,
      @Nullable ScalarType expectedScalar,
      @Nullable ValueType found,
      @Nullable ScalarType foundScalar) {
    throw new DataFormatException(
        "Element '"
            + element
            + "'"
            + in(location)
            + " is "
            + found
            + ", where "
            + expected
            + " is due");
  }

  private static String in(@Nullable IParseLocation location) {
    String parent = location == null ? null : location.getParentElementName();
    return parent == null ? "" : " in '" + parent + "'";
  }
}
