package org.auscult.deidentification.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auscult.deidentification.Ages;
import org.auscult.deidentification.Dates;
import org.auscult.deidentification.Profile;
import org.auscult.deidentification.fhir.Scope.Numbers;
import org.auscult.unit.Units;
import org.jspecify.annotations.Nullable;

/** Masks values by their rule; null is what may not pass. */
final class ValueMasks {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final Set<String> COMPARATORS = Set.of("<", "<=", ">=", ">");
  private static final Pattern ANNOTATION = Pattern.compile("\\{([^}]*)}");

  /** UCUM lets any text stand in braces; these are what laboratories mean by them. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "score",
          "#",
          "nominal",
          "1.73_m2",
          "presence",
          "INR",
          "SG",
          "copies",
          "count",
          "T-score",
          "Z-score",
          "beats",
          "breaths",
          "cells",
          "ratio",
          "RBC",
          "WBC",
          "titer",
          "tbl",
          "tablet",
          "capsule",
          "points",
          "creat");

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private final Profile profile;
  private final Dates dates;
  private final CodeSystems codes;
  private final Addresses addresses;

  ValueMasks(Profile profile, CodeSystems codes) {
    this.profile = profile;
    this.dates = new Dates(profile);
    this.codes = codes;
    this.addresses = new Addresses(profile);
  }

  /** Masks what needs to know nothing of other resources. */
  @Nullable JsonNode mask(
      Elements.Element element, Elements.Rule rule, JsonNode value, Scope scope) {
    return switch (rule) {
      case BOOLEAN -> value.isBoolean() ? value : null;
      case NUMBER -> number(value, scope);
      case CODE -> element.codes().contains(text(value)) ? value : null;
      case DATE -> date(value, scope);
      case INSTANT -> instant(value, scope);
      case PERIOD -> period(value, scope);
      case CONCEPT -> concept(value);
      case CODING -> coding(value);
      case QUANTITY -> quantity(value, scope);
      case RANGE -> pair(value, "low", "high", scope);
      case RATIO -> pair(value, "numerator", "denominator", scope);
      case MONEY -> money(value);
      case ADDRESS -> addresses.mask(value);
      case PATIENT, REFERENCE, DECLARED ->
          throw new IllegalArgumentException(rule + " asks for other resources");
    };
  }

  /** Empty for what is no text. */
  static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : "";
  }

  private @Nullable JsonNode number(JsonNode value, Scope scope) {
    if (!value.isNumber()) {
      return null;
    }
    boolean pooled =
        profile.poolsAges()
            && scope.subject() == Numbers.AGES
            && value.decimalValue().compareTo(Ages.OLDEST) > 0;
    return pooled ? JSON.numberNode(Ages.OLDEST.intValueExact()) : value;
  }

  private @Nullable JsonNode date(JsonNode value, Scope scope) {
    return node(dates.date(text(value), scope.person()));
  }

  @Nullable JsonNode instant(JsonNode value, Scope scope) {
    return node(dates.instant(text(value), scope.person()));
  }

  private static @Nullable JsonNode node(Optional<String> text) {
    return text.map(TextNode::valueOf).orElse(null);
  }

  private @Nullable JsonNode period(JsonNode value, Scope scope) {
    ObjectNode masked = JSON.objectNode();
    for (String end : new String[] {"start", "end"}) {
      put(masked, end, date(value.path(end), scope));
    }
    return orNothing(masked);
  }

  private @Nullable JsonNode concept(JsonNode value) {
    ArrayNode codings = JSON.arrayNode();
    for (JsonNode coding : value.path("coding")) {
      JsonNode masked = coding(coding);
      if (masked != null) {
        codings.add(masked);
      }
    }
    return codings.isEmpty() ? null : JSON.objectNode().set("coding", codings);
  }

  @Nullable JsonNode coding(JsonNode value) {
    String system = text(value.path("system"));
    String code = text(value.path("code"));
    return codes.passes(system, code)
        ? JSON.objectNode().put("system", system).put("code", code)
        : null;
  }

  /** A number whose unit or comparator may not pass would be another number without it. */
  private @Nullable ObjectNode quantity(JsonNode given, Scope scope) {
    JsonNode number = given.path("value");
    String comparator = text(given.path("comparator"));
    Optional<String> unit = unit(given);
    if (!number.isNumber()
        || unit.isEmpty()
        || given.has("comparator") && !COMPARATORS.contains(comparator)) {
      return null;
    }
    BigDecimal value = number.decimalValue();
    boolean age =
        Ages.isPooled(value, unit.get())
            || scope.subject() == Numbers.AGES
                && unit.get().isEmpty()
                && value.compareTo(Ages.OLDEST) >= 0;
    if (profile.poolsAges() && age) {
      return inUnit(
          JSON.objectNode().put("comparator", ">="), DecimalNode.valueOf(Ages.OLDEST), "a");
    }
    ObjectNode masked = JSON.objectNode();
    if (!comparator.isEmpty()) {
      masked.put("comparator", comparator);
    }
    return inUnit(masked, number, unit.get());
  }

  private static ObjectNode inUnit(ObjectNode quantity, JsonNode value, String unit) {
    quantity.set("value", value);
    return unit.isEmpty()
        ? quantity
        : quantity.put("unit", unit).put("system", UCUM).put("code", unit);
  }

  /** The UCUM unit, empty text if none is given; nothing if it may not pass. */
  private static Optional<String> unit(JsonNode quantity) {
    boolean coded = text(quantity.path("system")).equals(UCUM) && quantity.has("code");
    if (!coded && !quantity.has("unit") && !quantity.has("code")) {
      return Optional.of("");
    }
    String unit = Units.canonical(text(quantity.path(coded ? "code" : "unit")));
    Matcher annotations = ANNOTATION.matcher(unit);
    while (annotations.find()) {
      if (!ANNOTATIONS.contains(annotations.group(1))) {
        return Optional.empty();
      }
    }
    return Units.isKnown(unit) ? Optional.of(unit) : Optional.empty();
  }

  private @Nullable JsonNode pair(JsonNode value, String one, String other, Scope scope) {
    ObjectNode masked = JSON.objectNode();
    for (String name : new String[] {one, other}) {
      if (value.has(name)) {
        ObjectNode quantity = quantity(value.path(name), scope);
        if (quantity == null) {
          return null;
        }
        // Neither ranges nor ratios have limits with comparators.
        quantity.remove("comparator");
        masked.set(name, quantity);
      }
    }
    return orNothing(masked);
  }

  private static @Nullable JsonNode money(JsonNode value) {
    String currency = text(value.path("currency"));
    if (!value.path("value").isNumber()
        || value.has("currency") && !CURRENCIES.contains(currency)) {
      return null;
    }
    ObjectNode masked = JSON.objectNode();
    masked.set("value", value.path("value"));
    return currency.isEmpty() ? masked : masked.put("currency", currency);
  }

  private static void put(ObjectNode holder, String name, @Nullable JsonNode value) {
    if (value != null) {
      holder.set(name, value);
    }
  }

  private static @Nullable JsonNode orNothing(ObjectNode masked) {
    return masked.isEmpty() ? null : masked;
  }
}
