package org.auscult.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.auscult.timeline.FactBuilder.fact;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.Range;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.model.Band;
import org.auscult.model.Criterion;
import org.auscult.model.InMemoryModelCatalog;
import org.auscult.model.InputSpread;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.Scorer;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A risk of pressure and eGFR for people without heart disease; eGFR falls back to creatinine. */
class PredictionServiceTest {
  private static final Instant NOW = Instant.parse("2024-05-03T08:00:00Z");
  private static final Code PRESSURE = Code.loinc("8480-6");
  private static final Code EGFR = Code.loinc("98979-8");
  private static final Code CREATININE = Code.loinc("2160-0");
  private static final Code HEART_DISEASE = Code.snomed("49601007");
  private static final String EGFR_UNIT = "mL/min/{1.73_m2}";
  private static final String RISK = "https://example.org/risk|1";
  private static final String FILTRATION = "https://example.org/filtration|1";

  private final PredictionService service =
      new PredictionService(
          new InMemoryModelCatalog().add(risk()).add(filtration()),
          new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));

  @Test
  void predictsFromTheRecordAndSaysFromWhat() {
    List<ModelRun> runs = predict(pressure("150"), egfr("80"));

    assertThat(runs).hasSize(1);
    Predicted predicted = (Predicted) runs.get(0).result();
    assertThat(predicted.scores()).containsExactly(new Score("risk", 1.5 + 0.8, 2.3));
    InputValue systolic = predicted.inputs().get(0);
    assertThat(systolic.value()).isEqualTo(150);
    assertThat(systolic.evidence()).containsExactly("Observation/sbp/_history/1");
    assertThat(systolic.effective()).isEqualTo(Instant.parse("2024-05-01T09:00:00Z"));
    assertThat(systolic.fromModel()).isNull();
    assertThat(predicted.explanation().outputs().get(0).base()).isEqualTo(1.2 + 0.9);
  }

  /** Safety: 12. */
  @Test
  void standsInWithAnotherModelsOutputAndKeepsItsRun() {
    List<ModelRun> runs =
        service.predict(RISK, timeline(pressure("150"), creatinine("2")), asOf(), 4);

    assertThat(runs).extracting(ModelRun::index).containsExactly(4, 5);
    assertThat(runs).extracting(ModelRun::model).containsExactly(FILTRATION, RISK);
    Predicted predicted = (Predicted) runs.get(1).result();
    InputValue egfr = predicted.inputs().get(1);
    assertThat(egfr.value()).isEqualTo(50);
    assertThat(egfr.unit()).isEqualTo(EGFR_UNIT);
    assertThat(egfr.fromModel()).isEqualTo(FILTRATION);
    assertThat(egfr.evidence()).containsExactly("Observation/creatinine/_history/1");
    assertThat(egfr.effective()).isEqualTo(Instant.parse("2024-05-01T09:00:00Z"));
  }

  @Test
  void prefersWhatWasMeasuredToWhatAModelSays() {
    List<ModelRun> runs = predict(pressure("150"), egfr("80"), creatinine("2"));

    assertThat(runs).extracting(ModelRun::model).containsExactly(RISK);
  }

  @Test
  void doesNotWorkAroundAnImplausibleValue() {
    List<ModelRun> runs = predict(pressure("150"), egfr("900"), creatinine("2"));

    assertThat(runs).hasSize(1);
    assertThat(reasons(runs.get(0))).extracting(Reason::code).containsExactly("implausible");
    assertThat(reasons(runs.get(0)).get(0).text()).startsWith("eGFR: 900 ");
  }

  static Stream<Arguments> judgements() {
    Fact heartDisease = heartDisease("active");
    return Stream.of(
        row("everything is there", List.of(pressure("150"), egfr("80")), true, "predicted"),
        row(
            "known disease",
            List.of(pressure("150"), egfr("80"), heartDisease),
            true,
            "not-eligible known-cvd"),
        row(
            "known disease before missing data",
            List.of(heartDisease),
            true,
            "not-eligible known-cvd"),
        row(
            "known disease also if the search was cut short",
            List.of(heartDisease),
            false,
            "not-eligible known-cvd"),
        row(
            "too high for the model",
            List.of(pressure("190"), egfr("80")),
            true,
            "not-assessed out-of-range"),
        row(
            "exactly at the end of the range",
            List.of(pressure("180"), egfr("80")),
            true,
            "predicted"),
        row("implausible", List.of(pressure("900"), egfr("80")), true, "not-assessed implausible"),
        row("nothing at all", List.of(), true, "not-assessed not-recorded not-recorded"),
        row(
            "too old",
            List.of(old(pressure("150")), egfr("80")),
            true,
            "not-assessed outside-window"),
        row(
            "known only later",
            List.of(later(pressure("150")), egfr("80")),
            true,
            "not-assessed not-recorded"),
        row(
            "absence of disease is not proven",
            List.of(pressure("150"), egfr("80")),
            false,
            "not-assessed search-incomplete"),
        row(
            "stand-in out of range",
            List.of(pressure("150"), creatinine("20")),
            true,
            "not-assessed out-of-range"),
        row(
            "stand-in lacks its own input",
            List.of(pressure("150")),
            true,
            "not-assessed not-recorded"),
        row(
            "everything is wrong at once",
            List.of(pressure("190"), egfr("900")),
            false,
            "not-assessed search-incomplete out-of-range implausible"));
  }

  /** Safety: 4, 10. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("judgements")
  void judges(String name, List<Fact> facts, Set<ResourceKind> complete, String expected) {
    List<ModelRun> runs =
        service.predict(RISK, new PatientTimeline("p", 1, facts, complete), asOf(), 0);

    ModelRun last = runs.get(runs.size() - 1);
    assertThat(last.model()).isEqualTo(RISK);
    assertThat(inWords(last)).as(name).isEqualTo(expected);
  }

  /**
   * KFRE's limit on the eGFR: exclusive, and it binds the calculated eGFR as the measured one.
   *
   * <p>Safety: 10, 12.
   */
  @ParameterizedTest
  @CsvSource({
    "59.9, , predicted, 1",
    "60, , not-eligible egfr-not-below-60, 1",
    ", 1.7, predicted, 2",
    ", 1.6, not-eligible egfr-not-below-60, 2",
    ", , not-assessed not-recorded, 2",
    "900, 1.7, not-assessed implausible, 1",
  })
  void aLimitOnTheEgfrBindsTheCalculatedOneToo(
      @Nullable String egfr, @Nullable String creatinine, String expected, int runs) {
    List<Fact> facts = new ArrayList<>(List.of(pressure("150")));
    Optional.ofNullable(egfr).ifPresent(e -> facts.add(egfr(e)));
    Optional.ofNullable(creatinine).ifPresent(c -> facts.add(creatinine(c)));

    List<ModelRun> made = limited().predict(RISK, timeline(facts.toArray(Fact[]::new)), asOf(), 0);

    assertThat(inWords(made.get(made.size() - 1))).isEqualTo(expected);
    assertThat(made).hasSize(runs);
  }

  @Test
  void whoIsExcludedAnywayNeedsNoCalculatedEgfr() {
    List<ModelRun> runs =
        limited()
            .predict(
                RISK,
                timeline(pressure("150"), creatinine("1.7"), heartDisease("active")),
                asOf(),
                0);

    assertThat(runs).hasSize(1);
    assertThat(inWords(runs.get(0))).isEqualTo("not-eligible known-cvd");
  }

  private static PredictionService limited() {
    PredictionModel risk = risk().model();
    List<Criterion> criteria = new ArrayList<>(risk.eligibility());
    criteria.add(
        new Criterion(
            "egfr",
            new Criterion.Rule.Below(new BigDecimal("60"), EGFR_UNIT),
            "egfr-not-below-60",
            "the eGFR is not below 60"));
    return new PredictionService(
        new InMemoryModelCatalog()
            .add(
                new RegisteredModel(
                    model("risk", risk.inputs(), "1", criteria),
                    risk().features(),
                    scorer(x -> x[0] / 100 + x[1] / 100)))
            .add(filtration()),
        new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
  }

  /**
   * Rule 14: where it is not known whether it holds, the model is silent.
   *
   * <p>Safety: 14.
   */
  @ParameterizedTest
  @CsvSource({"true, true, predicted", "false, true, not-eligible", "false, false, not-eligible"})
  void isSilentWhereWhatMustBeTrueIsNotKnown(boolean there, boolean searched, String expected) {
    Criterion inHospital =
        new Criterion(
            "heart_disease", new Criterion.Rule.MustBeTrue(), "not-in-hospital", "not in hospital");
    PredictionService service =
        new PredictionService(
            new InMemoryModelCatalog()
                .add(
                    new RegisteredModel(
                        model("risk", risk().model().inputs(), "1", List.of(inHospital)),
                        risk().features(),
                        scorer(x -> 1)))
                .add(filtration()),
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
    List<Fact> facts = new ArrayList<>(List.of(pressure("150"), egfr("80")));
    if (there) {
      facts.add(heartDisease("active"));
    }
    Set<ResourceKind> complete = EnumSet.allOf(ResourceKind.class);
    if (!searched) {
      complete.remove(ResourceKind.CONDITION);
    }

    ModelRun run =
        service.predict(RISK, new PatientTimeline("p", 1, facts, complete), asOf(), 0).get(0);

    assertThat(inWords(run)).startsWith(expected);
  }

  /**
   * Rule 14: one set of observations; what is older, or without a time of day, is not of it.
   *
   * <p>Safety: 14.
   */
  @ParameterizedTest
  @CsvSource({
    "2024-05-01T09:00:00Z, INSTANT, predicted",
    "2024-05-01T08:00:00Z, INSTANT, predicted",
    "2024-05-01T10:00:00Z, INSTANT, predicted",
    "2024-05-01T07:59:59Z, INSTANT, not-assessed not-of-this-set",
    "2024-05-01T10:00:01Z, INSTANT, not-assessed not-of-this-set",
    "2024-05-01T09:00:00Z, DAY, not-assessed not-of-this-set",
  })
  void readsOnlyOneSetOfObservations(
      String at, EffectiveTime.Precision precision, String expected) {
    Instant when = Instant.parse(at);
    Fact egfr = egfr("80");
    Fact moved =
        new Fact(
            egfr.patient(),
            egfr.source(),
            egfr.codes(),
            egfr.display(),
            new EffectiveTime(when, when, null, precision),
            egfr.known(),
            egfr.epochs(),
            egfr.value(),
            egfr.context());

    ModelRun run = points(x -> 5).predict(RISK, timeline(pressure("150"), moved), asOf(), 0).get(0);

    assertThat(inWords(run)).isEqualTo(expected);
    if (run.result() instanceof Predicted predicted) {
      assertThat(ObservationSet.of(points, predicted).orElseThrow().last())
          .isEqualTo(
              when.isAfter(Instant.parse("2024-05-01T09:00:00Z"))
                  ? when
                  : Instant.parse("2024-05-01T09:00:00Z"));
    }
  }

  /** Safety: 11. */
  @ParameterizedTest
  @CsvSource({
    "5, predicted",
    "0, predicted",
    "4.5, not-assessed not-points",
    "-1, not-assessed not-points",
    "8, not-assessed not-points"
  })
  void withholdsWhatIsNoPointsInABand(double given, String expected) {
    ModelRun run =
        points(x -> given).predict(RISK, timeline(pressure("150"), egfr("80")), asOf(), 0).get(0);

    assertThat(inWords(run)).isEqualTo(expected);
  }

  @Test
  void withholdsPartsThatDoNotAddUp() {
    assertThat(ReasonCode.isFailure("not-points")).isTrue();
    assertThat(ReasonCode.isFailure("not-of-this-set")).isFalse();
    Map<String, Double> values = Map.of("total", 4.0, "a", 3.0, "b", 1.0);
    assertThat(sum(values)).isEqualTo("predicted");
    assertThat(sum(Map.of("total", 5.0, "a", 3.0, "b", 1.0))).isEqualTo("not-assessed not-points");
  }

  private static String sum(Map<String, Double> values) {
    List<ModelOutput> outputs =
        List.of(
            new ModelOutput("total", "total", "{score}", null, null, false, BANDS),
            new ModelOutput("a", "a", "{score}", null, null, true, List.of()),
            new ModelOutput("b", "b", "{score}", null, null, true, List.of()));
    Scorer scorer =
        new Scorer() {
          @Override
          public Scores score(double[][] rows) {
            double[][] scores = new double[rows.length][];
            for (int i = 0; i < rows.length; i++) {
              scores[i] = outputs.stream().mapToDouble(o -> values.get(o.name())).toArray();
            }
            return new Scores(scores, scores);
          }

          @Override
          public void close() {}
        };
    PredictionModel summed = scored(outputs);
    PredictionService service =
        new PredictionService(
            new InMemoryModelCatalog()
                .add(new RegisteredModel(summed, risk().features(), scorer))
                .add(filtration()),
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
    return inWords(service.predict(RISK, timeline(pressure("150"), egfr("80")), asOf(), 0).get(0));
  }

  private static final List<Band> BANDS =
      List.of(new Band("some", "some", Range.of("0", "7"), null));

  private final PredictionModel points =
      scored(List.of(new ModelOutput("risk", "risk", "{score}", null, null, false, BANDS)));

  private static PredictionModel scored(List<ModelOutput> outputs) {
    PredictionModel risk = risk().model();
    return new PredictionModel(
        risk.url(),
        risk.version(),
        risk.name(),
        risk.title(),
        risk.featureSet(),
        OutputKind.SCORE,
        risk.inputs(),
        outputs,
        List.of(),
        null,
        "",
        new InputSpread(new Lookback(1, Lookback.Unit.HOUR), Set.of("sbp", "egfr")));
  }

  private PredictionService points(ToDoubleFunction<double[]> function) {
    return new PredictionService(
        new InMemoryModelCatalog()
            .add(new RegisteredModel(points, risk().features(), scorer(function)))
            .add(filtration()),
        new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
  }

  @Test
  void showsTheEvidenceOfIneligibility() {
    NotEligible result = (NotEligible) predict(heartDisease("active")).get(0).result();

    assertThat(result.reasons())
        .containsExactly(
            new Reason(
                "known-cvd",
                "heart_disease",
                "heart disease is known",
                List.of("Condition/cvd/_history/1")));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, 14.7})
  void withholdsWhatIsNoProbability(double given) {
    assertThat(reasons(probability(given)))
        .extracting(Reason::code)
        .containsExactly("not-a-probability");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.147, 1})
  void showsWhatIsAProbability(double given) {
    assertThat(probability(given).result())
        .isInstanceOfSatisfying(
            Predicted.class, p -> assertThat(p.scores().get(0).value()).isEqualTo(given));
  }

  private static ModelRun probability(double given) {
    PredictionModel risk = risk().model();
    PredictionModel probable =
        new PredictionModel(
            risk.url(),
            risk.version(),
            risk.name(),
            risk.title(),
            risk.featureSet(),
            OutputKind.PROBABILITY,
            risk.inputs(),
            List.of(
                new ModelOutput("risk", "risk", "1", new Lookback(10, Lookback.Unit.YEAR), null)),
            risk.eligibility(),
            null,
            "");
    return new PredictionService(
            new InMemoryModelCatalog()
                .add(new RegisteredModel(probable, risk().features(), scorer(x -> given)))
                .add(filtration()),
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC))
        .predict(RISK, timeline(pressure("150"), egfr("80")), asOf(), 0)
        .get(0);
  }

  @Test
  void refusesEligibilityInAnotherUnitThanItsFeature() {
    Criterion inKilopascal =
        new Criterion(
            "systolic", new Criterion.Rule.Within(Range.of("90", "180"), "kPa"), "low", "low");

    assertThatThrownBy(
            () ->
                new RegisteredModel(
                    model("risk", risk().model().inputs(), "1", List.of(inKilopascal)),
                    risk().features(),
                    scorer(x -> 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eligibility low is in kPa");
  }

  @Test
  void refusesALimitInAnotherUnitThanItsFeature() {
    Criterion withoutSurface =
        new Criterion(
            "egfr", new Criterion.Rule.Below(new BigDecimal("60"), "mL/min"), "low", "low");

    assertThatThrownBy(
            () ->
                new RegisteredModel(
                    model("risk", risk().model().inputs(), "1", List.of(withoutSurface)),
                    risk().features(),
                    scorer(x -> 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eligibility low is in mL/min");
  }

  @Test
  void withholdsWhatIsNoNumber() {
    PredictionService broken =
        new PredictionService(
            new InMemoryModelCatalog()
                .add(
                    new RegisteredModel(risk().model(), risk().features(), scorer(x -> Double.NaN)))
                .add(filtration()),
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));

    List<ModelRun> runs = broken.predict(RISK, timeline(pressure("150"), egfr("80")), asOf(), 0);

    assertThat(reasons(runs.get(0))).extracting(Reason::code).containsExactly("score-not-finite");
  }

  @Test
  void asksForTheNeedsOfItsStandInsToo() {
    assertThat(service.needs(RISK))
        .flatExtracting(need -> List.copyOf(need.codes()))
        .contains(PRESSURE, EGFR, HEART_DISEASE, CREATININE);
  }

  @Test
  void namesAModelThatIsNotRegistered() {
    assertThatThrownBy(() -> service.needs("https://example.org/other|1"))
        .isInstanceOf(PredictionService.UnknownModelException.class)
        .hasMessageContaining("https://example.org/other|1");
  }

  @Test
  void refusesFeaturesInAnotherUnitAndFeaturesThatAreNotThere() {
    ResolvedFeatureSet inKilopascal =
        set("risk-set", feature("systolic", PRESSURE, "kPa", null), egfrFeature());

    assertThatThrownBy(() -> new RegisteredModel(risk().model(), inKilopascal, scorer(x -> 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mm[Hg]")
        .hasMessageContaining("kPa")
        .hasMessageContaining("heart_disease");
  }

  @Test
  void standsInOnlyInTheSameUnit() {
    PredictionModel other = risk().model();
    ModelInput egfr = other.inputs().get(1);
    RegisteredModel filtration = filtration();
    PredictionModel inOtherUnit =
        model("filtration", filtration.model().inputs(), "mL/min", List.of());
    PredictionService mismatched =
        new PredictionService(
            new InMemoryModelCatalog()
                .add(risk())
                .add(new RegisteredModel(inOtherUnit, filtration.features(), scorer(x -> 50))),
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));

    List<ModelRun> runs =
        mismatched.predict(RISK, timeline(pressure("150"), creatinine("2")), asOf(), 0);

    assertThat(egfr.unit()).isEqualTo(EGFR_UNIT);
    assertThat(inWords(runs.get(runs.size() - 1))).isEqualTo("not-assessed not-recorded");
  }

  @Test
  void aStandInIsAsOldAsTheMeasurementThatItRestsOn() {
    ModelInput always = new ModelInput("always", "always", "1", "heart_disease", null, null, null);
    RegisteredModel plain = filtration();
    RegisteredModel withUndatedInputFirst =
        new RegisteredModel(
            model(
                "filtration", List.of(always, plain.model().inputs().get(0)), EGFR_UNIT, List.of()),
            set(
                "filtration-set",
                heartDiseaseFeature(),
                feature("creatinine", CREATININE, "mg/dL", null)),
            scorer(x -> 100 / x[1]));
    PredictionService service =
        new PredictionService(
            new InMemoryModelCatalog().add(risk()).add(withUndatedInputFirst),
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));

    List<ModelRun> runs =
        service.predict(RISK, timeline(pressure("150"), creatinine("2")), asOf(), 0);

    InputValue egfr = ((Predicted) runs.get(1).result()).inputs().get(1);
    assertThat(egfr.value()).isEqualTo(50);
    assertThat(egfr.effective()).isEqualTo(Instant.parse("2024-05-01T09:00:00Z"));
  }

  @Test
  void fallsBackThreeModelsDeepAndInNoCircle() {
    InMemoryModelCatalog catalog = new InMemoryModelCatalog();
    for (int i = 0; i < 6; i++) {
      catalog.add(passingOn("m" + i, "m" + (i + 1)));
    }
    catalog.add(passingOn("self", "self"));
    PredictionService chain =
        new PredictionService(catalog, new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));

    assertThat(chain.withFallbacks("https://example.org/m0|1"))
        .extracting(m -> m.model().name())
        .containsExactly("m0", "m1", "m2", "m3");
    assertThat(chain.predict("https://example.org/m0|1", timeline(), asOf(), 0))
        .extracting(ModelRun::model)
        .containsExactly(
            "https://example.org/m3|1",
            "https://example.org/m2|1",
            "https://example.org/m1|1",
            "https://example.org/m0|1");
    assertThat(chain.withFallbacks("https://example.org/self|1")).hasSize(1);
  }

  /** A model of eGFR that takes another's if none is measured. */
  private static RegisteredModel passingOn(String name, String next) {
    ModelInput input =
        new ModelInput(
            "egfr", "eGFR", EGFR_UNIT, "egfr", null, "https://example.org/" + next + "|1", 90.0);
    return new RegisteredModel(
        model(name, List.of(input), EGFR_UNIT, List.of()),
        set(name + "-set", egfrFeature()),
        scorer(x -> x[0]));
  }

  @Test
  void countsContributionsAgainstTheReferencePatient() {
    Predicted predicted = (Predicted) predict(pressure("150"), egfr("80")).get(0).result();

    assertThat(predicted.explanation().outputs().get(0).contributions().get(0).phi())
        .isCloseTo(0.3, within(1e-12));
    assertThat(predicted.explanation().outputs().get(0).contributions().get(1).phi())
        .isCloseTo(-0.1, within(1e-12));
  }

  private List<ModelRun> predict(Fact... facts) {
    return service.predict(RISK, timeline(facts), asOf(), 0);
  }

  private static AsOf asOf() {
    return AsOf.instant(NOW);
  }

  private static PatientTimeline timeline(Fact... facts) {
    return new PatientTimeline("p", 1, List.of(facts), EnumSet.allOf(ResourceKind.class));
  }

  private static Arguments row(String name, List<Fact> facts, boolean searched, String expected) {
    Set<ResourceKind> complete = EnumSet.allOf(ResourceKind.class);
    if (!searched) {
      complete.remove(ResourceKind.CONDITION);
    }
    return Arguments.of(name, facts, complete, expected);
  }

  private static String inWords(ModelRun run) {
    if (run.result() instanceof Predicted) {
      return "predicted";
    }
    List<String> words = new ArrayList<>();
    words.add(run.result() instanceof NotEligible ? "not-eligible" : "not-assessed");
    reasons(run).forEach(reason -> words.add(reason.code()));
    return String.join(" ", words);
  }

  private static List<Reason> reasons(ModelRun run) {
    return run.result() instanceof NotEligible not
        ? not.reasons()
        : ((NotAssessed) run.result()).reasons();
  }

  private static Fact pressure(String value) {
    return observed("sbp", PRESSURE).number(value, "mm[Hg]").build();
  }

  private static Fact egfr(String value) {
    return observed("egfr", EGFR).number(value, EGFR_UNIT).build();
  }

  private static Fact creatinine(String value) {
    return observed("creatinine", CREATININE).number(value, "mg/dL").build();
  }

  private static FactBuilder observed(String id, Code code) {
    return fact().id(id).codes(code).at("2024-05-01T09:00:00Z");
  }

  private static Fact heartDisease(String status) {
    return fact()
        .kind(ResourceKind.CONDITION)
        .id("cvd")
        .codes(HEART_DISEASE)
        .at("2020-05-01T09:00:00Z")
        .value(new FactValue.None())
        .status(status)
        .build();
  }

  private static Fact old(Fact fact) {
    return observed(fact.source().id(), PRESSURE)
        .at("2019-01-01T00:00:00Z")
        .value(fact.value())
        .build();
  }

  private static Fact later(Fact fact) {
    return observed(fact.source().id(), PRESSURE)
        .known("2024-06-01T00:00:00Z")
        .value(fact.value())
        .build();
  }

  private static RegisteredModel risk() {
    List<ModelInput> inputs =
        List.of(
            new ModelInput(
                "sbp",
                "systolic pressure",
                "mm[Hg]",
                "systolic",
                Range.of("90", "180"),
                null,
                120.0),
            new ModelInput(
                "egfr", "eGFR", EGFR_UNIT, "egfr", Range.of("15", "140"), FILTRATION, 90.0));
    Criterion criterion =
        new Criterion(
            "heart_disease",
            new Criterion.Rule.MustBeFalse(),
            "known-cvd",
            "heart disease is known");
    return new RegisteredModel(
        model("risk", inputs, "1", List.of(criterion)),
        set(
            "risk-set",
            feature("systolic", PRESSURE, "mm[Hg]", Range.of("40", "300")),
            egfrFeature(),
            heartDiseaseFeature()),
        scorer(x -> x[0] / 100 + x[1] / 100));
  }

  private static RegisteredModel filtration() {
    List<ModelInput> inputs =
        List.of(new ModelInput("creatinine", "creatinine", "mg/dL", "creatinine", null, null, 1.0));
    return new RegisteredModel(
        model("filtration", inputs, EGFR_UNIT, List.of()),
        set("filtration-set", feature("creatinine", CREATININE, "mg/dL", null)),
        scorer(x -> 100 / x[0]));
  }

  private static PredictionModel model(
      String name, List<ModelInput> inputs, String unit, List<Criterion> eligibility) {
    return new PredictionModel(
        "https://example.org/" + name,
        "1",
        name,
        name,
        "https://example.org/" + name + "-set|1",
        OutputKind.VALUE,
        inputs,
        List.of(new ModelOutput(name, name, unit, null, null)),
        eligibility,
        null,
        "");
  }

  private static ResolvedFeature heartDiseaseFeature() {
    return ResolvedFeature.of(
        definition(
            "heart_disease",
            Operator.EXISTS,
            ResourceKind.CONDITION,
            HEART_DISEASE,
            null,
            "1",
            null));
  }

  private static ResolvedFeature egfrFeature() {
    return feature("egfr", EGFR, EGFR_UNIT, Range.of("1", "250"));
  }

  private static ResolvedFeatureSet set(String name, ResolvedFeature... features) {
    return new ResolvedFeatureSet("https://example.org/" + name, "1", name, List.of(features));
  }

  private static ResolvedFeature feature(
      String name, Code code, String unit, @Nullable Range plausible) {
    return ResolvedFeature.of(
        definition(
            name,
            Operator.LATEST,
            ResourceKind.OBSERVATION,
            code,
            new Lookback(2, Lookback.Unit.YEAR),
            unit,
            plausible));
  }

  private static FeatureDefinition definition(
      String name,
      Operator operator,
      ResourceKind kind,
      Code code,
      @Nullable Lookback lookback,
      String unit,
      @Nullable Range plausible) {
    return new FeatureDefinition(
        "https://example.org/" + name,
        "1",
        name,
        name,
        operator,
        kind == null ? null : Selection.of(kind, List.of(code)),
        lookback == null ? Window.WHOLE_RECORD : Window.of(lookback),
        unit,
        plausible,
        new MissingPolicy.Report(),
        null,
        org.auscult.feature.Arguments.NONE);
  }

  private static Scorer scorer(ToDoubleFunction<double[]> function) {
    return new Scorer() {
      @Override
      public Scores score(double[][] rows) {
        double[][] values = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
          values[i] = new double[] {function.applyAsDouble(rows[i])};
        }
        return new Scores(values, values);
      }

      @Override
      public void close() {}
    };
  }
}
