package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** A short table of units, by the definitions that everybody can look up. */
final class Measures {
  /** What one of a unit is, in the first unit of its kind. */
  private static final Map<String, Map<String, Double>> KINDS =
      Map.of(
          "concentration", Map.of("mg/dL", 1.0, "mg/dl", 1.0, "g/L", 100.0, "mg/L", 0.1),
          "amount", Map.of("mmol/L", 1.0, "umol/L", 0.001),
          "pressure", Map.of("mm[Hg]", 1.0, "mmHg", 1.0, "kPa", 1 / 0.133322),
          "mass", Map.of("kg", 1.0, "g", 0.001, "[lb_av]", 0.45359237),
          "length", Map.of("cm", 1.0, "m", 100.0, "[in_i]", 2.54),
          "rate", Map.of("/min", 1.0, "{beats}/min", 1.0, "/s", 60.0));

  /** Grams in a mole, by LOINC code. */
  private static final Map<String, Double> MOLAR =
      Map.of("2093-3", 386.65, "14647-2", 386.65, "2160-0", 113.12);

  private Measures() {}

  /** A number of one unit in another; empty if that cannot be. */
  static OptionalDouble convert(double value, String from, String to, Set<String> codes) {
    if (from.equals(to)) {
      return OptionalDouble.of(value);
    }
    if (from.equals("[degF]") && to.equals("Cel")) {
      return OptionalDouble.of((value - 32) * 5 / 9);
    }
    for (Map<String, Double> kind : KINDS.values()) {
      if (kind.containsKey(from) && kind.containsKey(to)) {
        return OptionalDouble.of(value * kind.get(from) / kind.get(to));
      }
    }
    for (var molar : MOLAR.entrySet()) {
      if (codes.contains(Definitions.LOINC + "|" + molar.getKey())) {
        return molar(value, from, to, molar.getValue());
      }
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble molar(double value, String from, String to, double gramsInMole) {
    Map<String, Double> mass = KINDS.getOrDefault("concentration", Map.of());
    Map<String, Double> amount = KINDS.getOrDefault("amount", Map.of());
    // 1 mmol/L is so many mg/L, and a tenth of that in mg/dL.
    if (mass.containsKey(from) && amount.containsKey(to)) {
      return OptionalDouble.of(value * mass.get(from) * 10 / gramsInMole / amount.get(to));
    }
    if (amount.containsKey(from) && mass.containsKey(to)) {
      return OptionalDouble.of(value * amount.get(from) * gramsInMole / 10 / mass.get(to));
    }
    return OptionalDouble.empty();
  }

  /** The unit of a quantity: its code, or else its text. */
  static String unit(JsonNode quantity) {
    return quantity.has("code") ? quantity.path("code").asText() : quantity.path("unit").asText();
  }
}
