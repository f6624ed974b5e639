package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.auscult.feature.Asked.missing;
import static org.auscult.feature.Asked.present;
import static org.auscult.feature.Asked.pressures;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each operator makes of a few facts; the numbers are worked out by hand. */
class OperatorsTest {
  /** 120 four days, 130 two days and 110 one day before the index time. */
  private static final Fact[] COURSE = {
    pressure("a", "2024-05-28T12:00:00Z", "120"),
    pressure("b", "2024-05-30T12:00:00Z", "130"),
    pressure("c", "2024-05-31T12:00:00Z", "110")
  };

  private static Fact pressure(String id, String at, String number) {
    return fact().id(id).at(at).number(number, "mm[Hg]").build();
  }

  private static FeatureDefinition feature(Operator operator, String unit, Arguments arguments) {
    return of("feature", operator, unit, ResourceKind.OBSERVATION, arguments, Asked.SYSTOLIC);
  }

  private static Arguments arguments(Operator operator) {
    return switch (operator) {
      case NTH_LATEST -> Arguments.NONE.withNth(2);
      case DELTA -> Arguments.NONE.withBaseline(Baseline.FIRST);
      case PERCENT_CHANGE -> Arguments.NONE.withBaseline(Baseline.FIRST).withValueUnit("mm[Hg]");
      case TIME_IN_RANGE ->
          Arguments.NONE.withRange(Range.of("115", "125")).withValueUnit("mm[Hg]");
      case SLOPE, COEFFICIENT_OF_VARIATION -> Arguments.NONE.withValueUnit("mm[Hg]");
      default -> Arguments.NONE;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "LATEST, mm[Hg], 110",
    "FIRST, mm[Hg], 120",
    "NTH_LATEST, mm[Hg], 130",
    "MIN, mm[Hg], 110",
    "MAX, mm[Hg], 130",
    "MEAN, mm[Hg], 120",
    "MEDIAN, mm[Hg], 120",
    // sqrt((0 + 100 + 100) / 2)
    "STANDARD_DEVIATION, mm[Hg], 10",
    "COEFFICIENT_OF_VARIATION, 1, 0.0833333333333",
    "COEFFICIENT_OF_VARIATION, %, 8.33333333333",
    // sqrt((100 + 400) / 2)
    "SUCCESSIVE_DIFFERENCES, mm[Hg], 15.8113883008",
    "AVERAGE_REAL_VARIABILITY, mm[Hg], 15",
    // Days −4, −2, −1 about −7/3: sum of products −10 over sum of squares 14/3.
    "SLOPE, mm[Hg]/d, -2.14285714286",
    "SLOPE, mm[Hg]/h, -0.0892857142857",
    // 120 + (−15/7) * 7/3
    "INTERCEPT, mm[Hg], 115",
    "DELTA, mm[Hg], -10",
    "PERCENT_CHANGE, %, -8.33333333333",
    "PERCENT_CHANGE, 1, -0.0833333333333",
    // (120 * 2 + 130 * 1 + 110 * 1) / 4
    "TIME_WEIGHTED_MEAN, mm[Hg], 120",
    "TIME_IN_RANGE, 1, 0.5",
    "TIME_IN_RANGE, %, 50",
    "COUNT, 1, 3",
    "EXISTS, 1, 1",
    "TIME_SINCE, d, 1",
    "TIME_SINCE_FIRST, h, 96"
  })
  void worksItOut(Operator operator, String unit, double expected) {
    Present value = present(feature(operator, unit, arguments(operator)), COURSE);
    assertThat(value.value()).isCloseTo(expected, within(1e-9));
    assertThat(value.unit()).isEqualTo(unit);
    assertThat(value.evidence()).isNotEmpty();
    assertThat(value.effective()).isNotNull();
    assertThat(value.known()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "NTH_LATEST",
        "STANDARD_DEVIATION",
        "COEFFICIENT_OF_VARIATION",
        "SUCCESSIVE_DIFFERENCES",
        "AVERAGE_REAL_VARIABILITY",
        "SLOPE",
        "INTERCEPT",
        "DELTA",
        "PERCENT_CHANGE"
      })
  void oneValueIsTooFew(Operator operator) {
    FeatureDefinition feature = feature(operator, unit(operator), arguments(operator));
    assertThat(missing(feature, COURSE[0])).isEqualTo(MissingReason.TOO_FEW);
    assertThat(missing(feature)).isEqualTo(MissingReason.NOT_RECORDED);
  }

  private static String unit(Operator operator) {
    return switch (operator) {
      case SLOPE -> "mm[Hg]/d";
      case COEFFICIENT_OF_VARIATION, PERCENT_CHANGE -> "1";
      default -> "mm[Hg]";
    };
  }

  @Test
  void arithmeticWithoutAnAnswerIsUndefined() {
    String day = "2024-05-28T12:00:00Z";
    Fact zero = pressure("a", day, "0");
    Fact then = pressure("b", "2024-05-29T12:00:00Z", "5");
    Fact sameTime = pressure("c", day, "4");
    assertThat(
            missing(
                feature(Operator.PERCENT_CHANGE, "%", arguments(Operator.PERCENT_CHANGE)),
                zero,
                then))
        .isEqualTo(MissingReason.UNDEFINED);
    for (Operator line : List.of(Operator.SLOPE, Operator.INTERCEPT)) {
      assertThat(missing(feature(line, unit(line), arguments(line)), zero, sameTime))
          .isEqualTo(MissingReason.UNDEFINED);
    }
    Fact minus = pressure("d", "2024-05-30T12:00:00Z", "-5");
    Operator variation = Operator.COEFFICIENT_OF_VARIATION;
    assertThat(missing(feature(variation, "1", arguments(variation)), then, minus))
        .isEqualTo(MissingReason.UNDEFINED);
    Fact now = pressure("e", "2024-06-01T12:00:00Z", "120");
    Operator share = Operator.TIME_IN_RANGE;
    assertThat(missing(feature(share, "1", arguments(share)), now))
        .isEqualTo(MissingReason.UNDEFINED);
    assertThat(present(feature(Operator.TIME_WEIGHTED_MEAN, "mm[Hg]", Arguments.NONE), now).value())
        .as("no time has passed: the value itself")
        .isEqualTo(120);
    assertThat(missing(feature(Operator.RATE, "/d", Arguments.NONE), now))
        .as("a window without a beginning has no length")
        .isEqualTo(MissingReason.UNDEFINED);
  }

  @ParameterizedTest
  @CsvSource({"FIRST, -10", "PREVIOUS, -20", "MIN, -10", "MAX, -20", "MEAN, -15", "MEDIAN, -15"})
  void aChangeIsFromItsBaseline(Baseline baseline, double expected) {
    Arguments arguments = Arguments.NONE.withBaseline(baseline);
    assertThat(present(feature(Operator.DELTA, "mm[Hg]", arguments), COURSE).value())
        .isEqualTo(expected);
  }

  /** What cannot be read is not passed over where one value is named, and is where many are. */
  @Test
  void aValueThatCannotBeReadIsNoNumber() {
    Quantity bound = Quantity.of("200", "mm[Hg]");
    Fact above =
        fact()
            .id("d")
            .at("2024-06-01T00:00:00Z")
            .value(new FactValue.Measured(bound, bound, Comparator.GREATER))
            .build();
    Fact[] facts = {COURSE[0], COURSE[1], COURSE[2], above};
    for (Operator named : List.of(Operator.LATEST, Operator.DELTA, Operator.PERCENT_CHANGE)) {
      String unit = named == Operator.PERCENT_CHANGE ? "%" : "mm[Hg]";
      assertThat(missing(feature(named, unit, arguments(named)), facts))
          .isEqualTo(MissingReason.COMPARATOR);
    }
    for (Operator over :
        List.of(Operator.MEDIAN, Operator.STANDARD_DEVIATION, Operator.INTERCEPT)) {
      FeatureDefinition feature = feature(over, "mm[Hg]", Arguments.NONE);
      assertThat(present(feature, facts).value()).isEqualTo(present(feature, COURSE).value());
      assertThat(missing(feature, above)).isEqualTo(MissingReason.COMPARATOR);
    }
  }

  @Test
  void valuesAreReadInTheirOwnUnitAndHeldToThePlausibleThere() {
    Fact low = fact().id("a").at("2024-05-28T12:00:00Z").number("16", "kPa").build();
    Fact high = fact().id("b").at("2024-05-30T12:00:00Z").number("20", "kPa").build();
    FeatureDefinition slope = feature(Operator.SLOPE, "mm[Hg]/d", arguments(Operator.SLOPE));
    assertThat(present(slope, low, high).value()).isCloseTo(2000 / 133.322, within(1e-6));
    assertThat(missing(slope.withPlausible(Range.of("60", "140")), low, high))
        .as("150 mm[Hg] is left out")
        .isEqualTo(MissingReason.TOO_FEW);
  }

  @ParameterizedTest
  @CsvSource({"/d, 0.3", "/wk, 2.1", "/h, 0.0125"})
  void aRateIsByTheLengthOfTheWindow(String unit, double expected) {
    FeatureDefinition rate =
        pressures("feature", Operator.RATE, unit)
            .withWindow(Window.of(new Lookback(10, Lookback.Unit.DAY)));
    assertThat(present(rate, COURSE).value()).isCloseTo(expected, within(1e-9));
    assertThat(present(rate).value()).isZero();
  }

  @Test
  void differentOnesAreCountedByWhatMakesThemDifferent() {
    Code other = Code.loinc("8459-0");
    FactBuilder first = fact().id("a").at("2024-05-28T08:00:00Z").number("120", "mm[Hg]");
    Fact morning = first.context(in("e1")).build();
    Fact evening = first.id("b").at("2024-05-28T20:00:00Z").context(in("e2")).build();
    Fact inKilopascal =
        first
            .id("c")
            .at("2024-05-29T08:00:00Z")
            .codes(other)
            .number("15.99868", "kPa")
            .context(in("e2"))
            .build();
    Fact text = fact().id("d").at("2024-05-29T09:00:00Z").value(new FactValue.None()).build();
    Fact[] facts = {morning, evening, inKilopascal, text};

    assertThat(distinct(Distinct.CODE, null, facts)).isEqualTo(2);
    assertThat(distinct(Distinct.DAY, null, facts)).isEqualTo(2);
    assertThat(distinct(Distinct.ENCOUNTER, null, facts)).isEqualTo(2);
    assertThat(distinct(Distinct.VALUE, null, facts)).as("as written").isEqualTo(2);
    assertThat(distinct(Distinct.VALUE, "kPa", morning, evening)).isEqualTo(1);
    assertThat(distinct(Distinct.DAY, null)).isZero();
  }

  private static double distinct(Distinct distinct, @Nullable String unit, Fact... facts) {
    Arguments arguments = Arguments.NONE.withDistinct(distinct);
    return present(
            Asked.of(
                "feature",
                Operator.DISTINCT_COUNT,
                "1",
                ResourceKind.OBSERVATION,
                unit == null ? arguments : arguments.withValueUnit(unit),
                Asked.SYSTOLIC,
                Code.loinc("8459-0")),
            facts)
        .value();
  }

  private static FactContext in(String encounter) {
    return new FactContext("final", null, encounter, null, null, Author.RECORD);
  }

  private static FeatureDefinition of(
      String name,
      Operator operator,
      String unit,
      ResourceKind kind,
      Arguments arguments,
      Code code) {
    return Asked.of(name, operator, unit, kind, arguments, code);
  }

  /** Safety: 4. */
  @ParameterizedTest
  @EnumSource(names = {"COUNT", "DISTINCT_COUNT", "RATE", "EXISTS"})
  void whatCountsNeedsACompleteSearch(Operator operator) {
    Arguments arguments =
        operator == Operator.DISTINCT_COUNT
            ? Arguments.NONE.withDistinct(Distinct.DAY)
            : Arguments.NONE;
    FeatureDefinition feature =
        feature(operator, operator == Operator.RATE ? "/d" : "1", arguments)
            .withWindow(Window.of(new Lookback(10, Lookback.Unit.DAY)));
    FeatureValue none =
        Asked.vector(List.of(ResolvedFeature.of(feature)), Set.of()).value("feature").orElseThrow();
    assertThat(((Missing) none).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(present(feature).value()).isZero();
  }

  @Test
  void whatHasNoDayOrDateGivesNoTime() {
    Code asthma = Code.snomed("195967001");
    Instant known = Instant.parse("2024-05-01T00:00:00Z");
    FactBuilder condition = fact().kind(ResourceKind.CONDITION).codes(asthma).status("active");
    Fact dated = condition.id("a").at("2024-04-01T00:00:00Z").build();
    Fact undated =
        condition
            .id("b")
            .effective(new EffectiveTime(known, known, null, Precision.UNDATED))
            .build();
    Fact ofMonth =
        condition.id("c").effective(new EffectiveTime(known, known, null, Precision.MONTH)).build();
    FeatureDefinition first =
        Asked.of(
            "f", Operator.TIME_SINCE_FIRST, "d", ResourceKind.CONDITION, Arguments.NONE, asthma);
    FeatureDefinition days =
        Asked.of(
            "f",
            Operator.DISTINCT_COUNT,
            "1",
            ResourceKind.CONDITION,
            Arguments.NONE.withDistinct(Distinct.DAY),
            asthma);

    assertThat(present(first, dated).value()).isEqualTo(61.5);
    assertThat(missing(first, dated, undated)).isEqualTo(MissingReason.AMBIGUOUS);
    assertThat(present(days, dated).value()).isEqualTo(1);
    assertThat(missing(days, dated, undated)).isEqualTo(MissingReason.AMBIGUOUS);
    assertThat(missing(days, dated, ofMonth)).isEqualTo(MissingReason.AMBIGUOUS);
  }
}
