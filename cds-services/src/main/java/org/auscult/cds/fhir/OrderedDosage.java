package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.auscult.order.Dosage;
import org.jspecify.annotations.Nullable;

/**
 * How much an order asks for, read from its JSON in the forms of R4 and of STU3. What cannot be
 * read is not stated: nothing is concluded from it, and the order is checked all the same.
 */
final class OrderedDosage {
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final int LONGEST = 255;
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000L);
  private static final MathContext DIGITS = new MathContext(9);

  /** To mg and mL. */
  private static final Map<String, Map.Entry<String, BigDecimal>> UNITS =
      Map.of(
          "kg", Map.entry("mg", new BigDecimal("1000000")),
          "g", Map.entry("mg", new BigDecimal("1000")),
          "mg", Map.entry("mg", BigDecimal.ONE),
          "ug", Map.entry("mg", new BigDecimal("0.001")),
          "ng", Map.entry("mg", new BigDecimal("0.000001")),
          "L", Map.entry("mL", new BigDecimal("1000")),
          "l", Map.entry("mL", new BigDecimal("1000")),
          "mL", Map.entry("mL", BigDecimal.ONE),
          "ml", Map.entry("mL", BigDecimal.ONE));

  /** Days. */
  private static final Map<String, BigDecimal> PERIODS =
      Map.of(
          "min",
          new BigDecimal(1440),
          "h",
          new BigDecimal(24),
          "d",
          BigDecimal.ONE,
          "wk",
          BigDecimal.ONE.divide(new BigDecimal(7), DIGITS));

  /** Codes of v3-GTSAbbreviation that say how often a day, and no more. */
  private static final Map<String, String> ABBREVIATIONS =
      Map.of(
          "QD", "1", "BID", "2", "TID", "3", "QID", "4", "QOD", "0.5", "Q4H", "6", "Q6H", "4",
          "Q8H", "3", "Q1H", "24", "Q2H", "12");

  private OrderedDosage() {}

  static Dosage of(JsonNode order) {
    List<String> amounts = new ArrayList<>();
    List<String> timings = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (JsonNode dosage : order.path("dosageInstruction")) {
      String amount = amount(dosage);
      String timing = timing(dosage);
      add(amounts, amount);
      add(timings, timing);
      add(texts, amount == null && timing == null ? text(dosage.path("text")) : null);
    }
    boolean isInParts = !amounts.isEmpty() || !timings.isEmpty();
    return new Dosage(joined(amounts), joined(timings), isInParts ? null : joined(texts));
  }

  private static void add(List<String> all, @Nullable String one) {
    if (one != null) {
      all.add(one);
    }
  }

  private static @Nullable String joined(List<String> parts) {
    String text = String.join("; ", parts);
    return text.isEmpty() || text.length() > LONGEST ? null : text;
  }

  private static @Nullable String amount(JsonNode dosage) {
    List<String> amounts = new ArrayList<>();
    Stream.concat(
            Stream.of(dosage),
            Stream.iterate(0, i -> i < dosage.path("doseAndRate").size(), i -> i + 1)
                .map(i -> dosage.path("doseAndRate").path(i)))
        .forEach(
            part -> {
              for (String name : List.of("doseQuantity", "rateQuantity")) {
                add(amounts, quantity(part.path(name)));
              }
              for (String name : List.of("doseRange", "rateRange")) {
                add(
                    amounts,
                    both(part.path(name).path("low"), part.path(name).path("high"), " to "));
              }
              JsonNode ratio = part.path("rateRatio");
              add(amounts, both(ratio.path("numerator"), ratio.path("denominator"), " in "));
            });
    return joined(amounts);
  }

  private static @Nullable String both(JsonNode one, JsonNode other, String between) {
    String first = quantity(one);
    String second = quantity(other);
    return first == null || second == null ? null : first + between + second;
  }

  private static @Nullable String quantity(JsonNode quantity) {
    BigDecimal value = number(quantity.path("value"));
    if (value == null) {
      return null;
    }
    String code = text(quantity.path("code"));
    String unit = text(quantity.path("unit"));
    if (code != null && UCUM.equals(text(quantity.path("system")))) {
      Map.Entry<String, BigDecimal> known = UNITS.get(code);
      return known == null
          ? plain(value) + " " + code
          : plain(value.multiply(known.getValue())) + " " + known.getKey();
    }
    Map.Entry<String, BigDecimal> known = unit == null ? null : UNITS.get(unit);
    return known == null
        ? plain(value)
            + " "
            + Objects.requireNonNullElse(unit, Objects.requireNonNullElse(code, ""))
        : plain(value.multiply(known.getValue())) + " " + known.getKey();
  }

  private static @Nullable String timing(JsonNode dosage) {
    JsonNode repeat = dosage.path("timing").path("repeat");
    BigDecimal often = number(repeat.path("frequency"));
    BigDecimal period = number(repeat.path("period"));
    BigDecimal days = PERIODS.get(repeat.path("periodUnit").asText());
    String found = null;
    if (period != null && period.signum() > 0 && days != null) {
      // "when" and "timeOfDay" say how often in a period, if nothing else does.
      int times = Math.max(repeat.path("when").size(), repeat.path("timeOfDay").size());
      BigDecimal inPeriod = often != null ? often : new BigDecimal(Math.max(times, 1));
      found = plain(inPeriod.multiply(days).divide(period, DIGITS)) + " a day";
    } else if (repeat.path("timeOfDay").size() > 0 && often == null) {
      found = repeat.path("timeOfDay").size() + " a day";
    } else {
      String code = text(dosage.path("timing").path("code").path("coding").path(0).path("code"));
      if (code != null) {
        String times = ABBREVIATIONS.get(code);
        found = times == null ? Dosage.CODED + code : times + " a day";
      }
    }
    boolean isAsNeeded =
        dosage.path("asNeededBoolean").asBoolean(false)
            || dosage.path("asNeededCodeableConcept").isObject();
    return found == null ? null : found + (isAsNeeded ? " as needed" : "");
  }

  private static String plain(BigDecimal number) {
    BigDecimal rounded = number.round(DIGITS);
    return rounded.stripTrailingZeros().toPlainString();
  }

  /** Only what can be a dose: other numbers would cost time and space. */
  private static @Nullable BigDecimal number(JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      return null;
    }
    BigDecimal number = value.decimalValue();
    boolean isUsual =
        number.signum() > 0
            && Math.abs((long) number.precision() - number.scale()) < 20
            && number.scale() < 20
            && number.compareTo(LARGEST) < 0;
    return isUsual ? number : null;
  }

  private static @Nullable String text(JsonNode value) {
    if (!value.isTextual() || !FhirText.isAllowed(value.textValue())) {
      return null;
    }
    String text = value.textValue().strip();
    return text.isEmpty() || text.length() > LONGEST ? null : text;
  }
}
