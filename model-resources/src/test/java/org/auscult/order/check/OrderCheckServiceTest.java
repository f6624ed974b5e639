package org.auscult.order.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.model.InMemoryModelCatalog;
import org.auscult.model.RegisteredModel;
import org.auscult.order.DoseBand.AdvisedAction;
import org.auscult.order.DraftOrder;
import org.auscult.order.DrugRule;
import org.auscult.order.Gap;
import org.auscult.order.InMemoryOrderRulesCatalog;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding;
import org.auscult.order.OrderFinding.Kind;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.order.OrderRules;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.order.RenalEstimate;
import org.auscult.order.RenalEstimate.Input;
import org.auscult.order.RenalMeasure;
import org.auscult.order.RenalMeasure.BodyWeight;
import org.auscult.order.RepeatCreatinine;
import org.auscult.order.RepeatCreatinine.Why;
import org.auscult.order.Severity;
import org.auscult.order.Stability.State;
import org.auscult.order.check.OrderCheckService.Checked;
import org.auscult.order.check.OrderCheckService.UnknownRulesException;
import org.auscult.order.fhir.ShippedDefinitions;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.PredictionService;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table and the model that ship, on hand-made patients. Safety: 4, 7, 12, 13. */
class OrderCheckServiceTest {
  private static final RegisteredOrderRules RULES = ShippedDefinitions.orderRules("renal-dosing");
  private static final RegisteredModel CKD_EPI = ShippedDefinitions.model("ckd-epi-2021");
  private static final String TABLE = RULES.rules().canonical();
  private static final FeatureEvaluator EVALUATOR =
      new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);
  private static final OrderCheckService SERVICE =
      new OrderCheckService(
          new InMemoryOrderRulesCatalog().add(RULES),
          new PredictionService(new InMemoryModelCatalog().add(CKD_EPI), EVALUATOR),
          EVALUATOR);

  private static final DraftOrder METFORMIN = order("metformin", "860975");
  private static final DraftOrder DABIGATRAN = order("dabigatran", "1037045");
  private static final DraftOrder NITROFURANTOIN = order("nitrofurantoin", "1648755");

  @AfterAll
  static void close() {
    CKD_EPI.scorer().close();
  }

  // The indexed eGFR, and its bands.

  /** Limits of the FDA's communication of 8 April 2016: 30 and 45; a limit itself is not below. */
  @ParameterizedTest
  @CsvSource({
    "29.9, ADVISED, CRITICAL, 29",
    "30, ADVISED, WARNING, 30",
    "44.99, ADVISED, WARNING, 44",
    "45, CLEAR, , 45",
    "1, ADVISED, CRITICAL, 1"
  })
  void holdsTheRecordedEgfrAgainstTheBands(String egfr, Kind kind, Severity severity, int shown) {
    OrderFinding finding = only(adult().egfr(egfr, "P1D"), METFORMIN);

    assertThat(finding.kind()).isEqualTo(kind);
    RenalEstimate estimate =
        finding.outcome() instanceof Outcome.Advised advised
            ? advised.estimate()
            : ((Outcome.Clear) finding.outcome()).estimate();
    assertThat(estimate.kind()).isEqualTo(RenalMeasure.Kind.EGFR);
    assertThat(estimate.unit()).isEqualTo("mL/min/{1.73_m2}");
    assertThat(estimate.shown()).isEqualTo(shown);
    assertThat(estimate.fromModel()).isNull();
    if (finding.outcome() instanceof Outcome.Advised advised) {
      assertThat(advised.band().severity()).isEqualTo(severity);
      assertThat(advised.band().action()).isEqualTo(AdvisedAction.AVOID);
      assertThat(advised.source().date()).isEqualTo("2016-04-08");
    }
  }

  @Test
  void saysOnWhatItRests() {
    OrderFinding finding = only(adult().egfr("20", "P1D"), METFORMIN);

    assertThat(finding.order()).isEqualTo("MedicationRequest/metformin");
    assertThat(finding.orderText()).isEqualTo("metformin");
    assertThat(finding.ingredient())
        .isEqualTo(new OrderFinding.Ingredient(Code.rxnorm("6809"), "metformin"));
    RenalEstimate estimate = ((Outcome.Advised) finding.outcome()).estimate();
    assertThat(estimate.evidence()).containsExactly("Observation/o2/_history/1");
    assertThat(estimate.effective()).isEqualTo(RenalPatient.NOW.minus(Duration.ofDays(1)));
    assertThat(estimate.inputs()).extracting(Input::feature).containsExactly("egfr_2021");
  }

  @Test
  void computesTheEgfrWhereNoneIsRecorded() {
    Checked checked = check(adult().creatinine("4.0", "P1D"), METFORMIN);

    assertThat(checked.runs()).extracting(ModelRun::index).containsExactly(3);
    assertThat(checked.runs())
        .extracting(ModelRun::model)
        .containsExactly("https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0");
    Outcome.Advised advised = (Outcome.Advised) checked.check().findings().get(0).outcome();
    double byModel = ((Predicted) checked.runs().get(0).result()).scores().get(0).value();
    // CKD-EPI 2021 for a man of 60 with 4.0 mg/dL: 142 × (4/0.9)^-1.2 × 0.9938^60 = 16.3.
    assertThat(advised.estimate().value()).isEqualTo(byModel).isCloseTo(16.3, within(0.1));
    assertThat(advised.estimate().fromModel())
        .isEqualTo("https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0");
    assertThat(advised.estimate().effective())
        .isEqualTo(RenalPatient.NOW.minus(Duration.ofDays(1)));
    assertThat(advised.estimate().evidence()).contains("Observation/o2/_history/1");
    assertThat(checked.check().estimates()).containsExactly(advised.estimate());
  }

  @Test
  void runsTheModelOnceForAllOrders() {
    Checked checked = check(adult().creatinine("4.0", "P1D"), METFORMIN, order("again", "861007"));

    assertThat(checked.runs()).hasSize(1);
    assertThat(checked.check().estimates()).hasSize(1);
    assertThat(checked.check().findings()).hasSize(2);
  }

  @Test
  void runsNoModelWithoutNeed() {
    assertThat(check(adult().creatinine("4.0", "P1D"), DABIGATRAN).runs()).isEmpty();
    assertThat(check(adult().egfr("50", "P1D"), METFORMIN).runs()).isEmpty();
    assertThat(check(adult().creatinine("4.0", "P1D")).check().findings()).isEmpty();
  }

  /** An eGFR of the same sample stands; one that is older than the newest creatinine does not. */
  @ParameterizedTest
  @CsvSource({"PT0S, PT24H, 0", "PT0S, PT24H1S, 1", "P1D, P300D, 1", "P10D, P1D, 0"})
  void takesTheNewerOfEgfrAndCreatinine(String creatinine, String egfr, int runs) {
    RenalPatient patient = adult().creatinine("0.9", creatinine).egfr("20", egfr);

    Checked checked = check(patient, METFORMIN);

    assertThat(checked.runs()).hasSize(runs);
    assertThat(checked.check().findings().get(0).kind())
        .isEqualTo(runs == 0 ? Kind.ADVISED : Kind.CLEAR);
  }

  @Test
  void neverTakesTheEgfrByMdrd() {
    OrderFinding finding = only(adult().mdrd("20", "P1D"), METFORMIN);

    assertThat(gaps(finding)).extracting(Gap::code).containsExactly("not-recorded");
  }

  @Test
  void readsNoEgfrAboveABoundAsAPoint() {
    Checked checked = check(adult().egfrAbove("60", "P1D").creatinine("1.0", "P1D"), METFORMIN);

    assertThat(gaps(checked.check().findings().get(0)))
        .extracting(Gap::code, Gap::input)
        .containsExactly(tuple("comparator", "egfr_2021"));
    assertThat(repeat(checked).why()).isEqualTo(Why.UNREADABLE);
  }

  @Test
  void doesNotFallBackOnAnOldEgfrWhereTheNewestCreatinineCannotBeRead() {
    OrderFinding finding =
        only(adult().egfr("80", "P100D").creatinineAbove("15", "P1D"), METFORMIN);

    assertThat(gaps(finding)).extracting(Gap::code).containsExactly("comparator");
    assertThat(gaps(finding)).extracting(Gap::input).containsExactly("creatinine");
  }

  // Extremes of body size.

  /** Du Bois: 150 kg at 170 cm are 2.50 m2, so 40 become 57.9; 36 kg at 160 cm 1.31 and 30.3. */
  @ParameterizedTest
  @CsvSource({"150, 170, 40, EGFR_DE_INDEXED, 57", "36, 160, 40, EGFR_DE_INDEXED, 30"})
  void deIndexesAtAnExtremeBodySize(
      String weight, String height, String egfr, RenalMeasure.Kind kind, int shown) {
    Checked checked =
        check(new RenalPatient().weight(weight).height(height).egfr(egfr, "P1D"), METFORMIN);

    RenalEstimate estimate = checked.check().estimates().get(0);
    assertThat(estimate.kind()).isEqualTo(kind);
    assertThat(estimate.unit()).isEqualTo("mL/min");
    assertThat(estimate.shown()).isEqualTo(shown);
    assertThat(estimate.inputs())
        .extracting(Input::feature)
        .containsExactly("egfr_2021", "weight", "height");
    assertThat(checked.check().findings().get(0).remarks())
        .anySatisfy(
            r ->
                assertThat(r)
                    .isEqualTo(
                        "the body mass index is "
                            + (weight.equals("150") ? "51.9" : "14.0")
                            + " kg/m2, so the eGFR was de-indexed by body surface"));
  }

  /** 18 and 40 kg/m2 themselves are usual: at 200 cm that is 72 and 160 kg. */
  @ParameterizedTest
  @CsvSource({"72, EGFR", "160, EGFR", "71.9, EGFR_DE_INDEXED", "160.1, EGFR_DE_INDEXED"})
  void knowsWhereBodySizeBecomesExtreme(String weight, RenalMeasure.Kind kind) {
    Checked checked =
        check(new RenalPatient().weight(weight).height("200").egfr("40", "P1D"), METFORMIN);

    assertThat(checked.check().estimates()).extracting(RenalEstimate::kind).containsExactly(kind);
  }

  @Test
  void saysThatBodySizeIsNotKnown() {
    for (RenalPatient patient :
        List.of(
            new RenalPatient().egfr("40", "P1D"),
            new RenalPatient().weight("36").egfr("40", "P1D"),
            new RenalPatient().height("160").egfr("40", "P1D"))) {
      OrderFinding finding = only(patient, METFORMIN);

      assertThat(finding.kind()).isEqualTo(Kind.ADVISED);
      assertThat(finding.remarks()).anySatisfy(r -> assertThat(r).contains("is not known"));
    }
    assertThat(only(adult().egfr("40", "P1D"), METFORMIN).remarks())
        .noneSatisfy(r -> assertThat(r).contains("height or weight"));
  }

  // Cockcroft–Gault.

  /** (140 − 60) × 72 ÷ (72 × creatinine) for the man of 60 years and 72 kg: 80 ÷ creatinine. */
  @ParameterizedTest
  @CsvSource({
    "6.0, 13, ADVISED, AVOID, CRITICAL",
    "5.34, 14, ADVISED, AVOID, CRITICAL",
    "5.0, 16, ADVISED, REDUCE, CRITICAL",
    "2.6, 30, ADVISED, REDUCE, CRITICAL",
    "2.5, 32, ADVISED, MONITOR, INFO",
    "1.6, 50, ADVISED, MONITOR, INFO",
    "1.5, 53, CLEAR, , "
  })
  void holdsTheClearanceAgainstTheBands(
      String creatinine, int shown, Kind kind, AdvisedAction action, Severity severity) {
    Checked checked = check(adult().creatinine(creatinine, "P1D"), DABIGATRAN);

    OrderFinding finding = checked.check().findings().get(0);
    assertThat(finding.kind()).isEqualTo(kind);
    RenalEstimate estimate = checked.check().estimates().get(0);
    assertThat(estimate.shown()).isEqualTo(shown);
    assertThat(estimate.unit()).isEqualTo("mL/min");
    assertThat(estimate.weight()).isEqualTo(BodyWeight.ACTUAL);
    assertThat(estimate.inputs())
        .extracting(Input::feature)
        .containsExactly("age", "sex", "creatinine", "weight");
    if (finding.outcome() instanceof Outcome.Advised advised) {
      assertThat(advised.band().action()).isEqualTo(action);
      assertThat(advised.band().severity()).isEqualTo(severity);
    }
  }

  @Test
  void takesTheFactorForWomen() {
    RenalPatient woman = adult().gender("female").creatinine("1.0", "P1D");

    assertThat(check(woman, DABIGATRAN).check().estimates().get(0).value())
        .isCloseTo(68, within(1e-9));
  }

  @Test
  void saysWhatTheClearanceLacks() {
    assertThat(gaps(only(new RenalPatient().creatinine("1.0", "P1D"), DABIGATRAN)))
        .extracting(Gap::input)
        .containsExactly("weight");
    assertThat(gaps(only(new RenalPatient(), DABIGATRAN)))
        .extracting(Gap::input)
        .containsExactly("creatinine", "weight");
    assertThat(gaps(only(new RenalPatient(), DABIGATRAN)).get(0).text())
        .isEqualTo("creatinine: not recorded");
  }

  /**
   * Of a man of 175 cm the ideal weight is 70.46 kg, and the adjusted one with 120 kg 90.28 kg; of
   * one who weighs 60 kg the adjusted weight is the actual one.
   */
  @ParameterizedTest
  @CsvSource({"IDEAL, 120, 78.29", "ADJUSTED, 120, 100.31", "ADJUSTED, 60, 66.67"})
  void takesTheWeightThatTheRuleStates(BodyWeight which, String weight, double expected) {
    RenalPatient patient = new RenalPatient().weight(weight).height("175").creatinine("1.0", "P1D");

    RenalEstimate estimate =
        by(new RenalMeasure(RenalMeasure.Kind.COCKCROFT_GAULT, which, null), patient)
            .estimates()
            .get(0);

    assertThat(estimate.value()).isCloseTo(expected, within(0.005));
    assertThat(estimate.weight()).isEqualTo(which);
    assertThat(estimate.inputs())
        .extracting(Input::feature)
        .containsExactly("age", "sex", "creatinine", "weight", "height");
  }

  /** Devine's formula begins at 152.4 cm: below it there is no ideal weight, not a guess. */
  @ParameterizedTest
  @CsvSource({"152.4, CLEAR", "152.3, NOT_ASSESSED"})
  void knowsNoIdealWeightBelowFiveFeet(String height, Kind expected) {
    RenalMeasure ideal =
        new RenalMeasure(RenalMeasure.Kind.COCKCROFT_GAULT, BodyWeight.IDEAL, null);
    RenalPatient patient = new RenalPatient().weight("60").height(height).creatinine("0.8", "P1D");

    OrderFinding finding = by(ideal, patient).findings().get(0);

    assertThat(finding.kind()).isEqualTo(expected);
    if (expected == Kind.NOT_ASSESSED) {
      assertThat(gaps(finding)).extracting(Gap::input).containsExactly("height");
      assertThat(gaps(finding).get(0).evidence()).hasSize(1);
    }
    assertThat(gaps(by(ideal, new RenalPatient()).findings().get(0)))
        .extracting(Gap::input)
        .containsExactly("creatinine", "weight", "height");
  }

  @Test
  void deIndexesWhereTheRuleSaysSo() {
    RenalMeasure deIndexed = new RenalMeasure(RenalMeasure.Kind.EGFR_DE_INDEXED, null, null);

    OrderCheck check = by(deIndexed, adult().egfr("20", "P1D"));

    assertThat(check.estimates())
        .extracting(RenalEstimate::kind, RenalEstimate::shown)
        // 175 cm and 72 kg are 1.87 m2.
        .containsExactly(tuple(RenalMeasure.Kind.EGFR_DE_INDEXED, 21));
    assertThat(gaps(by(deIndexed, new RenalPatient()).findings().get(0)))
        .extracting(Gap::input)
        .containsExactly("creatinine", "weight", "height");
    assertThat(gaps(by(deIndexed, new RenalPatient().egfr("20", "P1D")).findings().get(0)))
        .extracting(Gap::input)
        .containsExactly("weight", "height");
  }

  /** What the shipped table says of dabigatran, by another measure. */
  private static OrderCheck by(RenalMeasure measure, RenalPatient patient) {
    OrderRules shipped = RULES.rules();
    DrugRule rule = shipped.rules().get(1);
    OrderRules rules =
        new OrderRules(
            "https://example.org/other",
            "1",
            "other",
            "Other",
            shipped.featureSet(),
            shipped.egfrModel(),
            shipped.otherDrugs(),
            List.of(
                new DrugRule(
                    rule.ingredient(),
                    rule.title(),
                    rule.valueSet(),
                    measure,
                    rule.bands(),
                    rule.source())));
    RegisteredOrderRules registered =
        new RegisteredOrderRules(rules, RULES.features(), RULES.codes(), RULES.others());
    return new OrderCheckService(
            new InMemoryOrderRulesCatalog().add(registered),
            new PredictionService(new InMemoryModelCatalog().add(CKD_EPI), EVALUATOR),
            EVALUATOR)
        .check(
            rules.canonical(),
            List.of(DABIGATRAN),
            patient.timeline(),
            AsOf.current(RenalPatient.NOW),
            0)
        .check();
  }

  /** The model speaks of adults at the time of the creatinine, and knows nothing without them. */
  @Test
  void saysWhyTheModelGaveNoEgfr() {
    Checked child = check(adult().born("2006-06-10").creatinine("1.0", "P1D"), METFORMIN);
    assertThat(gaps(child.check().findings().get(0)))
        .extracting(Gap::code, Gap::input)
        .containsExactly(tuple("age-out-of-range", "age_at_creatinine"));
    assertThat(child.runs()).hasSize(1);

    Checked unknown =
        check(adult().creatinine("1.0", "P1D").incomplete(ResourceKind.CONDITION), METFORMIN);
    assertThat(gaps(unknown.check().findings().get(0)))
        .extracting(Gap::code, Gap::input)
        .containsExactly(tuple("search-incomplete", "acute_kidney_injury"));
    assertThat(unknown.check().repeat()).isNull();
  }

  // Who the patient is.

  @Test
  void saysNoNumberOfChildrenAndOfPeopleWithoutAgeOrSex() {
    assertThat(codes(adult().born("2007-01-01"))).containsExactly("age-out-of-range");
    assertThat(codes(adult().born("2006-06-10"))).isEmpty();
    assertThat(codes(adult().born("2006-06-11"))).containsExactly("age-out-of-range");
    assertThat(codes(adult().born("1903-06-10"))).containsExactly("age-out-of-range");
    assertThat(codes(adult().born("1903-06-11"))).isEmpty();
    assertThat(gaps(only(adult().born("2007-01-01"), METFORMIN)).get(0).text())
        .isEqualTo("the rules speak of adults");
    assertThat(gaps(only(adult().born("1903-06-10"), METFORMIN)).get(0).text())
        .isEqualTo("the age on the record is above 120");
    assertThat(codes(adult().born(null))).containsExactly("not-recorded");
    assertThat(codes(adult().born("2006"))).containsExactly("ambiguous");
    assertThat(codes(adult().gender("other"))).containsExactly("unrecognised-value");
    assertThat(codes(adult().gender(null).born(null)))
        .containsExactly("not-recorded", "not-recorded");
  }

  private static List<String> codes(RenalPatient patient) {
    Checked checked =
        check(patient.creatinine("1.0", "P1D").egfr("20", "P1D"), METFORMIN, DABIGATRAN);
    OrderCheck check = checked.check();
    assertThat(check.findings().get(0).kind() == Kind.NOT_ASSESSED)
        .isEqualTo(check.findings().get(1).kind() == Kind.NOT_ASSESSED);
    if (check.findings().get(0).kind() != Kind.NOT_ASSESSED) {
      return List.of();
    }
    assertThat(check.estimates()).isEmpty();
    return gaps(check.findings().get(0)).stream().map(Gap::code).toList();
  }

  // Kidneys in no steady state.

  @Test
  void trustsNoNumberOfUnstableKidneysAndSaysSo() {
    RenalPatient rising = adult().creatinine("1.0", "PT48H").creatinine("1.3", "PT0S");

    Checked checked = check(rising, METFORMIN, DABIGATRAN);

    assertThat(checked.check().findings())
        .allSatisfy(f -> assertThat(f.kind()).isEqualTo(Kind.UNSTABLE));
    assertThat(checked.check().estimates()).isEmpty();
    assertThat(checked.runs()).isEmpty();
    assertThat(checked.check().stability().state()).isEqualTo(State.UNSTABLE);
    Outcome.Unstable unstable = (Outcome.Unstable) checked.check().findings().get(0).outcome();
    assertThat(unstable.text()).startsWith("renal function unstable: creatinine rose");
    assertThat(unstable.evidence()).hasSize(2);
    assertThat(repeat(checked).why()).isEqualTo(Why.UNSTABLE);
  }

  @Test
  void takesADiagnosisOfAcuteKidneyInjuryForUnstable() {
    RenalPatient patient = adult().egfr("80", "P1D").acuteKidneyInjury("active");

    OrderFinding finding = only(patient, METFORMIN);

    assertThat(finding.kind()).isEqualTo(Kind.UNSTABLE);
    assertThat(((Outcome.Unstable) finding.outcome()).text())
        .contains("acute kidney injury is on the record");
    assertThat(only(adult().egfr("80", "P1D").acuteKidneyInjury("resolved"), METFORMIN).kind())
        .isEqualTo(Kind.CLEAR);
  }

  @Test
  void saysThatOneCreatinineShowsNoCourseAndBlocksNothing() {
    OrderFinding finding = only(adult().creatinine("1.0", "P1D"), DABIGATRAN);

    assertThat(finding.kind()).isEqualTo(Kind.CLEAR);
    assertThat(finding.remarks())
        .containsExactly(
            "whether the kidneys are in a steady state is not known: one creatinine only in seven"
                + " days, so that a rise cannot be told from it");
    RenalPatient two = adult().creatinine("1.0", "P2D").creatinine("1.0", "P1D");
    assertThat(only(two, DABIGATRAN).remarks()).isEmpty();
  }

  // Dialysis and transplant.

  @Test
  void appliesNoRuleToPeopleOnDialysis() {
    for (RenalPatient patient :
        List.of(
            adult().egfr("10", "P1D").dependentOnDialysis(),
            adult().egfr("80", "P1D").dialysed("P100D"),
            adult().egfr("80", "P1D").dialysed("P100D").transplanted("P200D"),
            adult().egfr("80", "P1D").dependentOnDialysis().transplanted("P10D"),
            adult().egfr("80", "P1D").dependentOnDialysis().acuteKidneyInjury("active"))) {
      Checked checked = check(patient, METFORMIN, DABIGATRAN);

      assertThat(checked.check().findings())
          .allSatisfy(f -> assertThat(f.kind()).isEqualTo(Kind.ON_DIALYSIS));
      assertThat(checked.check().estimates()).isEmpty();
      assertThat(checked.check().repeat()).isNull();
    }
    Outcome.OnDialysis outcome =
        (Outcome.OnDialysis) only(adult().dialysed("P100D"), METFORMIN).outcome();
    assertThat(outcome.text()).contains("session of dialysis");
    assertThat(outcome.evidence()).hasSize(1);
    assertThat(
            ((Outcome.OnDialysis) only(adult().dependentOnDialysis(), METFORMIN).outcome()).text())
        .contains("dependence on dialysis");
  }

  @Test
  void appliesRulesAgainAfterATransplant() {
    OrderFinding finding =
        only(adult().egfr("40", "P1D").dialysed("P100D").transplanted("P50D"), METFORMIN);

    assertThat(finding.kind()).isEqualTo(Kind.ADVISED);
    assertThat(finding.remarks()).anySatisfy(r -> assertThat(r).contains("transplant team"));
    assertThat(only(adult().egfr("40", "P1D").withTransplant(), METFORMIN).remarks())
        .anySatisfy(r -> assertThat(r).contains("transplant team"));
    assertThat(only(adult().egfr("40", "P1D").dialysed("P400D"), METFORMIN).kind())
        .isEqualTo(Kind.ADVISED);
    assertThat(only(adult().egfr("40", "P1D"), METFORMIN).remarks())
        .noneSatisfy(r -> assertThat(r).contains("transplant"));
  }

  // What is not known.

  @ParameterizedTest
  @CsvSource({"CONDITION", "PROCEDURE"})
  void keepsNoWarningBackAndLetsNothingPassForWhatIsNotKnown(ResourceKind kind) {
    OrderFinding warned = only(adult().egfr("20", "P1D").incomplete(kind), METFORMIN);
    OrderFinding passed = only(adult().egfr("80", "P1D").incomplete(kind), METFORMIN);

    assertThat(warned.kind()).isEqualTo(Kind.ADVISED);
    assertThat(warned.remarks()).anySatisfy(r -> assertThat(r).contains("was not complete"));
    assertThat(passed.kind()).isEqualTo(Kind.NOT_ASSESSED);
    assertThat(gaps(passed)).extracting(Gap::code).containsOnly("search-incomplete");
  }

  // A repeat creatinine.

  static Stream<Arguments> repeats() {
    return Stream.of(
        Arguments.of(adult(), Why.MISSING),
        Arguments.of(adult().creatinine("1.0", "P400D"), Why.TOO_OLD),
        Arguments.of(adult().creatinineAbove("15", "P1D"), Why.UNREADABLE),
        Arguments.of(adult().creatinine("1.0", "g", "P1D"), Why.UNREADABLE),
        Arguments.of(adult().incomplete(ResourceKind.OBSERVATION), null),
        Arguments.of(adult().creatinine("1.0", "P1D"), null),
        Arguments.of(adult().born(null), null));
  }

  @ParameterizedTest
  @MethodSource("repeats")
  void suggestsARepeatCreatinine(RenalPatient patient, @Nullable Why expected) {
    Checked checked = check(patient, NITROFURANTOIN);

    if (expected == null) {
      assertThat(checked.check().repeat()).isNull();
    } else {
      assertThat(repeat(checked).why()).isEqualTo(expected);
      assertThat(repeat(checked).text()).startsWith("creatinine: ");
    }
    assertThat(check(patient, order("other", "313782")).check().repeat()).isNull();
  }

  // Which drug it is.

  @Test
  void saysOfEachOrderWhatItCould() {
    DraftOrder known = order("acetaminophen", "313782");
    DraftOrder unknown = order("unheard-of", "999999999");
    DraftOrder uncoded = new DraftOrder("MedicationRequest/uncoded", List.of(), "some tablets");
    DraftOrder foreign =
        new DraftOrder(
            "MedicationRequest/foreign", List.of(new Code("urn:local", "6809")), "metformin");
    DraftOrder scan =
        new DraftOrder("ServiceRequest/scan", List.of(Code.loinc("24627-2")), "CT of chest");
    DraftOrder unread = new DraftOrder("Order", List.of(), "");

    List<OrderFinding> findings =
        check(adult(), known, unknown, uncoded, foreign, scan, unread).check().findings();

    assertThat(findings)
        .extracting(OrderFinding::kind)
        .containsExactly(
            Kind.NO_RULE,
            Kind.NOT_CHECKED,
            Kind.NOT_CHECKED,
            Kind.NOT_CHECKED,
            Kind.NO_RULE,
            Kind.NOT_CHECKED);
    assertThat(findings).allSatisfy(f -> assertThat(f.ingredient()).isNull());
    assertThat(((Outcome.NotChecked) findings.get(1).outcome()).text())
        .isEqualTo("none of the order's codes is of a drug that Renal dosing knows");
    assertThat(((Outcome.NotChecked) findings.get(2).outcome()).text())
        .isEqualTo("the order names no coded drug");
  }

  @Test
  void findsTheIngredientByAnyCoding() {
    DraftOrder byIngredient = order("by-ingredient", "6809");
    DraftOrder twice =
        new DraftOrder(
            "MedicationRequest/twice",
            List.of(new Code("urn:local", "x"), Code.rxnorm("861007")),
            "");

    assertThat(check(adult().egfr("20", "P1D"), byIngredient, twice).check().findings())
        .extracting(OrderFinding::kind)
        .containsExactly(Kind.ADVISED, Kind.ADVISED);
  }

  @Test
  void givesOneFindingForEachIngredient() {
    DraftOrder both =
        new DraftOrder(
            "MedicationRequest/both",
            List.of(Code.rxnorm("860975"), Code.rxnorm("1037045")),
            "metformin and dabigatran");

    List<OrderFinding> findings =
        check(adult().egfr("20", "P1D").creatinine("1.0", "P1D"), both).check().findings();

    assertThat(findings)
        .extracting(f -> Objects.requireNonNull(f.ingredient()).title())
        .containsExactly("metformin", "dabigatran etexilate");
    assertThat(findings).extracting(OrderFinding::kind).containsExactly(Kind.ADVISED, Kind.CLEAR);
  }

  // What to read.

  @Test
  void namesWhatToRead() {
    assertThat(SERVICE.featureSets(TABLE))
        .extracting(ResolvedFeatureSet::name)
        .containsExactly("renal_inputs", "ckd_epi_inputs");
    Set<Code> observed =
        SERVICE.needs(TABLE).stream()
            .filter(n -> n.kind() == ResourceKind.OBSERVATION)
            .flatMap(n -> n.codes().stream())
            .collect(Collectors.toSet());
    assertThat(observed)
        .contains(
            Code.loinc("2160-0"),
            Code.loinc("98979-8"),
            Code.loinc("29463-7"),
            Code.loinc("8302-2"))
        .doesNotContain(Code.loinc("33914-3"));
    assertThat(SERVICE.needs(TABLE))
        .extracting(Need::kind)
        .contains(ResourceKind.PATIENT, ResourceKind.CONDITION, ResourceKind.PROCEDURE)
        .doesNotContain(ResourceKind.MEDICATION_REQUEST);
    assertThat(SERVICE.needs(TABLE)).doesNotHaveDuplicates();
  }

  @Test
  void refusesATableThatIsNotRegistered() {
    assertThatThrownBy(() -> SERVICE.needs("https://example.org/none|1"))
        .isInstanceOf(UnknownRulesException.class)
        .hasMessageContaining("https://example.org/none|1");
  }

  @Test
  void keepsTheFeaturesAsTheyWereRead() {
    OrderCheck check = check(adult().creatinine("1.0", "P1D"), DABIGATRAN).check();

    assertThat(check.rules()).isEqualTo(TABLE);
    assertThat(check.vector().featureSet()).isEqualTo(RULES.rules().featureSet());
    assertThat(check.vector().asOf()).isEqualTo(AsOf.current(RenalPatient.NOW));
  }

  @Test
  void tellsNoDrugInLogs() {
    OrderFinding finding = only(adult().egfr("20", "P1D"), METFORMIN);

    assertThat(finding).hasToString("OrderFinding(MedicationRequest/metformin, ADVISED)");
  }

  private static RenalPatient adult() {
    return new RenalPatient().weight("72").height("175");
  }

  private static DraftOrder order(String id, String rxnorm) {
    return new DraftOrder("MedicationRequest/" + id, List.of(Code.rxnorm(rxnorm)), id);
  }

  private static Checked check(RenalPatient patient, DraftOrder... orders) {
    return SERVICE.check(
        TABLE, Arrays.asList(orders), patient.timeline(), AsOf.current(RenalPatient.NOW), 3);
  }

  private static RepeatCreatinine repeat(Checked checked) {
    return Objects.requireNonNull(checked.check().repeat());
  }

  private static OrderFinding only(RenalPatient patient, DraftOrder order) {
    List<OrderFinding> findings = check(patient, order).check().findings();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static List<Gap> gaps(OrderFinding finding) {
    assertThat(finding.kind()).isEqualTo(Kind.NOT_ASSESSED);
    return ((Outcome.NotAssessed) finding.outcome()).gaps();
  }
}
