package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Filter;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.Range;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureDefinitionsTest {
  private static final FeatureDefinitions READER = new FeatureDefinitions(CodeUnits.standard());
  private static final FhirContext FHIR = FhirContext.forR4();

  private static FeatureDefinitionLibrary systolic() {
    FeatureDefinitionLibrary library = new FeatureDefinitionLibrary();
    library
        .setUrl("https://example.org/systolic")
        .setVersion("1.0.0")
        .setName("systolic")
        .setTitle("systolic blood pressure")
        .setStatus(PublicationStatus.ACTIVE)
        .addDataRequirement(
            requirement("Observation", new Coding("http://loinc.org", "8480-6", null)));
    library.setOperator(new CodeType("latest")).setUnit(new CodeType("mm[Hg]"));
    library.setLookback(lookback("2", "a"));
    library.setPlausibleRange(range("60", "260"));
    library.setMissingDefault(new Quantity().setValue(120).setUnit("invented"));
    library.getCountingStatus().add(new CodeType("final"));
    library.getCountingStatus().add(new CodeType("preliminary"));
    return library;
  }

  private static Duration lookback(String amount, String unit) {
    Duration duration = new Duration();
    duration.setValue(new BigDecimal(amount)).setCode(unit);
    return duration;
  }

  private static org.hl7.fhir.r4.model.Range range(String low, String high) {
    return new org.hl7.fhir.r4.model.Range()
        .setLow(new Quantity().setValue(new BigDecimal(low)))
        .setHigh(new Quantity().setValue(new BigDecimal(high)));
  }

  private static DataRequirement requirement(String type, Coding... codes) {
    DataRequirement requirement = new DataRequirement();
    requirement.setType(type);
    var filter = requirement.addCodeFilter().setPath("code");
    List.of(codes).forEach(filter::addCode);
    return requirement;
  }

  private static final FeatureDefinition EXPECTED =
      new FeatureDefinition(
          "https://example.org/systolic",
          "1.0.0",
          "systolic",
          "systolic blood pressure",
          Operator.LATEST,
          new Selection(
              ResourceKind.OBSERVATION,
              List.of(Code.loinc("8480-6")),
              null,
              Set.of("final", "preliminary"),
              Filter.ALL,
              false),
          Window.of(new Lookback(2, Lookback.Unit.YEAR)),
          "mm[Hg]",
          Range.of("60", "260"),
          new MissingPolicy.Default(new BigDecimal("120"), "invented"),
          null,
          org.auscult.feature.Arguments.NONE);

  @Test
  void readsATypedDefinition() {
    assertThat(READER.read(systolic()).orThrow()).isEqualTo(EXPECTED);
  }

  @Test
  void readsTheSameFromAPlainLibraryAndAfterATripThroughJson() {
    assertThat(READER.read(systolic().toPlain()).orThrow()).isEqualTo(EXPECTED);
    String json = FHIR.newJsonParser().encodeResourceToString(systolic());
    Library plain = FhirContext.forR4Cached().newJsonParser().parseResource(Library.class, json);
    assertThat(FeatureDefinitions.isOne(plain)).isTrue();
    assertThat(READER.read(plain).orThrow()).isEqualTo(EXPECTED);
    FeatureDefinitionLibrary typed =
        FHIR.newJsonParser().parseResource(FeatureDefinitionLibrary.class, json);
    assertThat(READER.read(typed).orThrow()).isEqualTo(EXPECTED);
  }

  @Test
  void aCopyStandsForItself() {
    FeatureDefinitionLibrary original = systolic();
    FeatureDefinitionLibrary copy = original.copy();
    copy.getCountingStatus().clear();
    Objects.requireNonNull(copy.getOperator()).setValue("first");
    assertThat(READER.read(original).orThrow()).isEqualTo(EXPECTED);
    assertThat(READER.read(copy).orThrow().operator()).isEqualTo(Operator.FIRST);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("Library.url", l -> l.setUrl(null)),
        mistake("Library.url", l -> l.setUrl("https://example.org/a|1")),
        mistake("Library.version", l -> l.setVersion(null)),
        mistake("Library.name", l -> l.setName(null)),
        mistake("Library.status", l -> l.setStatus(null)),
        mistake("feature-operator", l -> l.setOperator(new CodeType("mode"))),
        mistake("feature-operator", l -> l.setOperator(new CodeType())),
        mistake("feature-unit", l -> l.setUnit(new CodeType("mmHg"))),
        mistake("feature-unit", l -> l.setUnit(new CodeType("mg/dL"))),
        mistake("feature-unit", l -> l.setOperator(new CodeType("count"))),
        mistake("feature-lookback", l -> l.setLookback(lookback("0", "a"))),
        mistake("feature-lookback", l -> l.setLookback(lookback("-1", "a"))),
        mistake("feature-lookback", l -> l.setLookback(lookback("1.5", "a"))),
        mistake("feature-lookback", l -> l.setLookback(lookback("1", "fortnight"))),
        mistake("feature-lookback", l -> l.setLookback(lookback("1e30", "a"))),
        mistake("feature-lookback", l -> l.setLookback(new Duration())),
        mistake("feature-plausible-range", l -> l.setPlausibleRange(range("260", "60"))),
        mistake(
            "feature-plausible-range", l -> l.setPlausibleRange(new org.hl7.fhir.r4.model.Range())),
        mistake(
            "feature-plausible-range",
            l -> {
              org.hl7.fhir.r4.model.Range kilopascal = range("8", "35");
              kilopascal.getLow().setCode("kPa");
              l.setPlausibleRange(kilopascal);
            }),
        mistake("feature-missing-default", l -> l.setMissingDefault(new Quantity().setValue(1))),
        mistake("feature-status", l -> l.getCountingStatus().add(new CodeType(""))),
        mistake("feature-anchor", l -> l.setAnchor(new StringType("other"))),
        mistake("feature-true-values", l -> l.setFalseValues(new CanonicalType("https://a|1"))),
        mistake("feature-true-values", l -> l.setTrueValues(new CanonicalType("https://a"))),
        mistake("Library.dataRequirement", l -> l.setDataRequirement(List.of())),
        mistake("Library.dataRequirement", l -> l.setOperator(new CodeType("age"))),
        mistake(
            "Library.dataRequirement",
            l -> l.addDataRequirement(requirement("Observation", new Coding("a", "b", null)))),
        mistake(
            "Library.dataRequirement.type",
            l -> l.setDataRequirement(List.of(requirement("Task", new Coding("a", "b", null))))),
        mistake(
            "Library.dataRequirement.type",
            l ->
                l.setDataRequirement(
                    List.of(requirement("Condition", new Coding("a", "b", null))))),
        mistake(
            "Library.dataRequirement.codeFilter",
            l -> l.setDataRequirement(List.of(requirement("Observation")))),
        mistake(
            "Library.dataRequirement.codeFilter.code",
            l ->
                l.setDataRequirement(
                    List.of(requirement("Observation", new Coding(null, "b", null))))),
        mistake(
            "Library.dataRequirement.codeFilter.valueSet",
            l -> l.getDataRequirementFirstRep().getCodeFilterFirstRep().setValueSet("https://a")),
        mistake(
            "Library.dataRequirement.codeFilter.valueSet",
            l -> {
              l.getDataRequirementFirstRep().addCodeFilter().setValueSet("https://a|1");
              l.getDataRequirementFirstRep().addCodeFilter().setValueSet("https://b|1");
            }));
  }

  private static Arguments mistake(String where, Consumer<FeatureDefinitionLibrary> change) {
    return Arguments.of(where, change);
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("mistakes")
  void refusesAMistakeAndSaysWhere(String where, Consumer<FeatureDefinitionLibrary> change) {
    FeatureDefinitionLibrary library = systolic();
    change.accept(library);
    Parsed<FeatureDefinition> parsed = READER.read(library);
    assertThat(parsed).isInstanceOf(Parsed.Refused.class);
    assertThat(((Parsed.Refused<FeatureDefinition>) parsed).problems())
        .anySatisfy(p -> assertThat(p.where()).contains(where));
  }

  @Test
  void acceptsTheLimitsThemselves() {
    FeatureDefinitionLibrary library = systolic();
    library.setLookback(lookback("100000000", "min")).setPlausibleRange(range("120", "120"));
    FeatureDefinition definition = READER.read(library).orThrow();
    assertThat(definition.window())
        .isEqualTo(Window.of(new Lookback(100_000_000, Lookback.Unit.parse("min").orElseThrow())));
    assertThat(definition.plausible()).isEqualTo(Range.of("120", "120"));
    library.setLookback(lookback("100000001", "min"));
    assertThat(READER.read(library)).isInstanceOf(Parsed.Refused.class);
  }

  @Test
  void timeSinceIsATime() {
    FeatureDefinitionLibrary library = systolic();
    Library plain =
        library
            .setOperator(new CodeType("time-since"))
            .setUnit(new CodeType("d"))
            .setPlausibleRange(range("0", "10"))
            .toPlain();
    assertThat(READER.read(plain).orThrow().unit()).isEqualTo("d");
    assertThat(
            ((Parsed.Refused<FeatureDefinition>)
                    READER.read(library.setUnit(new CodeType("kg")).toPlain()))
                .problems())
        .extracting(Problem::where)
        .containsExactly("Library.extension('" + FeatureUrls.UNIT + "')");
  }

  @Test
  void readsCodedAnswersWithTheirVersions() {
    FeatureDefinitionLibrary library = systolic();
    library.setUnit(new CodeType("1")).setPlausibleRange(range("0", "1"));
    library
        .setTrueValues(new CanonicalType("https://example.org/yes|1"))
        .setFalseValues(new CanonicalType("https://example.org/no|2"));
    assertThat(READER.read(library).orThrow().answers())
        .isEqualTo(new CodedAnswers("https://example.org/yes|1", "https://example.org/no|2"));
  }

  @Test
  void readsBoundsOfMeasuredAnswers() {
    FeatureDefinitionLibrary library = systolic();
    library.setUnit(new CodeType("1")).setPlausibleRange(range("0", "1"));
    library.setTrueValues(new CanonicalType("https://example.org/yes|1"));
    library.getTrueAbove().add(new Quantity().setValue(0).setCode("L/min"));
    library.getTrueAbove().add(new Quantity().setValue(21).setCode("%"));

    CodedAnswers answers = Objects.requireNonNull(READER.read(library.copy()).orThrow().answers());

    assertThat(answers.trueAbove())
        .containsExactly(
            org.auscult.timeline.Quantity.of("0", "L/min"),
            org.auscult.timeline.Quantity.of("21", "%"));
  }

  @Test
  void refusesBoundsThatCannotBeRead() {
    FeatureDefinitionLibrary library = systolic();
    library.setUnit(new CodeType("1")).setPlausibleRange(range("0", "1"));
    library.setTrueValues(new CanonicalType("https://example.org/yes|1"));
    library.getTrueAbove().add(new Quantity().setValue(0).setCode("L/min"));
    library.getTrueAbove().add(new Quantity().setValue(500).setCode("mL/min"));
    library.getTrueAbove().add(new Quantity().setValue(21));
    Library uncoded = systolic().toPlain();
    uncoded.addExtension(FeatureUrls.TRUE_ABOVE, new Quantity().setValue(0).setCode("L/min"));

    assertThat(((Parsed.Refused<FeatureDefinition>) READER.read(library)).problems())
        .extracting(Problem::what)
        .containsExactly(
            "it is not a plain number in a UCUM unit",
            "two bounds measure the same thing, and only one would be read");
    assertThat(((Parsed.Refused<FeatureDefinition>) READER.read(uncoded)).problems())
        .extracting(Problem::what)
        .containsExactly("there are measured answers, and no coded ones");
  }

  @Test
  void refusesAnExtensionThatIsGivenTwice() {
    Library library = systolic().toPlain();
    library.addExtension(FeatureUrls.UNIT, new CodeType("mm[Hg]"));
    assertThat(((Parsed.Refused<FeatureDefinition>) READER.read(library)).problems())
        .extracting(Problem::where)
        .containsExactly("Library.extension('" + FeatureUrls.UNIT + "')");
  }

  /** Safety rule 7: sex is never a default, nor is age. */
  @ParameterizedTest
  @CsvSource({"age,a", "sex,1"})
  void refusesADefaultForWhoThePatientIs(String operator, String unit) {
    FeatureDefinitionLibrary typed = systolic();
    typed.setOperator(new CodeType(operator)).setUnit(new CodeType(unit));
    typed.setDataRequirement(List.of());
    Library library = typed.toPlain();
    library.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.PLAUSIBLE_RANGE));

    assertThat(((Parsed.Refused<FeatureDefinition>) READER.read(library)).problems())
        .extracting(Problem::where)
        .containsExactly("Library.extension('" + FeatureUrls.MISSING_DEFAULT + "')");
    library.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.MISSING_DEFAULT));
    assertThat(READER.read(library).orThrow().missing()).isInstanceOf(MissingPolicy.Report.class);
  }

  @Test
  void refusesAnExtensionOfTheWrongTypeInsteadOfIgnoringIt() {
    for (String url :
        List.of(
            FeatureUrls.LOOKBACK,
            FeatureUrls.PLAUSIBLE_RANGE,
            FeatureUrls.MISSING_DEFAULT,
            FeatureUrls.TRUE_VALUES)) {
      Library library = systolic().toPlain();
      library.getExtension().removeIf(e -> e.getUrl().equals(url));
      library.addExtension(url, new BooleanType(true));
      assertThat(READER.read(library)).as(url).isInstanceOf(Parsed.Refused.class);
    }
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    Parsed<FeatureDefinition> parsed = READER.read(new Library());
    assertThat(((Parsed.Refused<FeatureDefinition>) parsed).problems())
        .extracting(Problem::where)
        .contains(
            "Library.url",
            "Library.version",
            "Library.name",
            "Library.status",
            "Library.extension('" + FeatureUrls.OPERATOR + "')",
            "Library.extension('" + FeatureUrls.UNIT + "')");
  }

  @Test
  void aSetNamesItsMembersInTensorOrderEachOnceWithItsVersion() {
    FeatureSetLibrary library = new FeatureSetLibrary();
    library.setUrl("https://example.org/set").setVersion("2.0.0").setName("set");
    library.addMember("https://example.org/b|1").addMember("https://example.org/a|1");
    assertThat(FeatureSets.read(library).orThrow().members())
        .containsExactly("https://example.org/b|1", "https://example.org/a|1");
    library.addMember("https://example.org/b|1").addMember("https://example.org/c");
    Parsed<?> parsed = FeatureSets.read(library);
    assertThat(((Parsed.Refused<?>) parsed).problems())
        .extracting(Problem::where)
        .containsExactly(
            "Library.relatedArtifact[2].resource", "Library.relatedArtifact[3].resource");
  }
}
