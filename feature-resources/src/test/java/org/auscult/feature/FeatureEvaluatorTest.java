package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single facts become; golden cases and the oracle hold whole histories. */
class FeatureEvaluatorTest {
  private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
  private static final Code SYSTOLIC = Code.loinc("8480-6");
  private static final Code YES = Code.snomed("373066001");
  private static final Code NO = Code.snomed("373067005");

  private boolean complete = true;

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void aRecordedTruthIsAnAnswer(boolean recorded, double expected) {
    assertThat(present(answered(), fact().value(new FactValue.Truth(recorded)).build()).value())
        .isEqualTo(expected);
  }

  @Test
  void aCodedAnswerCountsOnlyIfItIsKnownAndSaysOneThing() {
    assertThat(present(answered(), coded(YES)).value()).isEqualTo(1);
    assertThat(present(answered(), coded(NO)).value()).isZero();
    assertThat(missing(answered(), coded(YES, NO))).isEqualTo(MissingReason.AMBIGUOUS);
    assertThat(missing(answered(), coded(Code.snomed("261665006"))))
        .isEqualTo(MissingReason.UNRECOGNISED_VALUE);
    assertThat(missing(answered(), fact().number("1", "1").build()))
        .isEqualTo(MissingReason.UNRECOGNISED_VALUE);
  }

  @Test
  void countsAndTimesMayBeImplausibleToo() {
    Fact one = fact().id("1").build();
    Fact two = fact().id("2").build();
    ResolvedFeature atMostOne = feature(Operator.COUNT, "1", Range.of("0", "1"));
    assertThat(present(atMostOne, one).value()).isEqualTo(1);
    assertThat(missing(atMostOne, one, two)).isEqualTo(MissingReason.IMPLAUSIBLE);

    ResolvedFeature atMostTenDays = feature(Operator.TIME_SINCE, "d", Range.of("0", "10"));
    assertThat(present(atMostTenDays, fact().at("2024-05-22T12:00:00Z").build()).value())
        .isEqualTo(10);
    assertThat(missing(atMostTenDays, fact().at("2024-05-22T11:59:59Z").build()))
        .isEqualTo(MissingReason.IMPLAUSIBLE);
  }

  @Test
  void noTimeHasPassedSinceWhatIsNotDated() {
    Fact undated =
        fact()
            .effective(
                new EffectiveTime(FactBuilder.DAY_1, FactBuilder.DAY_1, null, Precision.UNDATED))
            .build();
    assertThat(missing(feature(Operator.TIME_SINCE, "d", null), undated))
        .isEqualTo(MissingReason.AMBIGUOUS);
  }

  @Test
  void aResourceThatCameTwiceCountsOnceInItsLaterVersion() {
    Fact first = pressure("120").id("1").version(1).build();
    Fact second = pressure("130").id("1").version(2).build();
    for (List<Fact> order : List.of(List.of(first, second), List.of(second, first))) {
      Fact[] facts = order.toArray(Fact[]::new);
      assertThat(present(feature(Operator.COUNT, "1", null), facts).value()).isEqualTo(1);
      assertThat(present(feature(Operator.MEAN, "mm[Hg]", null), facts).value()).isEqualTo(130);
    }
  }

  @Test
  void theLaterVersionStandsAlsoIfItSaysAnEarlierTime() {
    Fact first = pressure("120").version(1).at("2024-05-02T00:00:00Z").build();
    Fact corrected = pressure("130").version(2).at("2024-05-01T00:00:00Z").build();
    assertThat(present(feature(Operator.LATEST, "mm[Hg]", null), first, corrected).value())
        .isEqualTo(130);
  }

  @Test
  void whatHasNoIdStandsForItself() {
    Fact one = pressure("120").id("").build();
    Fact other = pressure("140").id("").build();
    assertThat(present(feature(Operator.COUNT, "1", null), one, other).value()).isEqualTo(2);
    assertThat(present(feature(Operator.MEAN, "mm[Hg]", null), one, other).value()).isEqualTo(130);
  }

  @Test
  void aCodeCountsOnlyInResourcesOfItsType() {
    Fact procedure = fact().kind(ResourceKind.PROCEDURE).build();
    assertThat(present(feature(Operator.COUNT, "1", null), procedure).value()).isZero();
    assertThat(present(feature(Operator.EXISTS, "1", null), procedure).value()).isZero();
  }

  @Test
  void aCourseIsWhatTheFeatureWouldReadOfEachValueInOrder() {
    ResolvedFeature latest = feature(Operator.LATEST, "mm[Hg]", Range.of("40", "300"));
    Fact second = pressure("130").id("2").at("2024-05-02T00:00:00Z").build();
    Fact first = pressure("120").id("1").at("2024-05-01T00:00:00Z").build();
    Fact firstAgain = pressure("121").id("1").version(2).at("2024-05-01T00:00:00Z").build();
    Fact implausible = pressure("900").id("3").at("2024-05-03T00:00:00Z").build();
    Fact preliminary =
        pressure("140").id("4").at("2024-05-04T00:00:00Z").status("preliminary").build();
    Fact byModel = pressure("150").id("5").at("2024-05-05T00:00:00Z").byModel().build();
    Fact absent = fact().id("6").value(new FactValue.Absent("unknown")).build();
    Fact valueless = fact().id("7").value(new FactValue.None()).build();
    Fact[] facts = {
      second, implausible, first, preliminary, byModel, absent, valueless, firstAgain
    };

    List<Reading> course = course(latest, facts);

    assertThat(course).extracting(Reading::fact).containsExactly(firstAgain, second, implausible);
    assertThat(((FeatureValue.Present) course.get(0).value()).value()).isEqualTo(121);
    assertThat(((FeatureValue.Missing) course.get(2).value()).reason())
        .isEqualTo(MissingReason.IMPLAUSIBLE);
    assertThat(missing(latest, facts))
        .as("the last is the feature's own")
        .isEqualTo(MissingReason.IMPLAUSIBLE);
    assertThat(course(latest)).isEmpty();
  }

  @Test
  void whatIsNoNumberHasNoCourse() {
    assertThatThrownBy(() -> course(feature(Operator.EXISTS, "1", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("feature");
  }

  @Test
  void theVectorSaysWhoseAndWhenceItIs() {
    ResolvedFeature feature = feature(Operator.COUNT, "1", null);
    FeatureVector vector =
        new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC)
            .evaluate(
                new ResolvedFeatureSet("https://example.org/set", "1", "set", List.of(feature)),
                new PatientTimeline("p7", 9, List.of(), Set.of()).asOf(AsOf.epoch(NOON, 4)));
    assertThat(vector.patient()).isEqualTo("p7");
    assertThat(vector.epoch()).isEqualTo(9);
    assertThat(vector.asOf()).isEqualTo(AsOf.epoch(NOON, 4));
    assertThat(vector.featureSet()).isEqualTo("https://example.org/set|1");
    assertThat(vector.entries())
        .extracting(FeatureVector.Entry::definition)
        .containsExactly("https://example.org/feature|1");
    assertThat(vector.value("another")).isEmpty();
  }

  @Test
  void whatAModelWroteIsNoFact() {
    Fact written = pressure("180").id("2").at("2024-05-30T00:00:00Z").byModel().build();
    assertThat(
            present(feature(Operator.LATEST, "mm[Hg]", null), pressure("120").build(), written)
                .value())
        .isEqualTo(120);
  }

  @Test
  void ofTwoValuesOfOneTimeTheOneLearntLastStands() {
    Fact early = pressure("120").id("9").version(7).known("2024-01-02T00:00:00Z").build();
    Fact late = pressure("130").id("1").version(1).known("2024-01-03T00:00:00Z").build();
    assertThat(latest(early, late)).isEqualTo(130);
    assertThat(latest(late, early)).isEqualTo(130);
  }

  @Test
  void tiesGoByVersionIdSlotAndOrigin() {
    Fact lowest = pressure("110").id("a").version(1).slot(1).origin("a").build();
    for (Fact higher :
        List.of(
            pressure("120").id("A").version(2).slot(0).origin("A").build(),
            pressure("120").id("b").version(1).slot(0).origin("A").build(),
            pressure("120").id("a").version(1).slot(2).origin("A").build(),
            pressure("120").id("a").version(1).slot(1).origin("b").build())) {
      assertThat(latest(lowest, higher)).as(higher.source().toString()).isEqualTo(120);
      assertThat(latest(higher, lowest)).as(higher.source().toString()).isEqualTo(120);
    }
  }

  @Test
  void aValueIsKnownSinceTheLastOfItsEvidence() {
    Fact first = pressure("120").id("1").known("2024-01-09T00:00:00Z").build();
    Fact second =
        pressure("130")
            .id("2")
            .effective(EffectiveTime.at(Instant.parse("2024-01-02T00:00:00Z")))
            .known("2024-01-03T00:00:00Z")
            .build();
    Present mean = present(feature(Operator.MEAN, "mm[Hg]", null), first, second);
    assertThat(mean.known()).isEqualTo(Instant.parse("2024-01-09T00:00:00Z"));
    assertThat(mean.effective()).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
    assertThat(mean.evidence())
        .containsExactly("Observation/1/_history/1", "Observation/2/_history/1");
  }

  @Test
  void saysWhatWasNotSearchedCompletely() {
    complete = false;
    FeatureValue count = value(feature(Operator.COUNT, "1", null));
    assertThat(((Missing) count).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(((Missing) count).detail())
        .startsWith("the search for Observation was not complete");
    FeatureValue drug =
        value(feature(Operator.EXISTS, "1", null, ResourceKind.MEDICATION_REQUEST, null));
    assertThat(((Missing) drug).detail())
        .isEqualTo("not every MedicationRequest was found with its medication");
  }

  @Test
  void ageIsTakenFromTheNewestBirthDate() {
    FactBuilder born =
        fact().kind(ResourceKind.PATIENT).codes(Demographics.BIRTH_DATE).at("1900-01-01T00:00:00Z");
    Fact first = born.version(1).value(new FactValue.Dated("1950-01-01")).build();
    Fact corrected = born.version(2).value(new FactValue.Dated("1960-01-01")).build();
    ResolvedFeature age = feature(Operator.AGE, "a", null);
    assertThat(present(age, first, corrected).value()).isEqualTo(64);
    assertThat(present(age, corrected, first).value()).isEqualTo(64);
    assertThat(missing(age, born.value(new FactValue.Dated("sometime")).build()))
        .isEqualTo(MissingReason.UNRECOGNISED_VALUE);
  }

  @Test
  void sexesThatContradictEachOtherAreNotOne() {
    FactBuilder sex =
        fact()
            .kind(ResourceKind.PATIENT)
            .codes(Demographics.SEX_PARAMETER_FOR_CLINICAL_USE)
            .at("1900-01-01T00:00:00Z");
    Code system = Demographics.SEX_PARAMETER_FOR_CLINICAL_USE;
    Fact female = sex.slot(1).value(answer(Code.of(system.system(), "female-typical"))).build();
    Fact male = sex.slot(2).value(answer(Code.of(system.system(), "male-typical"))).build();
    Fact other = sex.slot(3).value(answer(Code.of(system.system(), "specified"))).build();
    ResolvedFeature feature = feature(Operator.SEX, "1", null);
    assertThat(present(feature, female).value()).isEqualTo(1);
    assertThat(present(feature, male).value()).isZero();
    assertThat(missing(feature, female, male)).isEqualTo(MissingReason.AMBIGUOUS);
    assertThat(missing(feature, other)).isEqualTo(MissingReason.UNRECOGNISED_VALUE);
  }

  private double latest(Fact... facts) {
    return present(feature(Operator.LATEST, "mm[Hg]", null), facts).value();
  }

  private Present present(ResolvedFeature feature, Fact... facts) {
    FeatureValue value = value(feature, facts);
    assertThat(value).isInstanceOf(Present.class);
    return (Present) value;
  }

  private MissingReason missing(ResolvedFeature feature, Fact... facts) {
    FeatureValue value = value(feature, facts);
    assertThat(value).isInstanceOf(Missing.class);
    return ((Missing) value).reason();
  }

  private FeatureValue value(ResolvedFeature feature, Fact... facts) {
    Set<ResourceKind> searched = complete ? Set.of(ResourceKind.values()) : Set.of();
    ResolvedFeatureSet set =
        new ResolvedFeatureSet("https://example.org/set", "1", "set", List.of(feature));
    return new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC)
        .evaluate(
            set,
            new PatientTimeline("p", 1, Arrays.asList(facts), searched).asOf(AsOf.current(NOON)))
        .value("feature")
        .orElseThrow();
  }

  private static List<Reading> course(ResolvedFeature feature, Fact... facts) {
    return new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC)
        .readings(
            feature,
            new PatientTimeline("p", 1, Arrays.asList(facts), Set.of()).asOf(AsOf.current(NOON)));
  }

  private static FactBuilder pressure(String number) {
    return fact().number(number, "mm[Hg]");
  }

  private static Fact coded(Code... codes) {
    return fact().value(answer(codes)).build();
  }

  /** Rule 4: a flow or a concentration says oxygen or air; what cannot be read says neither. */
  @ParameterizedTest
  @CsvSource({
    "2, L/min, 1",
    "0.1, L/min, 1",
    "0, L/min, 0",
    "500, mL/min, 1",
    "28, %, 1",
    "21, %, 0",
    "20.9, %, 0"
  })
  void aMeasuredAnswerIsYesAboveItsBound(String number, String unit, double expected) {
    assertThat(present(oxygen(), fact().number(number, unit).build()).value()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.28, 1", "2, kg", "2, ''"})
  void aMeasuredAnswerInNoUnitOfABoundIsMissing(String number, String unit) {
    assertThat(missing(oxygen(), fact().number(number, unit).build()))
        .isEqualTo(MissingReason.UNIT);
  }

  @Test
  void aMeasuredAnswerAboveOrBelowSomethingIsMissing() {
    Quantity flow = Quantity.of("1", "L/min");
    Fact below = fact().value(new FactValue.Measured(flow, flow, Comparator.LESS)).build();
    assertThat(missing(oxygen(), below)).isEqualTo(MissingReason.COMPARATOR);
  }

  @Test
  void aNumberIsNoAnswerWhereOnlyCodesAre() {
    assertThat(missing(answered(), pressure("2").build()))
        .isEqualTo(MissingReason.UNRECOGNISED_VALUE);
    Quantity flow = Quantity.of("1", "L/min");
    Fact below = fact().value(new FactValue.Measured(flow, flow, Comparator.LESS)).build();
    assertThat(missing(answered(), below)).isEqualTo(MissingReason.UNRECOGNISED_VALUE);
  }

  private static ResolvedFeature oxygen() {
    ResolvedFeature plain =
        feature(
            Operator.LATEST,
            "1",
            null,
            ResourceKind.OBSERVATION,
            new CodedAnswers(
                "https://example.org/yes|1",
                "https://example.org/no|1",
                List.of(Quantity.of("0", "L/min"), Quantity.of("21", "%"))));
    return new ResolvedFeature(plain.definition(), plain.codes(), Set.of(YES), Set.of(NO));
  }

  private static FactValue answer(Code... codes) {
    return new FactValue.Coded(List.of(codes), null);
  }

  private static ResolvedFeature answered() {
    ResolvedFeature plain =
        feature(
            Operator.LATEST,
            "1",
            null,
            ResourceKind.OBSERVATION,
            new CodedAnswers("https://example.org/yes|1", "https://example.org/no|1"));
    return new ResolvedFeature(plain.definition(), plain.codes(), Set.of(YES), Set.of(NO));
  }

  private static ResolvedFeature feature(Operator operator, String unit, @Nullable Range range) {
    return feature(operator, unit, range, ResourceKind.OBSERVATION, null);
  }

  private static ResolvedFeature feature(
      Operator operator,
      String unit,
      @Nullable Range range,
      ResourceKind kind,
      @Nullable CodedAnswers answers) {
    return ResolvedFeature.of(
        new FeatureDefinition(
            "https://example.org/feature",
            "1",
            "feature",
            "feature",
            operator,
            operator.readsCodes() ? Selection.of(kind, List.of(SYSTOLIC)) : null,
            Window.WHOLE_RECORD,
            unit,
            range,
            new MissingPolicy.Report(),
            answers,
            Arguments.NONE));
  }
}
