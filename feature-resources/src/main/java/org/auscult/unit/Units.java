package org.auscult.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.timeline.Quantity;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/**
 * Converts between UCUM units in exact decimal arithmetic.
 *
 * <p>Two rules go beyond UCUM (safety rule 6). Annotations carry meaning: {@code mL/min} is not
 * {@code mL/min/{1.73_m2}}, though UCUM calls them equal; so both sides must bear the same
 * annotations. Mass and substance never convert into each other here: that needs a molar mass,
 * which a code declares ({@link CodeUnits}).
 *
 * <p>Threads: safe; the UCUM tables are read once and never written.
 */
public final class Units {
  private static final UcumService UCUM = load();
  private static final Pattern ANNOTATION = Pattern.compile("\\{[^}]*}");
  private static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          Map.entry("mmHg", "mm[Hg]"),
          Map.entry("mm Hg", "mm[Hg]"),
          Map.entry("kg/m^2", "kg/m2"),
          Map.entry("kg/m²", "kg/m2"),
          Map.entry("mL/min/1.73m2", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/1.73 m2", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/1.73m²", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/1.73_m2", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/{1.73m2}", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/{1.73_m^2}", "mL/min/{1.73_m2}"),
          Map.entry("mg/dl", "mg/dL"),
          Map.entry("mmol/l", "mmol/L"),
          Map.entry("umol/l", "umol/L"),
          Map.entry("µmol/L", "umol/L"),
          Map.entry("degF", "[degF]"),
          Map.entry("°F", "[degF]"),
          Map.entry("degC", "Cel"),
          Map.entry("°C", "Cel"),
          Map.entry("C", "Cel"),
          Map.entry("years", "a"),
          Map.entry("yr", "a"));

  private Units() {}

  /** The UCUM code that a common spelling stands for; the text itself if it is not in our table. */
  public static String canonical(String unit) {
    String trimmed = unit.trim();
    return SPELLINGS.getOrDefault(trimmed, trimmed);
  }

  /** Whether this is a unit that UCUM knows. */
  public static boolean isKnown(String unit) {
    return UCUM.validate(unit) == null;
  }

  /** Whether a quantity in one unit can be expressed in the other. */
  public static boolean comparable(String from, String to) {
    return convert(new Quantity(BigDecimal.ONE, from), to).isPresent();
  }

  /**
   * Expresses a quantity in another unit.
   *
   * @return empty if the units do not measure the same thing, or one of them is unknown
   */
  public static Optional<Quantity> convert(Quantity quantity, String to) {
    String from = canonical(quantity.unit());
    if (from.equals(to)) {
      return Optional.of(new Quantity(quantity.value(), to));
    }
    if (!annotations(from).equals(annotations(to)) || !isKnown(from) || !isKnown(to)) {
      return Optional.empty();
    }
    if (isTemperature(from) && isTemperature(to)) {
      return Optional.of(new Quantity(temperature(quantity.value(), from, to), to));
    }
    try {
      if (!UCUM.isComparable(from, to)) {
        return Optional.empty();
      }
      Decimal converted = UCUM.convert(new Decimal(quantity.value().toPlainString()), from, to);
      return Optional.of(
          new Quantity(new BigDecimal(converted.asDecimal()).stripTrailingZeros(), to));
    } catch (UcumException e) {
      return Optional.empty();
    }
  }

  private static boolean isTemperature(String unit) {
    return unit.equals("Cel") || unit.equals("[degF]") || unit.equals("K");
  }

  /** Temperatures have an offset, which the library leaves out. */
  private static BigDecimal temperature(BigDecimal value, String from, String to) {
    BigDecimal celsius =
        switch (from) {
          case "[degF]" ->
              value
                  .subtract(new BigDecimal("32"))
                  .multiply(new BigDecimal("5"))
                  .divide(new BigDecimal("9"), MathContext.DECIMAL64);
          case "K" -> value.subtract(new BigDecimal("273.15"));
          default -> value;
        };
    return switch (to) {
      case "[degF]" ->
          celsius
              .multiply(new BigDecimal("9"))
              .divide(new BigDecimal("5"), MathContext.DECIMAL64)
              .add(new BigDecimal("32"));
      case "K" -> celsius.add(new BigDecimal("273.15"));
      default -> celsius;
    };
  }

  private static String annotations(String unit) {
    StringBuilder found = new StringBuilder();
    Matcher matcher = ANNOTATION.matcher(unit);
    while (matcher.find()) {
      found.append(matcher.group());
    }
    return found.toString();
  }

  private static UcumService load() {
    try (var essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
      if (essence == null) {
        throw new IllegalStateException("The UCUM tables are not on the class path");
      }
      return new UcumEssenceService(essence);
    } catch (UcumException | java.io.IOException e) {
      throw new IllegalStateException("The UCUM tables cannot be read", e);
    }
  }
}
