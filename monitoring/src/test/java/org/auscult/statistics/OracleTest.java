package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.statistics.discrimination.Auroc;
import org.auscult.statistics.drift.CategoricalDrift;
import org.auscult.statistics.drift.FalseDiscovery;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.fairness.GroupEvaluation;
import org.auscult.statistics.fairness.GroupGaps;
import org.auscult.statistics.regression.ResidualMetrics;
import org.auscult.statistics.sample.Categories;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.Distributions;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each figure equals what scikit-learn, SciPy and R made of the same data. */
class OracleTest {
  static List<String> labelled() {
    return Expected.sets("labels");
  }

  static List<String> drifted() {
    return Expected.sets("drift");
  }

  @ParameterizedTest
  @MethodSource("labelled")
  void figuresOfLabelsAgree(String set) {
    JsonNode expected = Expected.set(set);
    Expected.compare(
        set,
        expected.path("overall"),
        BinaryEvaluation.all(Expected.scores(set), List.of(expected.path("threshold").asDouble())));
  }

  @Test
  void figuresOfGroupsAgreeAndSmallOnesAreHidden() {
    Map<String, List<String>> columns = Expected.columns("groups.csv");
    JsonNode expected = Expected.set("groups");
    double threshold = expected.path("threshold").asDouble();
    for (String column : List.of("site", "sex")) {
      JsonNode ofColumn = expected.path("groups").path(column);
      GroupEvaluation groups = GroupEvaluation.of(groups(columns, column));
      List<String> hidden = new ArrayList<>();
      ofColumn.path("hidden").forEach(group -> hidden.add(group.asText()));
      assertThat(groups.hidden()).containsExactlyInAnyOrderElementsOf(hidden);
      Map<String, List<Estimate>> all = groups.all(List.of(threshold));
      assertThat(all).hasSize(ofColumn.path("groups").size());
      all.forEach(
          (group, figures) ->
              Expected.compare(column + " " + group, ofColumn.path("groups").path(group), figures));
      List<Estimate> gaps = new ArrayList<>(GroupGaps.of(groups, threshold).all());
      GroupGaps.of(groups, threshold)
          .ratiosToLargest()
          .forEach((group, ratio) -> gaps.add(renamed(ratio, "flag-rate-ratio/" + group)));
      Expected.compare(column + " gaps", ofColumn.path("gaps"), gaps);
    }
  }

  private static Map<String, LabelledScores> groups(
      Map<String, List<String>> columns, String column) {
    Map<String, Map<String, List<String>>> rows = new HashMap<>();
    List<String> of = columns.getOrDefault(column, List.of());
    for (int i = 0; i < of.size(); i++) {
      Map<String, List<String>> group = rows.computeIfAbsent(of.get(i), g -> new HashMap<>());
      for (String name : List.of("score", "label")) {
        group
            .computeIfAbsent(name, n -> new ArrayList<>())
            .add(columns.getOrDefault(name, List.of()).get(i));
      }
    }
    Map<String, LabelledScores> groups = new HashMap<>();
    rows.forEach((group, cells) -> groups.put(group, Expected.scores(cells)));
    return groups;
  }

  private static Estimate renamed(Estimate estimate, String name) {
    Estimate.Known known = (Estimate.Known) estimate;
    return new Estimate.Known(
        Definition.of(name, "as it was"), known.n(), known.value(), known.certainty());
  }

  @Test
  void figuresOfQuantitiesAgree() {
    Map<String, List<String>> columns = Expected.columns("regression.csv");
    List<Estimate> all = new ArrayList<>();
    for (Estimate estimate :
        ResidualMetrics.of(
            Expected.doubles(columns.getOrDefault("label", List.of())),
            Expected.doubles(columns.getOrDefault("score", List.of())))) {
      String share = estimate.definition().parameters().get("share");
      all.add(share == null ? estimate : renamed(estimate, "residual-quantile/" + share));
    }
    Expected.compare("regression", Expected.set("regression").path("overall"), all);
  }

  @ParameterizedTest
  @MethodSource("drifted")
  void figuresOfDriftAgree(String set) {
    JsonNode expected = Expected.set(set);
    JsonNode how = expected.path("generated");
    if (how.isMissingNode()) {
      Map<String, List<String>> reference = Expected.columns(set + "-reference.csv");
      Map<String, List<String>> current = Expected.columns(set + "-current.csv");
      Expected.compare(
          set + " x",
          expected.path("columns").path("x"),
          NumericDrift.from(numbers(reference)).of(numbers(current)));
      Expected.compare(
          set + " kind",
          expected.path("columns").path("kind"),
          CategoricalDrift.of(categories(reference), categories(current)));
    } else {
      int rows = how.path("rows").asInt();
      Numbers reference = Expected.numbers(how.path("seedOfReference").asLong(), rows, 1);
      Numbers current =
          Expected.numbers(
              how.path("seedOfCurrent").asLong(), rows, how.path("stretch").asDouble());
      Expected.compare(
          set, expected.path("columns").path("x"), NumericDrift.from(reference).of(current));
    }
  }

  private static Numbers numbers(Map<String, List<String>> columns) {
    return Numbers.of(
        columns.getOrDefault("x", List.of()).stream()
            .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
            .toArray());
  }

  private static Categories categories(Map<String, List<String>> columns) {
    Map<String, Long> counts = new HashMap<>();
    columns.getOrDefault("kind", List.of()).forEach(cell -> counts.merge(cell, 1L, Long::sum));
    Long missing = counts.remove("");
    return Categories.of(counts, missing == null ? 0 : missing);
  }

  @Test
  void pairedDifferenceAgrees() {
    Map<String, List<String>> first = Expected.columns("calibrated.csv");
    Map<String, List<String>> second = Expected.columns("overconfident.csv");
    List<String> labels = first.getOrDefault("label", List.of());
    boolean[] events = new boolean[labels.size()];
    for (int i = 0; i < events.length; i++) {
      events[i] = labels.get(i).equals("1");
    }
    Estimate difference =
        Auroc.difference(
            Expected.doubles(first.getOrDefault("score", List.of())),
            Expected.doubles(second.getOrDefault("score", List.of())),
            events);
    Expected.compare(
        "paired",
        JsonNodeFactory.instance.objectNode().set("auroc-difference", small("delong-paired")),
        List.of(difference));
  }

  @Test
  void adjustedPValuesAgree() {
    List<Double> given = new ArrayList<>();
    small("benjamini-hochberg").path("p").forEach(p -> given.add(p.asDouble()));
    List<Double> adjusted = FalseDiscovery.adjusted(given);
    for (int i = 0; i < given.size(); i++) {
      assertThat(adjusted.get(i))
          .isCloseTo(small("benjamini-hochberg").path("adjusted").get(i).asDouble(), within(1e-15));
    }
  }

  @Test
  void tailsAgreeInTheirLeadingDigits() {
    small("kolmogorov")
        .properties()
        .forEach(
            one ->
                assertThat(Distributions.kolmogorovTail(Double.parseDouble(one.getKey())))
                    .isCloseTo(
                        one.getValue().asDouble(), within(1e-12 * one.getValue().asDouble())));
    small("chi-squared")
        .properties()
        .forEach(
            one ->
                assertThat(Distributions.chiSquaredTail(Double.parseDouble(one.getKey()), 9))
                    .isCloseTo(
                        one.getValue().asDouble(), within(1e-11 * one.getValue().asDouble())));
  }

  @Test
  void chanceIsTheSameInBothLanguages() {
    SplitMix64 chance = new SplitMix64(12345);
    small("splitmix64")
        .forEach(
            value -> assertThat(chance.uniform()).isEqualTo(Double.parseDouble(value.asText())));
  }

  private static JsonNode small(String name) {
    return Expected.ALL.path("small").path(name);
  }
}
