package org.auscult.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.auscult.timeline.Code;
import org.auscult.timeline.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * The one unit in which each code's numbers are kept, and the molar mass of those that laboratories
 * also report by substance. Read from {@code code-units.csv}.
 *
 * <p>Source of the molar masses: the factors of use, cholesterol 38.665 mg/dL per mmol/L,
 * creatinine 88.4 µmol/L per mg/dL, follow from them.
 */
public final class CodeUnits {
  private static final String LOINC = "http://loinc.org";
  private final Map<Code, Preferred> preferred;

  private record Preferred(String unit, @Nullable BigDecimal molarMass) {}

  private CodeUnits(Map<Code, Preferred> preferred) {
    this.preferred = Map.copyOf(preferred);
  }

  /** The table that ships with the product. */
  public static CodeUnits standard() {
    Map<Code, Preferred> table = new HashMap<>();
    try (var in = Objects.requireNonNull(CodeUnits.class.getResourceAsStream("code-units.csv"));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] cells = line.split(",", 4);
          table.put(
              new Code(LOINC, cells[0]),
              new Preferred(cells[1], cells[2].isEmpty() ? null : new BigDecimal(cells[2])));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CodeUnits(table);
  }

  /** The preferred unit of the first of these codes that has one. */
  public Optional<String> preferredUnit(Collection<Code> codes) {
    return codes.stream()
        .map(preferred::get)
        .filter(Objects::nonNull)
        .map(Preferred::unit)
        .findFirst();
  }

  /**
   * Expresses a recorded quantity in its code's preferred unit; a code without one keeps its unit.
   *
   * @return empty if the recorded unit cannot be converted
   */
  public Optional<Quantity> prefer(Collection<Code> codes, Quantity original) {
    return preferredUnit(codes)
        .map(unit -> convert(codes, original, unit))
        .orElseGet(
            () -> Optional.of(new Quantity(original.value(), Units.canonical(original.unit()))));
  }

  /**
   * Expresses a quantity of one of these codes in a unit, through the code's molar mass if one side
   * is by mass and the other by substance.
   */
  public Optional<Quantity> convert(Collection<Code> codes, Quantity quantity, String unit) {
    Optional<Quantity> direct = Units.convert(quantity, unit);
    if (direct.isPresent()) {
      return direct;
    }
    return codes.stream()
        .map(preferred::get)
        .filter(Objects::nonNull)
        .map(Preferred::molarMass)
        .filter(Objects::nonNull)
        .findFirst()
        .flatMap(molarMass -> byMolarMass(quantity, unit, molarMass));
  }

  private static Optional<Quantity> byMolarMass(
      Quantity quantity, String unit, BigDecimal gramsPerMole) {
    Optional<Quantity> moles = Units.convert(quantity, "mol/L");
    if (moles.isPresent()) {
      BigDecimal grams = moles.get().value().multiply(gramsPerMole);
      return Units.convert(new Quantity(grams, "g/L"), unit);
    }
    return Units.convert(quantity, "g/L")
        .map(grams -> grams.value().divide(gramsPerMole, MathContext.DECIMAL64))
        .flatMap(value -> Units.convert(new Quantity(value, "mol/L"), unit));
  }
}
