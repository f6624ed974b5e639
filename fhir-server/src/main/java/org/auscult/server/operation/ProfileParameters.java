package org.auscult.server.operation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.auscult.deidentification.SmallCells;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.profile.Distribution;
import org.auscult.feature.profile.Patients;
import org.auscult.feature.profile.ProfileTally;
import org.auscult.feature.profile.ProfileTally.Part;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** The answer of {@code $profile}, without any number that would tell of a few patients. */
final class ProfileParameters {
  private static final int LEAST = SmallCells.CMS.least();
  private static final String PRESENT = "present";

  private ProfileParameters() {}

  /**
   * The answer.
   *
   * @param counted how many patients the tallies hold
   * @param leftOut how many of the cohort they do not
   */
  static Parameters render(
      ResolvedFeatureSet set,
      List<Instant> times,
      int counted,
      int leftOut,
      List<ProfileTally> tallies) {
    Parameters answer = new Parameters();
    answer.addParameter("definition", new CanonicalType(set.canonical()));
    for (Instant time : times) {
      InstantType at = new InstantType(Date.from(time));
      at.setTimeZoneZulu(true);
      answer.addParameter("at", at);
    }
    answer.addParameter("patients", new IntegerType(counted));
    answer.addParameter("leftOut", new StringType(SmallCells.CMS.show(leftOut)));
    for (ProfileTally tally : tallies) {
      FeatureDefinition definition = tally.feature().definition();
      ParametersParameterComponent feature = answer.addParameter().setName("feature");
      part(feature, "name", new StringType(definition.name()));
      part(feature, "definition", new CanonicalType(definition.canonical()));
      part(feature, "title", new StringType(definition.title()));
      part(feature, "unit", new CodeType(definition.unit()));
      new Tables(tally).render(answer);
    }
    return answer;
  }

  /** One feature's tables, each with what of it may be shown. */
  private static final class Tables {
    private final ProfileTally tally;
    private final Map<String, Part> rows = new TreeMap<>();
    private final Map<String, Distribution> distributions = new HashMap<>();
    private final ShownCells counts;
    private final ShownCells values;
    private final ShownCells units;
    private final ShownCells codes;

    Tables(ProfileTally tally) {
      this.tally = tally;
      rows.put(ShownCells.ALL, tally.all());
      rows.putAll(tally.sites());
      rows.forEach((name, part) -> distributions.put(name, Distribution.of(part.values(), LEAST)));
      counts = cells(part -> persons(counts(part)));
      values = cells(ProfileParameters::valuesOf);
      units = cells(part -> persons(part.units()));
      codes = cells(part -> persons(part.codes()));
    }

    private ShownCells cells(Function<Part, Map<String, Integer>> table) {
      Map<String, Map<String, Integer>> sites = new TreeMap<>();
      Map<String, Integer> totals = new TreeMap<>();
      tally
          .sites()
          .forEach(
              (site, part) -> {
                sites.put(site, table.apply(part));
                totals.put(site, part.seen().patients());
              });
      return new ShownCells(LEAST, table.apply(tally.all()), sites, totals);
    }

    void render(Parameters answer) {
      rows.forEach(
          (name, part) -> {
            ParametersParameterComponent to = answer.addParameter().setName("values");
            part(to, "feature", new StringType(tally.feature().definition().name()));
            boolean isAll = name.equals(ShownCells.ALL);
            part(to, "site", isAll ? null : new StringType(name));
            boolean isShown = counts.showsTotal(name);
            part(to, "patients", isShown ? new IntegerType(part.seen().patients()) : null);
            part(to, "times", isShown ? new IntegerType(part.seen().times()) : null);
            counts(part)
                .forEach(
                    (reason, seen) ->
                        cell(to, "count", "reason", new CodeType(reason), seen, counts, name));
            boolean isCounted = counts.shows(name, PRESENT);
            if (isAll || isCounted) {
              distribution(to, name, Objects.requireNonNull(distributions.get(name)), isCounted);
            }
            part.units()
                .forEach(
                    (unit, seen) ->
                        cell(to, "unit", "unit", new StringType(unit), unit, seen, units, name));
            part.codes()
                .forEach(
                    (code, seen) ->
                        cell(to, "code", "code", new StringType(code), code, seen, codes, name));
          });
    }

    /**
     * @param isCounted whether it may be known how many have a value, as a table of them tells
     */
    private void distribution(
        ParametersParameterComponent to, String row, Distribution of, boolean isCounted) {
      boolean isWhole =
          of.values().keySet().stream().allMatch(value -> values.shows(row, plain(value)));
      part(to, "mean", isWhole ? decimal(of.mean()) : null);
      part(to, "deviation", isWhole ? decimal(of.deviation()) : null);
      part(to, "low", decimal(of.low()));
      part(to, "high", decimal(of.high()));
      of.quantiles()
          .forEach(
              (percent, value) -> {
                ParametersParameterComponent one = to.addPart().setName("quantile");
                part(one, "percent", new IntegerType(percent));
                part(one, "value", decimal(value));
              });
      if (!isCounted) {
        return;
      }
      of.values()
          .forEach(
              (value, patients) -> {
                ParametersParameterComponent one = to.addPart().setName("value");
                part(one, "value", decimal(value));
                boolean isShown = values.shows(row, plain(value));
                part(one, "patients", isShown ? new IntegerType(patients) : null);
                part(one, "hidden", isShown ? null : new BooleanType(true));
              });
      for (Distribution.Bin bin : of.bins()) {
        ParametersParameterComponent one = to.addPart().setName("bin");
        part(one, "from", decimal(bin.from()));
        part(one, "to", decimal(bin.to()));
        part(one, "patients", new IntegerType(bin.patients()));
        part(one, "times", new IntegerType(bin.times()));
      }
    }
  }

  /** With a value, and without one by its reason. */
  private static Map<String, Patients> counts(Part part) {
    Map<String, Patients> counts = new TreeMap<>();
    counts.put(PRESENT, part.present());
    part.missing().forEach((reason, patients) -> counts.put(reason.code(), patients));
    return counts;
  }

  private static Map<String, Integer> persons(Map<String, Patients> table) {
    Map<String, Integer> persons = new TreeMap<>();
    table.forEach((key, seen) -> persons.put(key, seen.patients()));
    return persons;
  }

  private static Map<String, Integer> valuesOf(Part part) {
    Map<String, Integer> table = new TreeMap<>();
    Distribution.of(part.values(), 1).values().forEach((v, n) -> table.put(plain(v), n));
    return table;
  }

  private static void cell(
      ParametersParameterComponent to,
      String name,
      String keyName,
      CodeType key,
      Patients seen,
      ShownCells cells,
      String row) {
    cell(to, name, keyName, key, key.getValue(), seen, cells, row);
  }

  private static void cell(
      ParametersParameterComponent to,
      String name,
      String keyName,
      Type shownKey,
      String key,
      Patients seen,
      ShownCells cells,
      String row) {
    ParametersParameterComponent one = to.addPart().setName(name);
    part(one, keyName, shownKey);
    boolean isShown = cells.shows(row, key);
    part(one, "patients", isShown ? new IntegerType(seen.patients()) : null);
    part(one, "times", isShown ? new IntegerType(seen.times()) : null);
    part(one, "hidden", isShown ? null : new BooleanType(true));
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static @Nullable DecimalType decimal(@Nullable Double value) {
    return value == null ? null : new DecimalType(plain(value));
  }

  private static void part(ParametersParameterComponent to, String name, @Nullable Type value) {
    if (value != null) {
      to.addPart().setName(name).setValue(value);
    }
  }
}
