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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.timeline.Code;
import org.auscult.timeline.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * The one unit in which each code's numbers are kept, the molar mass of those that laboratories
 * also report by substance, and the valence of ions reported in equivalents. Read from {@code
 * code-units.csv}.
 *
 * <p>Source of the molar masses: the sums of atomic weights (IUPAC 2021); the factors of use follow
 * from them: cholesterol 38.665 mg/dL per mmol/L, creatinine 88.4 µmol/L per mg/dL, glucose 18.016,
 * calcium 4.0078, triglycerides (as triolein) 88.54, bilirubin 17.1 µmol/L per mg/dL. For urea
 * nitrogen it is the mass of the two nitrogens in one mole of urea, 28.0134 g. For a ratio to
 * creatinine it is that of creatinine: 1 mg/mmol is 8.84 mg/g.
 */
public final class CodeUnits {
  private static final String LOINC = "http://loinc.org";
  private final Map<Code, Preferred> preferred;

  private record Preferred(
      String unit, @Nullable BigDecimal molarMass, @Nullable BigDecimal valence) {}

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
          String[] cells = line.split(",", 5);
          table.put(
              new Code(LOINC, cells[0]),
              new Preferred(cells[1], number(cells[2]), number(cells[3])));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CodeUnits(table);
  }

  /** Every unit that some code prefers. */
  Set<String> preferredUnits() {
    return preferred.values().stream().map(Preferred::unit).collect(Collectors.toSet());
  }

  private static @Nullable BigDecimal number(String cell) {
    return cell.isEmpty() ? null : new BigDecimal(cell);
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
   * Expresses a quantity of one of these codes in a unit: directly; through the code's molar mass
   * if one side is by mass and the other by substance, or one by mass and the other by substance of
   * what a ratio relates to (albumin per gram or per mole of creatinine); through its valence if
   * one is in equivalents.
   *
   * @return empty if neither is possible
   */
  public Optional<Quantity> convert(Collection<Code> codes, Quantity quantity, String unit) {
    Optional<Quantity> direct = Units.convert(quantity, unit);
    if (direct.isPresent()) {
      return direct;
    }
    List<Preferred> rows = codes.stream().map(preferred::get).filter(Objects::nonNull).toList();
    Optional<BigDecimal> molarMass =
        rows.stream().map(Preferred::molarMass).filter(Objects::nonNull).findFirst();
    Optional<BigDecimal> valence =
        rows.stream().map(Preferred::valence).filter(Objects::nonNull).findFirst();
    return molarMass
        .flatMap(
            grams ->
                exchange(quantity, unit, "mol/L", grams, "g/L")
                    .or(() -> exchange(quantity, unit, "g/g", grams, "g/mol")))
        .or(() -> valence.flatMap(v -> exchange(quantity, unit, "mol/L", v, "eq/L")));
  }

  /** One of {@code unitOfOne} is {@code factor} of {@code unitOfMany}; tries both directions. */
  private static Optional<Quantity> exchange(
      Quantity quantity, String unit, String unitOfOne, BigDecimal factor, String unitOfMany) {
    return Units.convert(quantity, unitOfOne)
        .map(one -> new Quantity(one.value().multiply(factor), unitOfMany))
        .or(
            () ->
                Units.convert(quantity, unitOfMany)
                    .map(
                        many ->
                            new Quantity(
                                many.value().divide(factor, MathContext.DECIMAL128), unitOfOne)))
        .flatMap(exchanged -> Units.convert(exchanged, unit));
  }
}
