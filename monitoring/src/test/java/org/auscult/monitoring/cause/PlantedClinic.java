package org.auscult.monitoring.cause;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.auscult.feature.Lookback;
import org.auscult.feature.Window;
import org.auscult.monitoring.drift.DriftReport;
import org.auscult.monitoring.drift.ServedColumn;
import org.auscult.monitoring.drift.ServedSample;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;

/**
 * A made-up clinic that measures creatinine, hemoglobin and potassium, and from a day on does one
 * thing otherwise. Predictions are made over a week; what is measured arrives on that day.
 */
final class PlantedClinic {
  static final Instant START = Instant.parse("2024-03-04T00:00:00Z");
  static final Code CREATININE = Code.loinc("2160-0");
  static final Code HEMOGLOBIN = Code.loinc("718-7");
  static final Code POTASSIUM = Code.loinc("2823-3");
  static final CodeUnits UNITS = CodeUnits.standard();

  private static final Window MONTH =
      new Window(new Window.Before(new Lookback(1, Lookback.Unit.MONTH)), false, null, true);
  static final List<TracedFeature> FEATURES =
      List.of(
          feature("creatinine", CREATININE, "mg/dL"),
          feature("hemoglobin", HEMOGLOBIN, "g/dL"),
          feature("potassium", POTASSIUM, "mmol/L"));

  private final Random random;

  PlantedClinic(long seed) {
    random = new Random(seed);
  }

  private static TracedFeature feature(String name, Code code, String unit) {
    return new TracedFeature(
        name, name, ResourceKind.OBSERVATION, Set.of(code), MONTH, unit, "expansion");
  }

  /** A week as it was served, and as the record had it. */
  record Week(ServedSample sample, List<LookedRow> rows) {
    DriftReport.Over over() {
      return new DriftReport.Over(sample, Duration.ofDays(7));
    }
  }

  /** What is otherwise of a fact, given when it arrived. */
  interface Change {
    SeenFact of(SeenFact fact);
  }

  static Change none() {
    return fact -> fact;
  }

  /** Of one code, from a day of the week on, of a share of the facts. */
  Change from(int day, double share, Code code, UnaryOperator<SeenFact> change) {
    Instant since = START.plus(Duration.ofDays(day));
    return fact ->
        fact.code().equals(code) && !fact.known().isBefore(since) && random.nextDouble() < share
            ? change.apply(fact)
            : fact;
  }

  static SeenFact inUnit(SeenFact fact, String unit) {
    return changed(fact, fact.code(), fact.display(), unit, fact.site());
  }

  static SeenFact underCode(SeenFact fact, Code code, String display, String unit) {
    return changed(fact, code, display, unit, fact.site());
  }

  static SeenFact fromSite(SeenFact fact, String site) {
    return changed(fact, fact.code(), fact.display(), fact.unit(), site);
  }

  private static SeenFact changed(
      SeenFact fact, Code code, String display, String unit, String site) {
    return new SeenFact(
        fact.kind(),
        code,
        display,
        unit,
        site,
        fact.device(),
        fact.method(),
        fact.effective(),
        fact.known(),
        fact.firstKnown());
  }

  /** So many rows. */
  Week week(int rows, Change change) {
    return week(rows, change, 0);
  }

  /**
   * The same.
   *
   * @param shift added to every hemoglobin that comes from the site south
   */
  Week week(int rows, Change change, double shift) {
    List<LookedRow> looked = new ArrayList<>();
    Map<String, List<Double>> values = new HashMap<>();
    Map<String, SortedMap<String, Long>> missing = new HashMap<>();
    for (TracedFeature feature : FEATURES) {
      values.put(feature.name(), new ArrayList<>());
      missing.put(feature.name(), new TreeMap<>());
    }
    for (int i = 0; i < rows; i++) {
      Instant at = START.plusSeconds(random.nextInt(7 * 24 * 3600));
      List<SeenFact> facts = new ArrayList<>();
      facts.add(change.of(fact(CREATININE, "Creatinine [Mass/volume] in Serum", "mg/dL", at)));
      facts.add(change.of(fact(HEMOGLOBIN, "Hemoglobin [Mass/volume] in Blood", "g/dL", at)));
      if (random.nextInt(10) > 0) {
        facts.add(change.of(fact(POTASSIUM, "Potassium in Serum", "mmol/L", at)));
      }
      Map<String, Double> had = new HashMap<>();
      for (TracedFeature feature : FEATURES) {
        SeenFact evidence = feature.evidence(at, facts);
        double value = 5 + random.nextGaussian();
        if (evidence == null) {
          of(missing, feature).merge("not-recorded", 1L, Long::sum);
          value = Double.NaN;
        } else if (UNITS
            .convert(feature.codes(), Sentences.one(evidence.unit()), feature.unit())
            .isEmpty()) {
          of(missing, feature).merge("unit", 1L, Long::sum);
          value = Double.NaN;
        } else if (evidence.site().equals("south") && feature.name().equals("hemoglobin")) {
          value += shift;
        }
        if (!Double.isNaN(value)) {
          had.put(feature.name(), value);
        }
        of(values, feature).add(value);
      }
      looked.add(new LookedRow(at, facts, had));
    }
    List<ServedColumn> columns = new ArrayList<>();
    for (TracedFeature feature : FEATURES) {
      columns.add(
          new ServedColumn(
              feature.name(),
              "https://example.org/" + feature.name() + "|1.0.0",
              feature.title(),
              of(values, feature),
              of(missing, feature)));
    }
    SortedMap<LocalDate, Long> volume = new TreeMap<>();
    looked.forEach(
        row -> volume.merge(row.at().atZone(ZoneOffset.UTC).toLocalDate(), 1L, Long::sum));
    return new Week(new ServedSample(rows, 0, 0, rows, volume, columns, List.of()), looked);
  }

  private static <T> T of(Map<String, T> columns, TracedFeature feature) {
    return Objects.requireNonNull(columns.get(feature.name()));
  }

  private SeenFact fact(Code code, String display, String unit, Instant at) {
    Instant known = at.minusSeconds(random.nextInt(3600));
    return new SeenFact(
        ResourceKind.OBSERVATION,
        code,
        display,
        unit,
        random.nextInt(2) == 0 ? "north" : "south",
        "",
        "",
        known,
        known,
        known);
  }

  /** Why the one week differs from the other. */
  static List<Cause> causes(Week before, Week now) {
    DriftReport report = DriftReport.of(before.over(), now.over());
    Map<String, List<TracedFeature>> sources = new HashMap<>();
    FEATURES.forEach(feature -> sources.put(feature.name(), List.of(feature)));
    return new CauseFinder(UNITS, ZoneOffset.UTC)
        .find(
            report,
            before.sample(),
            now.sample(),
            new CauseFinder.Known(sources, Traces.of(FEATURES, before.rows()), now.rows()));
  }
}
