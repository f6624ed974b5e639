package org.auscult.unit;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.timeline.Quantity;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;
import org.jspecify.annotations.Nullable;

/**
 * Converts between UCUM units in exact decimal arithmetic.
 *
 * <p>Four rules go beyond UCUM's algebra, which knows dimensions and not meanings (safety rule 6).
 * Annotations carry meaning: {@code mL/min} is not {@code mL/min/{1.73_m2}}, though UCUM calls them
 * equal; so both sides must bear the same annotations, and those that say nothing ({@code
 * {beats}/min}) are spellings in the table below. Percent stays percent: UCUM would make {@code 48
 * mmol/mol} of HbA1c {@code 4.8 %}, and it is 6.5 %. Amounts of substance, equivalents, osmoles and
 * arbitrary units ({@code [iU]}) are mere numbers to UCUM, and never become each other or something
 * else here: that needs a molar mass or a valence, which a code declares ({@link CodeUnits}).
 * Logarithmic units do not convert.
 *
 * <p>The UCUM library rounds to the significant digits of its input (68 in became 173 cm), so it is
 * only asked what one of each unit is in base units, and the arithmetic is ours.
 *
 * <p>Threads: safe; the UCUM tables are read once and never written, and what they say of a code is
 * remembered, for a bounded number of codes.
 */
public final class Units {
  private static final UcumService UCUM = load();
  private static final Pattern ANNOTATION = Pattern.compile("\\{[^}]*}");
  private static final Pattern ATOM = Pattern.compile("[A-Za-z%']*\\[[^]]*]|%|[A-Za-z_']+");
  private static final Pattern COUNTED = Pattern.compile(".*(mol|eq|osm)");

  /** International units, units named after a method, colony and plaque forming units. */
  private static final Pattern ARBITRARY =
      Pattern.compile("\\[(?:iU|IU|.*'U|[A-Z]+_50|PFU|FFU|CFU|BAU|AU|PNU|Lf|FEU|ELU|EU)]");

  private static final Pattern BRACKETS = Pattern.compile("\\[[^]]*]");

  /** An exponent with what it belongs to, or a factor. */
  private static final Pattern NUMBER = Pattern.compile("([A-Za-z%'\\]*^]?)[-+]?(\\d+)");

  /** No unit of medicine comes near: vascular resistance is in dyn.s/cm5. */
  private static final int HIGHEST_POWER = 6;

  private static final int MOST_MULTIPLIED = 18;
  private static final Set<String> TENS = Set.of("*", "^");
  private static final int HIGHEST_POWER_OF_TEN = 30;
  private static final int LONGEST_FACTOR = 12;
  private static final int LONGEST_CODE = 100;

  private static final Set<String> LOGARITHMIC = Set.of("[pH]", "Np", "B", "dB", "bit_s");

  /** One, with so many digits that the library keeps as many. */
  private static final String ONE = "1." + "0".repeat(33);

  /** The digits that are right where the library had to round. */
  private static final MathContext CERTAIN = new MathContext(18);

  /** The library takes most of a millisecond for a unit, and a hospital writes a few hundred. */
  private static final Map<String, Unit> ANALYSED = new ConcurrentHashMap<>();

  private static final int MOST_ANALYSED = 5000;
  private static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          Map.entry("mmHg", "mm[Hg]"),
          Map.entry("mm hg", "mm[Hg]"),
          Map.entry("mmhg", "mm[Hg]"),
          Map.entry("mm Hg", "mm[Hg]"),
          Map.entry("kg/m^2", "kg/m2"),
          Map.entry("kg/m²", "kg/m2"),
          Map.entry("ml/min/1.73m2", "mL/min/{1.73_m2}"),
          Map.entry("ml/min/{1.73_m2}", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/1.73m^2", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/1.73m2", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/1.73 m2", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/1.73m²", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/1.73_m2", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/{1.73m2}", "mL/min/{1.73_m2}"),
          Map.entry("mL/min/{1.73_m^2}", "mL/min/{1.73_m2}"),
          Map.entry("mg/dl", "mg/dL"),
          Map.entry("mg%", "mg/dL"),
          Map.entry("g%", "g/dL"),
          Map.entry("mmol/l", "mmol/L"),
          Map.entry("umol/l", "umol/L"),
          Map.entry("µmol/L", "umol/L"),
          Map.entry("degF", "[degF]"),
          Map.entry("°F", "[degF]"),
          Map.entry("degC", "Cel"),
          Map.entry("°C", "Cel"),
          Map.entry("C", "Cel"),
          Map.entry("{beats}/min", "/min"),
          Map.entry("{Beats}/min", "/min"),
          Map.entry("beats/min", "/min"),
          Map.entry("beats/minute", "/min"),
          Map.entry("bpm", "/min"),
          Map.entry("{breaths}/min", "/min"),
          Map.entry("{Breaths}/min", "/min"),
          Map.entry("breaths/min", "/min"),
          Map.entry("breaths/minute", "/min"),
          Map.entry("%{HemoglobinSaturation}", "%"),
          Map.entry("%{Hb}", "%"),
          Map.entry("mg/g{creat}", "mg/g"),
          Map.entry("mg/g{Cre}", "mg/g"),
          Map.entry("mg/g{creatinine}", "mg/g"),
          Map.entry("mg/mmol{creat}", "mg/mmol"),
          Map.entry("mg/mmol{Cre}", "mg/mmol"),
          Map.entry("mg/mmol{creatinine}", "mg/mmol"),
          Map.entry("mEq/L", "meq/L"),
          Map.entry("lbs", "[lb_av]"),
          Map.entry("lb", "[lb_av]"),
          Map.entry("in", "[in_i]"),
          Map.entry("years", "a"),
          Map.entry("yr", "a"));

  /**
   * What UCUM says of a code.
   *
   * @param meaning what both sides of a conversion must have in common beside their dimension
   * @param inBaseUnits what one of it is in base units; null if it does not convert by a factor
   */
  private record Unit(
      boolean isKnown, List<String> meaning, String dimension, @Nullable BigDecimal inBaseUnits) {
    static final Unit UNKNOWN = new Unit(false, List.of(), "", null);
  }

  private Units() {}

  /** The UCUM code that a common spelling stands for; the text itself if it is not in our table. */
  public static String canonical(String unit) {
    String trimmed = unit.trim();
    return SPELLINGS.getOrDefault(trimmed, trimmed);
  }

  /** Whether this is a unit that UCUM knows. */
  public static boolean isKnown(String unit) {
    return unit(unit).isKnown();
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
    Unit source = unit(from);
    Unit target = unit(to);
    if (!source.isKnown() || !target.isKnown() || !source.meaning().equals(target.meaning())) {
      return Optional.empty();
    }
    if (isTemperature(from) && isTemperature(to)) {
      return Optional.of(plain(temperature(quantity.value(), from, to), to));
    }
    return linear(quantity.value(), source, target).map(value -> plain(value, to));
  }

  /**
   * Both units in base units, which is a product of definitions and so a finite decimal, unless a
   * unit divides by something like a minute. Then the quotient is rounded to where it is certain.
   */
  private static Optional<BigDecimal> linear(BigDecimal value, Unit from, Unit to) {
    BigDecimal one = from.inBaseUnits();
    BigDecimal other = to.inBaseUnits();
    if (one == null || other == null || !from.dimension().equals(to.dimension())) {
      return Optional.empty();
    }
    BigDecimal quotient = value.multiply(one).divide(other, MathContext.DECIMAL128);
    boolean exact = Math.max(one.precision(), other.precision()) <= CERTAIN.getPrecision();
    return Optional.of(exact ? quotient : quotient.round(CERTAIN));
  }

  private static Quantity plain(BigDecimal value, String unit) {
    BigDecimal stripped = value.stripTrailingZeros();
    return new Quantity(stripped.scale() < 0 ? stripped.setScale(0) : stripped, unit);
  }

  private static Unit unit(String code) {
    Unit known = ANALYSED.get(code);
    if (known == null) {
      known = analyse(code);
      if (ANALYSED.size() < MOST_ANALYSED) {
        ANALYSED.put(code, known);
      }
    }
    return known;
  }

  private static Unit analyse(String code) {
    if (code.isBlank() || !isModest(code) || UCUM.validate(code) != null) {
      return Unit.UNKNOWN;
    }
    List<String> meaning = meaning(code);
    if (isLogarithmic(code) || isTemperature(code)) {
      return new Unit(true, meaning, "", null);
    }
    try {
      Pair base = UCUM.getCanonicalForm(new Pair(new Decimal(ONE), code));
      BigDecimal value = new BigDecimal(base.getValue().asDecimal()).stripTrailingZeros();
      return new Unit(true, meaning, base.getCode(), value.signum() == 0 ? null : value);
    } catch (UcumException e) {
      return new Unit(true, meaning, "", null);
    }
  }

  /**
   * Whether the library can be asked: it multiplies as often as an exponent says, with all digits,
   * which takes a second for the twentieth power of a pressure and half a minute for the hundredth.
   */
  private static boolean isModest(String code) {
    if (code.length() > LONGEST_CODE) {
      return false;
    }
    String atoms = BRACKETS.matcher(ANNOTATION.matcher(code).replaceAll("")).replaceAll("]");
    int multiplied = 0;
    Matcher number = NUMBER.matcher(atoms);
    while (number.find()) {
      String digits = number.group(2);
      if (number.group(1).isEmpty()) {
        if (digits.length() > LONGEST_FACTOR) {
          return false;
        }
      } else {
        boolean ofTen = TENS.contains(number.group(1));
        int most = ofTen ? HIGHEST_POWER_OF_TEN : HIGHEST_POWER;
        if (digits.length() > 2 || Integer.parseInt(digits) > most) {
          return false;
        }
        multiplied += ofTen ? 1 : Integer.parseInt(digits);
      }
    }
    return multiplied <= MOST_MULTIPLIED;
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

  /** What both sides of a conversion must have in common beside their dimension. */
  private static List<String> meaning(String unit) {
    List<String> found = new ArrayList<>();
    Matcher annotation = ANNOTATION.matcher(unit);
    while (annotation.find()) {
      found.add(annotation.group());
    }
    for (String atom : atoms(unit)) {
      Matcher counted = COUNTED.matcher(atom);
      if (atom.startsWith("%")) {
        found.add(atom);
      } else if (counted.matches()) {
        found.add(counted.group(1));
      } else if (isArbitrary(atom)) {
        found.add(atom.substring(atom.indexOf('[')).replace("[IU]", "[iU]"));
      }
    }
    return found;
  }

  private static boolean isArbitrary(String atom) {
    int bracket = atom.indexOf('[');
    return bracket >= 0 && ARBITRARY.matcher(atom.substring(bracket)).matches();
  }

  private static boolean isLogarithmic(String unit) {
    return atoms(unit).stream()
        .anyMatch(
            atom -> LOGARITHMIC.contains(atom) || atom.startsWith("B[") || atom.startsWith("dB["));
  }

  private static List<String> atoms(String unit) {
    List<String> atoms = new ArrayList<>();
    Matcher matcher = ATOM.matcher(ANNOTATION.matcher(unit).replaceAll(""));
    while (matcher.find()) {
      atoms.add(matcher.group());
    }
    return atoms;
  }

  private static UcumService load() {
    try (var essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
      if (essence == null) {
        throw new IllegalStateException("The UCUM tables are not on the class path");
      }
      return new UcumEssenceService(essence);
    } catch (UcumException | IOException e) {
      throw new IllegalStateException("The UCUM tables cannot be read", e);
    }
  }
}
