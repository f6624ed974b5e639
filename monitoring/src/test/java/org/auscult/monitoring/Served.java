package org.auscult.monitoring;

import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.auscult.feature.Arguments;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Subject;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;

/** Vectors as they were served, for tests: a mean of pressures, and whether there is a glucose. */
public final class Served {
  public static final Instant NOW = Instant.parse("2024-05-03T08:00:00Z");
  public static final FeatureEvaluator EVALUATOR =
      new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);
  public static final Code PRESSURE = Code.loinc("8480-6");
  public static final Code GLUCOSE = Code.loinc("2345-7");
  public static final String MEAN_PRESSURE = "https://example.org/mean-pressure|1.0.0";
  public static final String GLUCOSE_VALUE = "https://example.org/glucose|1.0.0";

  private Served() {}

  /** The set, with another operator or unit for pressures. */
  public static ResolvedFeatureSet set(Operator operator, String unit) {
    return new ResolvedFeatureSet(
        "https://example.org/set",
        "1.0.0",
        "set",
        List.of(
            feature("mean-pressure", operator, unit, PRESSURE),
            feature("glucose", Operator.LATEST, "mg/dL", GLUCOSE)));
  }

  public static ResolvedFeatureSet set() {
    return set(Operator.MEAN, "mm[Hg]");
  }

  private static ResolvedFeature feature(String name, Operator operator, String unit, Code code) {
    return ResolvedFeature.of(
        new FeatureDefinition(
            "https://example.org/" + name,
            "1.0.0",
            name,
            name,
            operator,
            Selection.of(ResourceKind.OBSERVATION, List.of(code)),
            Window.WHOLE_RECORD,
            unit,
            null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE));
  }

  /** A measured pressure. */
  public static Fact pressure(String id, String at, String value) {
    return fact().id(id).codes(PRESSURE).at(at).number(value, "mm[Hg]").build();
  }

  /** The vector that is served from a timeline. */
  public static FeatureVector vector(InMemoryTimeline timeline, ResolvedFeatureSet set) {
    AsOf asOf = AsOf.current(NOW);
    return EVALUATOR.evaluate(
        set, timeline.read(new TimelineQuery("p", asOf, set.needs())).orElseThrow().asOf(asOf));
  }

  /** An entry with one run for each vector. */
  public static JournalEntry entry(@Nullable FactBasis basis, FeatureVector... vectors) {
    List<ModelRun> runs =
        List.of(vectors).stream()
            .map(
                vector ->
                    new ModelRun(
                        0,
                        "https://example.org/model|1.0.0",
                        vector,
                        new ModelRun.Result.NotEligible(List.of())))
            .toList();
    return new JournalEntry(
        CardId.journal(UUID.randomUUID()),
        NOW,
        Call.ofOperation("$predict", "i"),
        new Subject("", "p"),
        NOW,
        vectors.length == 0 ? 0 : vectors[0].epoch(),
        0,
        List.of(DeploymentRun.ofOperation(runs)),
        null,
        basis,
        List.of());
  }
}
