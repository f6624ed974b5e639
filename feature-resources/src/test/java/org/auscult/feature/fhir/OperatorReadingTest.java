package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auscult.feature.Arguments;
import org.auscult.feature.Baseline;
import org.auscult.feature.Derivation;
import org.auscult.feature.Distinct;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Filter;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.PatientElement;
import org.auscult.feature.Range;
import org.auscult.feature.Window;
import org.auscult.feature.expression.Expression;
import org.auscult.timeline.Code;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators, windows, filters and policies take: each read, and each mistake refused. */
class OperatorReadingTest {
  private static final FeatureDefinitions READER = new FeatureDefinitions(CodeUnits.standard());
  private static final String CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  private static Library of(String operator, String unit) {
    Library library = new Library();
    library.getMeta().addProfile(FeatureUrls.FEATURE_DEFINITION);
    library
        .setUrl("https://example.org/feature")
        .setVersion("1.0.0")
        .setName("feature")
        .setStatus(PublicationStatus.ACTIVE);
    if (!Set.of("age", "sex", "derived").contains(operator)) {
      DataRequirement requirement = library.addDataRequirement();
      boolean isState = Set.of("active", "duration", "total-duration").contains(operator);
      requirement.setType(isState ? "Condition" : "Observation");
      requirement
          .addCodeFilter()
          .setPath("code")
          .addCode(new Coding("http://loinc.org", "8480-6", null));
    }
    library.addExtension(FeatureUrls.OPERATOR, new CodeType(operator));
    library.addExtension(FeatureUrls.UNIT, new CodeType(unit));
    return library;
  }

  private static Library with(Library library, String url, Type value) {
    library.addExtension(url, value);
    return library;
  }

  private static FeatureDefinition read(Library library) {
    return READER.read(library).orThrow();
  }

  private static List<String> places(Library library) {
    Parsed<FeatureDefinition> parsed = READER.read(library);
    assertThat(parsed).isInstanceOf(Parsed.Refused.class);
    return ((Parsed.Refused<FeatureDefinition>) parsed)
        .problems().stream().map(Problem::where).distinct().toList();
  }

  private static String at(String url) {
    return "Library.extension('" + url + "')";
  }

  private static Duration duration(long amount, String unit) {
    Duration duration = new Duration();
    duration.setValue(amount).setCode(unit);
    return duration;
  }

  private static org.hl7.fhir.r4.model.Range range(String low, String high) {
    return new org.hl7.fhir.r4.model.Range()
        .setLow(new Quantity().setValue(new BigDecimal(low)))
        .setHigh(new Quantity().setValue(new BigDecimal(high)));
  }

  private static Coding inpatient() {
    return new Coding(CLASSES, "IMP", null);
  }

  @ParameterizedTest
  @CsvSource({
    "median, mm[Hg]",
    "standard-deviation, mm[Hg]",
    "successive-differences, mm[Hg]",
    "average-real-variability, mm[Hg]",
    "intercept, mm[Hg]",
    "time-weighted-mean, kPa",
    "time-since-first, h",
    "active, 1",
    "duration, d",
    "total-duration, h"
  })
  void someOperatorsTakeNothingMore(String operator, String unit) {
    FeatureDefinition definition = read(of(operator, unit));
    assertThat(definition.operator().code()).isEqualTo(operator);
    assertThat(definition.unit()).isEqualTo(unit);
    assertThat(definition.arguments()).isEqualTo(Arguments.NONE);
    for (String url :
        List.of(
            FeatureUrls.NTH,
            FeatureUrls.RANGE,
            FeatureUrls.BASELINE,
            FeatureUrls.DISTINCT,
            FeatureUrls.EXPRESSION,
            FeatureUrls.VALUE_UNIT)) {
      Type value =
          switch (url) {
            case FeatureUrls.NTH -> new PositiveIntType(2);
            case FeatureUrls.RANGE -> range("1", "2");
            case FeatureUrls.BASELINE -> new CodeType("first");
            case FeatureUrls.DISTINCT -> new CodeType("day");
            case FeatureUrls.EXPRESSION -> expression("a + 1");
            default -> new CodeType("mm[Hg]");
          };
      assertThat(places(with(of(operator, unit), url, value))).contains(at(url));
    }
  }

  private static StringType expression(String text) {
    return new StringType(text);
  }

  @Test
  void readsWhatAnOperatorNeeds() {
    assertThat(
            read(with(of("nth-latest", "mm[Hg]"), FeatureUrls.NTH, new PositiveIntType(3)))
                .arguments())
        .isEqualTo(Arguments.NONE.withNth(3));
    Library change = with(of("percent-change", "%"), FeatureUrls.BASELINE, new CodeType("median"));
    assertThat(read(with(change, FeatureUrls.VALUE_UNIT, new CodeType("kPa"))).arguments())
        .isEqualTo(Arguments.NONE.withBaseline(Baseline.MEDIAN).withValueUnit("kPa"));
    Library delta = with(of("delta", "mm[Hg]"), FeatureUrls.BASELINE, new CodeType("previous"));
    assertThat(read(delta).arguments()).isEqualTo(Arguments.NONE.withBaseline(Baseline.PREVIOUS));
    Library share = with(of("time-in-range", "1"), FeatureUrls.RANGE, range("90", "140"));
    FeatureDefinition inRange = read(with(share, FeatureUrls.VALUE_UNIT, new CodeType("mm[Hg]")));
    assertThat(inRange.arguments().range()).isEqualTo(Range.of("90", "140"));
    assertThat(inRange.valueUnit()).isEqualTo("mm[Hg]");
    for (Distinct distinct : Distinct.values()) {
      Library count =
          with(of("distinct-count", "1"), FeatureUrls.DISTINCT, new CodeType(distinct.code()));
      assertThat(read(count).arguments()).isEqualTo(Arguments.NONE.withDistinct(distinct));
    }
    Library slope = with(of("slope", "mm[Hg]/d"), FeatureUrls.VALUE_UNIT, new CodeType("mm[Hg]"));
    assertThat(read(slope).arguments()).isEqualTo(Arguments.NONE.withValueUnit("mm[Hg]"));
    Library rate = with(of("rate", "/wk"), FeatureUrls.LOOKBACK, duration(30, "d"));
    assertThat(read(rate).operator()).isEqualTo(Operator.RATE);
  }

  @Test
  void readsADerivedFeature() {
    Library library = with(of("derived", "kg/m2"), FeatureUrls.EXPRESSION, expression("a / b"));
    for (String input : List.of("https://example.org/a|1", "https://example.org/b|2")) {
      library.addRelatedArtifact().setType(RelatedArtifactType.DEPENDSON).setResource(input);
    }
    FeatureDefinition definition = read(library);
    assertThat(definition.arguments().derivation())
        .isEqualTo(
            new Derivation(
                Expression.parse("a / b"),
                List.of("https://example.org/a|1", "https://example.org/b|2")));
    assertThat(definition.dependencies()).containsExactly("a", "b");
    assertThat(definition.selection()).isNull();
  }

  @Test
  void readsEachBeginningOfAWindow() {
    assertThat(window(FeatureUrls.LOOKBACK, duration(2, "wk")))
        .isEqualTo(Window.of(new Lookback(2, Lookback.Unit.WEEK)));
    assertThat(window(FeatureUrls.SINCE_ENCOUNTER, inpatient()))
        .isEqualTo(Window.since(new Window.EncounterStart(Set.of(new Code(CLASSES, "IMP")))));
    assertThat(window(FeatureUrls.SINCE_FEATURE, new StringType("surgery")))
        .isEqualTo(Window.since(new Window.SinceFeature("surgery")));
    for (Window.Calendar calendar : Window.Calendar.values()) {
      assertThat(window(FeatureUrls.SINCE_CALENDAR, new CodeType(calendar.ucum())))
          .isEqualTo(Window.since(new Window.CalendarStart(calendar)));
    }
    assertThat(window(FeatureUrls.WINDOW_GAP, duration(6, "h")))
        .isEqualTo(
            new Window(new Window.Beginning(), true, new Lookback(6, Lookback.Unit.HOUR), true));
  }

  private static Window window(String url, Type value) {
    return read(with(of("latest", "mm[Hg]"), url, value)).window();
  }

  @ParameterizedTest
  @CsvSource({
    "open-closed, false, true",
    "closed-closed, true, true",
    "closed-open, true, false",
    "open-open, false, false"
  })
  void readsTheEndsOfAWindow(String ends, boolean start, boolean end) {
    Library library = with(of("latest", "mm[Hg]"), FeatureUrls.LOOKBACK, duration(1, "d"));
    Window window = read(with(library, FeatureUrls.WINDOW_ENDS, new CodeType(ends))).window();
    assertThat(window.startInclusive()).isEqualTo(start);
    assertThat(window.endInclusive()).isEqualTo(end);
  }

  @Test
  void readsFiltersAndWhoWrote() {
    Library library = of("count", "1");
    with(library, FeatureUrls.CATEGORY, new CodeType("laboratory"));
    with(library, FeatureUrls.INTERPRETATION, new CodeType("HH"));
    with(library, FeatureUrls.INTERPRETATION, new CodeType("LL"));
    with(library, FeatureUrls.ENCOUNTER_CLASS, inpatient());
    with(library, FeatureUrls.DISPLAY, new StringType("sitting"));
    with(library, FeatureUrls.WITH_MODELS, new BooleanType(true));
    var selection = Objects.requireNonNull(read(library).selection());
    assertThat(selection.filter())
        .isEqualTo(
            new Filter(
                Set.of("laboratory"),
                Set.of("HH", "LL"),
                Set.of(new Code(CLASSES, "IMP")),
                List.of("sitting")));
    assertThat(selection.withModels()).isTrue();
  }

  @Test
  void readsHowAFactCameAbout() {
    Library library = of("count", "1");
    with(library, FeatureUrls.FLAG, new CodeType("low"));
    with(library, FeatureUrls.FLAG, new CodeType("critical"));
    with(library, FeatureUrls.LOCATION, new Coding("urn:w", "icu", null));
    with(library, FeatureUrls.PERFORMER, new Coding("urn:s", "k7", null));
    with(library, FeatureUrls.BODY_SITE, new Coding("urn:b", "arm", null));
    with(library, FeatureUrls.METHOD, new Coding("urn:m", "by ear", null));
    with(library, FeatureUrls.DEVICE, new Coding("urn:d", "cuff", null));
    with(library, FeatureUrls.DEVICE, new Coding("urn:d", "line", null));
    assertThat(Objects.requireNonNull(read(library).selection()).filter())
        .isEqualTo(
            Filter.ALL
                .withFlags(Set.of(ReferenceFlag.LOW, ReferenceFlag.CRITICAL))
                .withLocations(Set.of(Code.of("urn:w", "icu")))
                .withHow(
                    new Filter.How(
                        Set.of(Code.of("urn:s", "k7")),
                        Set.of(Code.of("urn:b", "arm")),
                        Set.of(Code.of("urn:m", "by ear")),
                        Set.of(Code.of("urn:d", "cuff"), Code.of("urn:d", "line")))));
    with(library, FeatureUrls.FLAG, new CodeType("very low"));
    with(library, FeatureUrls.METHOD, new Coding(null, "by ear", null));
    assertThat(places(library))
        .containsExactlyInAnyOrder(at(FeatureUrls.FLAG), at(FeatureUrls.METHOD));
  }

  @Test
  void flaggedSaysWhatItAsksOfAnObservation() {
    assertThat(read(with(of("flagged", "1"), FeatureUrls.FLAG, new CodeType("high"))).operator())
        .isEqualTo(Operator.FLAGGED);
    Library wrong = of("flagged", "mm[Hg]");
    wrong.getDataRequirementFirstRep().setType("Condition");
    assertThat(places(wrong))
        .containsExactlyInAnyOrder(
            at(FeatureUrls.FLAG), at(FeatureUrls.UNIT), "Library.dataRequirement.type");
  }

  private static Library race() {
    Library library = of("demographic", "1");
    library
        .getDataRequirementFirstRep()
        .setType("Patient")
        .getCodeFilterFirstRep()
        .setPath("extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-race')");
    return library;
  }

  @Test
  void demographicNamesOneElementOfThePatientAndNothingBeside() {
    FeatureDefinition race = read(race());
    assertThat(race.arguments().element()).isEqualTo(PatientElement.RACE);
    assertThat(race.codes()).containsExactly(Code.loinc("8480-6"));
    Library filtered = with(race(), FeatureUrls.CATEGORY, new CodeType("laboratory"));
    with(filtered, FeatureUrls.MISSING_DEFAULT, new Quantity().setValue(1).setUnit("a guess"));
    assertThat(places(filtered))
        .containsExactlyInAnyOrder("Library.extension", at(FeatureUrls.MISSING_DEFAULT));
    Library unknown = race();
    unknown.getDataRequirementFirstRep().getCodeFilterFirstRep().setPath("Patient.photo");
    assertThat(places(unknown)).containsExactly("Library.dataRequirement.codeFilter.path");
    Library two = race();
    two.getDataRequirementFirstRep().addCodeFilter().setPath("address.state");
    assertThat(places(two)).containsExactly("Library.dataRequirement.codeFilter.path");
    Library observed = race();
    observed.getDataRequirementFirstRep().setType("Observation");
    assertThat(places(observed)).containsExactly("Library.dataRequirement.type");
  }

  @Test
  void readsWhatHappensWithoutAValue() {
    Lookback month = new Lookback(1, Lookback.Unit.MONTH);
    Quantity mean = new Quantity().setValue(120).setUnit("a cited mean");
    MissingPolicy fallback = new MissingPolicy.Default(new BigDecimal("120"), "a cited mean");
    assertThat(policy(l -> with(l, FeatureUrls.MISSING_REFUSE, new BooleanType(true))))
        .isEqualTo(new MissingPolicy.Refuse());
    assertThat(policy(l -> with(l, FeatureUrls.MISSING_CARRY, duration(1, "mo"))))
        .isEqualTo(new MissingPolicy.CarryForward(month, new MissingPolicy.Report()));
    assertThat(
            policy(
                l -> {
                  with(l, FeatureUrls.MISSING_CARRY, duration(1, "mo"));
                  with(l, FeatureUrls.MISSING_DEFAULT, mean);
                }))
        .isEqualTo(new MissingPolicy.CarryForward(month, fallback));
    assertThat(
            policy(
                l -> {
                  with(l, FeatureUrls.MISSING_CARRY, duration(1, "mo"));
                  with(l, FeatureUrls.MISSING_REFUSE, new BooleanType(true));
                }))
        .isEqualTo(new MissingPolicy.CarryForward(month, new MissingPolicy.Refuse()));
  }

  private static MissingPolicy policy(Consumer<Library> change) {
    Library library = of("latest", "mm[Hg]");
    change.accept(library);
    return read(library).missing();
  }

  private record Mistake(String where, Library library) {
    @Override
    public String toString() {
      return where + " " + library.getExtension().size();
    }
  }

  private static Mistake mistake(String url, Library library) {
    return new Mistake(at(url), library);
  }

  private static Mistake added(String url, Type value) {
    return mistake(url, with(of("latest", "mm[Hg]"), url, value));
  }

  static Stream<Mistake> mistakes() {
    Library derived = with(of("derived", "1"), FeatureUrls.EXPRESSION, expression("a + "));
    Library unnamed = with(of("derived", "1"), FeatureUrls.EXPRESSION, expression("a + b"));
    Library ofNothing = with(of("derived", "1"), FeatureUrls.EXPRESSION, expression("1 + 2"));
    Library windowed = with(of("derived", "1"), FeatureUrls.EXPRESSION, expression("a"));
    Library defaulted = with(of("derived", "1"), FeatureUrls.EXPRESSION, expression("a"));
    Library otherLanguage =
        with(
            of("derived", "1"),
            FeatureUrls.EXPRESSION,
            new org.hl7.fhir.r4.model.Expression().setLanguage("text/cql").setExpression("a"));
    Library hyphen = with(of("derived", "1"), FeatureUrls.EXPRESSION, expression("a"));
    hyphen.setName("shock-index");
    Library refused =
        with(of("latest", "mm[Hg]"), FeatureUrls.MISSING_REFUSE, new BooleanType(true));
    with(refused, FeatureUrls.MISSING_DEFAULT, new Quantity().setValue(1).setUnit("cited"));
    Library backwards = with(of("latest", "mm[Hg]"), FeatureUrls.LOOKBACK, duration(1, "mo"));
    Library twoBeginnings = with(of("latest", "mm[Hg]"), FeatureUrls.LOOKBACK, duration(1, "mo"));
    Library orders = of("duration", "d");
    orders.getDataRequirementFirstRep().setType("MedicationRequest");
    return Stream.of(
        mistake(FeatureUrls.NTH, of("nth-latest", "mm[Hg]")),
        mistake(
            FeatureUrls.NTH,
            with(of("nth-latest", "mm[Hg]"), FeatureUrls.NTH, new PositiveIntType(1))),
        mistake(FeatureUrls.RANGE, of("time-in-range", "1")),
        mistake(FeatureUrls.VALUE_UNIT, of("time-in-range", "1")),
        mistake(FeatureUrls.UNIT, of("time-in-range", "h")),
        mistake(FeatureUrls.BASELINE, of("delta", "mm[Hg]")),
        mistake(
            FeatureUrls.BASELINE,
            with(of("delta", "mm[Hg]"), FeatureUrls.BASELINE, new CodeType("mode"))),
        mistake(FeatureUrls.DISTINCT, of("distinct-count", "1")),
        mistake(
            FeatureUrls.DISTINCT,
            with(of("distinct-count", "1"), FeatureUrls.DISTINCT, new CodeType("hour"))),
        mistake(
            FeatureUrls.UNIT,
            with(of("slope", "mm[Hg]"), FeatureUrls.VALUE_UNIT, new CodeType("mm[Hg]"))),
        mistake(
            FeatureUrls.VALUE_UNIT,
            with(of("slope", "kg/d"), FeatureUrls.VALUE_UNIT, new CodeType("kg"))),
        mistake(FeatureUrls.UNIT, of("rate", "1")),
        mistake(FeatureUrls.LOOKBACK, of("rate", "/d")),
        mistake(FeatureUrls.UNIT, of("active", "d")),
        mistake(FeatureUrls.UNIT, of("duration", "1")),
        mistake(FeatureUrls.UNIT, of("time-since-first", "kg")),
        new Mistake("Library.dataRequirement.type", orders),
        mistake(FeatureUrls.EXPRESSION, of("derived", "1")),
        mistake(FeatureUrls.EXPRESSION, derived),
        mistake(FeatureUrls.EXPRESSION, unnamed),
        mistake(FeatureUrls.EXPRESSION, ofNothing),
        mistake(FeatureUrls.EXPRESSION, otherLanguage),
        mistake(FeatureUrls.LOOKBACK, with(windowed, FeatureUrls.LOOKBACK, duration(1, "d"))),
        mistake(
            FeatureUrls.MISSING_DEFAULT,
            with(defaulted, FeatureUrls.MISSING_DEFAULT, new Quantity().setValue(1).setUnit("x"))),
        new Mistake("Library.name", hyphen),
        added(FeatureUrls.SINCE_ENCOUNTER, new Coding(null, "IMP", null)),
        added(FeatureUrls.SINCE_CALENDAR, new CodeType("h")),
        added(FeatureUrls.WINDOW_GAP, duration(0, "h")),
        added(FeatureUrls.WINDOW_ENDS, new CodeType("closed")),
        mistake(FeatureUrls.WINDOW_GAP, with(backwards, FeatureUrls.WINDOW_GAP, duration(31, "d"))),
        mistake(
            FeatureUrls.SINCE_FEATURE,
            with(twoBeginnings, FeatureUrls.SINCE_FEATURE, new StringType("surgery"))),
        added(FeatureUrls.CATEGORY, new CodeType("")),
        added(FeatureUrls.INTERPRETATION, new CodeType("")),
        added(FeatureUrls.DISPLAY, new StringType("")),
        added(FeatureUrls.ENCOUNTER_CLASS, new Coding(CLASSES, null, null)),
        added(FeatureUrls.WITH_MODELS, new StringType("yes")),
        added(FeatureUrls.MISSING_REFUSE, new StringType("yes")),
        added(FeatureUrls.MISSING_CARRY, duration(-1, "d")),
        mistake(FeatureUrls.MISSING_REFUSE, refused),
        mistake(
            FeatureUrls.MISSING_CARRY,
            with(of("count", "1"), FeatureUrls.MISSING_CARRY, duration(1, "d"))));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesAMistakeAndSaysWhere(Mistake mistake) {
    assertThat(places(mistake.library())).contains(mistake.where());
  }

  @Test
  void saysAllMistakesAtOnce() {
    Library library = of("delta", "mmHg");
    with(library, FeatureUrls.LOOKBACK, duration(1, "d"));
    with(library, FeatureUrls.WINDOW_GAP, duration(2, "d"));
    with(library, FeatureUrls.WINDOW_ENDS, new CodeType("shut"));
    with(library, FeatureUrls.NTH, new PositiveIntType(2));
    with(library, FeatureUrls.MISSING_CARRY, duration(1, "d"));
    assertThat(places(library))
        .containsExactlyInAnyOrder(
            at(FeatureUrls.UNIT),
            at(FeatureUrls.WINDOW_GAP),
            at(FeatureUrls.WINDOW_ENDS),
            at(FeatureUrls.NTH),
            at(FeatureUrls.BASELINE),
            at(FeatureUrls.MISSING_CARRY));
  }
}
