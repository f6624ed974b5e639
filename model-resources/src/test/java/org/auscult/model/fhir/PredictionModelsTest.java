package org.auscult.model.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.auscult.feature.Lookback;
import org.auscult.feature.Range;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.Criterion;
import org.auscult.model.InputSpread;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionModelsTest {
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  @Test
  void readsPreventOfTheStarterPackInTheOrderOfItsGraph() throws IOException {
    PredictionModel prevent = PredictionModels.read(starter("prevent-2023")).orThrow();

    // The order in which GenerateModels takes the columns.
    assertThat(prevent.inputs())
        .extracting(ModelInput::name)
        .containsExactly(
            "age", "sex", "total_c", "hdl_c", "sbp", "bmi", "egfr", "dm", "smoking", "bp_tx",
            "statin");
    assertThat(prevent.outputs())
        .extracting(o -> o.name())
        .containsExactly("total_cvd", "ascvd", "heart_failure");
    assertThat(prevent.kind()).isEqualTo(OutputKind.PROBABILITY);
    assertThat(prevent.outputs().get(0).horizon()).isEqualTo(new Lookback(10, Lookback.Unit.YEAR));
    assertThat(prevent.input("age").orElseThrow().valid()).isEqualTo(Range.of("30", "79"));
    assertThat(prevent.input("sex").orElseThrow().reference()).isNull();
    assertThat(prevent.input("egfr").orElseThrow().fallbackModel())
        .isEqualTo("https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0");
    assertThat(prevent.eligibility())
        .extracting(Criterion::feature)
        .contains("cardiovascular_disease");
    assertThat(prevent.citation()).startsWith("Khan SS");
  }

  @Test
  void readsCkdEpiOfTheStarterPack() throws IOException {
    PredictionModel ckdEpi = PredictionModels.read(starter("ckd-epi-2021")).orThrow();

    assertThat(ckdEpi.kind()).isEqualTo(OutputKind.VALUE);
    assertThat(ckdEpi.inputs()).extracting(ModelInput::unit).containsExactly("mg/dL", "a", "1");
    assertThat(ckdEpi.outputs().get(0).code()).isEqualTo(Code.loinc("98979-8"));
    assertThat(ckdEpi.outputs().get(0).unit()).isEqualTo("mL/min/{1.73_m2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kfre-4var-north-america", "kfre-4var-non-north-america"})
  void readsKfreOfTheStarterPackInTheOrderOfItsGraph(String name) throws IOException {
    PredictionModel kfre = PredictionModels.read(starter(name)).orThrow();

    assertThat(kfre.inputs())
        .extracting(ModelInput::name)
        .containsExactly("age", "sex", "egfr", "uacr");
    assertThat(kfre.input("egfr").orElseThrow().fallbackModel())
        .isEqualTo("https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0");
    assertThat(kfre.outputs())
        .extracting(o -> o.horizon())
        .containsExactly(new Lookback(2, Lookback.Unit.YEAR), new Lookback(5, Lookback.Unit.YEAR));
    assertThat(kfre.eligibility())
        .contains(
            new Criterion(
                "egfr_2021",
                new Criterion.Rule.Below(new BigDecimal("60"), "mL/min/{1.73_m2}"),
                "egfr-not-below-60",
                "KFRE speaks of people with an eGFR below 60"))
        .extracting(Criterion::code)
        .contains("on-dialysis", "kidney-transplant", "acute-kidney-injury", "age-out-of-range");
    assertThat(starter(name).getDescription()).contains("predates CKD-EPI 2021");
  }

  @Test
  void readsNews2OfTheStarterPackAsAScoreInBands() throws IOException {
    PredictionModel news2 = PredictionModels.read(starter("news2")).orThrow();

    assertThat(news2.kind()).isEqualTo(OutputKind.SCORE);
    assertThat(news2.outputs()).extracting(o -> o.unit()).containsOnly("{score}");
    assertThat(news2.outputs()).extracting(o -> o.part()).startsWith(false, true).hasSize(8);
    assertThat(news2.outputs().get(0).bands())
        .extracting(b -> b.code())
        .containsExactly("high", "medium", "low-medium", "low");
    assertThat(news2.spread())
        .isEqualTo(
            new InputSpread(
                new Lookback(1, Lookback.Unit.HOUR),
                Set.of(
                    "rr",
                    "spo2",
                    "supplemental_o2",
                    "sbp",
                    "pulse",
                    "consciousness",
                    "temperature")));
    assertThat(news2.eligibility())
        .extracting(Criterion::code)
        .containsExactly("age-out-of-range", "pregnant", "pregnant", "not-in-hospital");
    assertThat(news2.eligibility().get(3).rule()).isEqualTo(new Criterion.Rule.MustBeTrue());
  }

  @Test
  void aScoreHasOneTotalInBandsAndItsUnitIsPoints() throws IOException {
    Library library = starter("news2");
    List<Extension> outputs = library.getExtensionsByUrl(ModelUrls.OUTPUT);
    part(outputs.get(1), "unit").setValue(new CodeType("%"));
    outputs.get(2).getExtension().removeIf(e -> e.getUrl().equals("part"));
    outputs.get(3).addExtension(outputs.get(0).getExtensionsByUrl("band").get(0).copy());

    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            at(ModelUrls.OUTPUT),
            at(ModelUrls.OUTPUT) + "[1].unit",
            at(ModelUrls.OUTPUT) + "[3].band");
  }

  @Test
  void aProbabilityHasNoBands() throws IOException {
    Library library = starter("prevent-2023");
    Extension band =
        starter("news2")
            .getExtensionsByUrl(ModelUrls.OUTPUT)
            .get(0)
            .getExtensionsByUrl("band")
            .get(0);
    library.getExtensionsByUrl(ModelUrls.OUTPUT).get(0).addExtension(band.copy());

    assertThat(problems(library)).extracting(Problem::where).containsExactly(at(ModelUrls.OUTPUT));
  }

  @Test
  void anObservationSetIsOfInputsWithinAWholeSpan() throws IOException {
    Library library = starter("news2");
    Extension spread = library.getExtensionsByUrl(ModelUrls.INPUT_SPREAD).get(0);
    spread.addExtension("input", new StringType("other"));
    ((Quantity) spread.getExtensionByUrl("within").getValue()).setValue(new BigDecimal("0.5"));

    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            at(ModelUrls.INPUT_SPREAD) + ".input", at(ModelUrls.INPUT_SPREAD) + ".within");
  }

  @Test
  void readsTheTypedStructureAsThePlainOne() throws IOException {
    String json = Files.readString(starterPath("prevent-2023"));
    PredictionModelLibrary typed =
        FHIR.newJsonParser().parseResource(PredictionModelLibrary.class, json);
    String written = FHIR.newJsonParser().encodeResourceToString(typed);

    Library again = FHIR.newJsonParser().parseResource(Library.class, written);
    assertThat(typed.getOutputKind()).asString().contains("probability");
    assertThat(PredictionModels.read(again).orThrow())
        .isEqualTo(PredictionModels.read(starter("prevent-2023")).orThrow());
  }

  @Test
  void aTypedStructureIsWrittenAndCopiedWithWhatIsItsOwn() {
    PredictionModelLibrary typed = new PredictionModelLibrary();
    typed
        .setOutputKind(new CodeType("value"))
        .setSha256(new StringType("a".repeat(64)))
        .setUrl("https://example.org/m");

    PredictionModelLibrary copy = typed.copy();
    assertThat(copy.getUrl()).isEqualTo("https://example.org/m");
    String written = FHIR.newJsonParser().encodeResourceToString(copy);
    Library plain = FHIR.newJsonParser().parseResource(Library.class, written);
    assertThat(part(ModelUrls.OUTPUT_KIND, plain)).isEqualTo("value");
    assertThat(part(ModelUrls.ARTIFACT_SHA256, plain)).isEqualTo("a".repeat(64));
  }

  private static String part(String url, Library library) {
    return library.getExtensionByUrl(url).getValue().primitiveValue();
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    Library library = starter("prevent-2023");
    library.setVersion(null);
    library.setUrl(library.getUrl() + "|1.0.0");
    library.getRelatedArtifact().clear();
    library.getExtensionByUrl(ModelUrls.OUTPUT_KIND).setValue(new CodeType("guess"));
    library.addExtension(ModelUrls.ARTIFACT_SHA256, new StringType("ABC"));
    List<Extension> inputs = library.getExtensionsByUrl(ModelUrls.INPUT);
    part(inputs.get(0), "unit").setValue(new CodeType("furlongz"));
    part(inputs.get(1), "name").setValue(new StringType("age"));
    part(inputs.get(2), "reference").setValue(new StringType("two hundred"));
    part(inputs.get(6), "fallback").setValue(new StringType("https://example.org/m|"));
    List<Extension> outputs = library.getExtensionsByUrl(ModelUrls.OUTPUT);
    part(outputs.get(0), "horizon").setValue(new Duration().setValue(1.5).setCode("a"));
    part(outputs.get(1), "name").setValue(new StringType("total_cvd"));

    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            "Library.url",
            "Library.version",
            "Library.relatedArtifact",
            at(ModelUrls.OUTPUT_KIND),
            at(ModelUrls.INPUT) + "[0].unit",
            at(ModelUrls.INPUT) + "[2].reference",
            at(ModelUrls.INPUT) + "[6].fallback",
            at(ModelUrls.INPUT),
            at(ModelUrls.OUTPUT) + "[0].horizon",
            at(ModelUrls.OUTPUT),
            at(ModelUrls.ARTIFACT_SHA256));
  }

  @Test
  void refusesAModelThatTakesOrGivesNothing() throws IOException {
    Library library = starter("ckd-epi-2021");
    library.getExtension().removeIf(e -> e.getUrl().equals(ModelUrls.INPUT));
    library.getExtension().removeIf(e -> e.getUrl().equals(ModelUrls.OUTPUT));
    library.getExtension().removeIf(e -> e.getUrl().equals(ModelUrls.OUTPUT_KIND));

    assertThat(problems(library))
        .extracting(p -> p.where() + ": " + p.what())
        .containsExactlyInAnyOrder(
            at(ModelUrls.INPUT) + ": there is none",
            at(ModelUrls.OUTPUT) + ": there is none",
            at(ModelUrls.OUTPUT_KIND) + ": it is missing");
  }

  @Test
  void acceptsTheLimitsThemselves() throws IOException {
    Library library = starter("prevent-2023");
    List<Extension> inputs = library.getExtensionsByUrl(ModelUrls.INPUT);
    org.hl7.fhir.r4.model.Range one = new org.hl7.fhir.r4.model.Range();
    one.setLow(new Quantity(50)).setHigh(new Quantity(50));
    part(inputs.get(0), "valid").setValue(one);
    part(library.getExtensionsByUrl(ModelUrls.OUTPUT).get(0), "name")
        .setValue(new StringType("age"));
    for (int i = 0; i < 2; i++) {
      Extension more = inputs.get(0).copy();
      part(more, "name").setValue(new StringType("more" + i));
      library.addExtension(more);
    }
    Extension criterion = library.addExtension().setUrl(ModelUrls.ELIGIBILITY);
    criterion.addExtension("feature", new StringType("age"));
    criterion.addExtension("code", new CodeType("old"));
    criterion.addExtension("text", new StringType("too old"));
    criterion.addExtension("within", new org.hl7.fhir.r4.model.Range().setHigh(new Quantity(79)));

    PredictionModel model = PredictionModels.read(library).orThrow();
    assertThat(model.inputs().stream().filter(i -> i.reference() != null)).hasSize(12);
    assertThat(model.inputs().get(0).valid()).isEqualTo(Range.of("50", "50"));
    assertThat(model.output("age")).isPresent();
    assertThat(model.output("total_cvd")).isEmpty();
    Criterion within = model.eligibility().get(model.eligibility().size() - 1);
    assertThat(within.code()).isEqualTo("old");
    assertThat(within.rule().admits(79)).isTrue();
    assertThat(within.rule().admits(79.5)).isFalse();
  }

  @Test
  void refusesWhatIsGivenTwice() throws IOException {
    Library library = starter("prevent-2023");
    library.addExtension(library.getExtensionByUrl(ModelUrls.OUTPUT_KIND).copy());
    for (String digit : List.of("a", "b")) {
      library.addExtension(ModelUrls.ARTIFACT_SHA256, new StringType(digit.repeat(64)));
    }
    Extension input = library.getExtensionsByUrl(ModelUrls.INPUT).get(0);
    input.addExtension("unit", new StringType("a"));
    input.addExtension(part(input, "valid").copy());

    assertThat(problems(library))
        .extracting(p -> p.where() + ": " + p.what())
        .containsExactlyInAnyOrder(
            at(ModelUrls.OUTPUT_KIND) + ": it is there more than once",
            at(ModelUrls.ARTIFACT_SHA256) + ": it is there more than once",
            at(ModelUrls.INPUT) + "[0].unit: it is there more than once",
            at(ModelUrls.INPUT) + "[0].valid: it is there more than once");
  }

  @Test
  void refusesARangeThatIsNoneInsteadOfIgnoringIt() throws IOException {
    Library library = starter("prevent-2023");
    List<Extension> inputs = library.getExtensionsByUrl(ModelUrls.INPUT);
    part(inputs.get(0), "valid").setValue(new Quantity(79));
    Extension criterion = library.addExtension().setUrl(ModelUrls.ELIGIBILITY);
    criterion.addExtension("feature", new StringType("age"));
    criterion.addExtension("code", new CodeType("old"));
    criterion.addExtension("text", new StringType("too old"));
    criterion.addExtension("within", new org.hl7.fhir.r4.model.Range());

    assertThat(problems(library))
        .extracting(Problem::where)
        .contains(at(ModelUrls.INPUT) + "[0].valid")
        .anySatisfy(where -> assertThat(where).endsWith(".within"));
  }

  @Test
  void refusesAHorizonOfNothing() throws IOException {
    Library library = starter("prevent-2023");
    Extension output = library.getExtensionsByUrl(ModelUrls.OUTPUT).get(0);
    part(output, "horizon").setValue(new Duration().setValue(0).setCode("a"));

    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactly(at(ModelUrls.OUTPUT) + "[0].horizon");
  }

  @Test
  void knowsItsLibrariesByProfile() throws IOException {
    assertThat(PredictionModels.isOne(starter("prevent-2023"))).isTrue();
    assertThat(PredictionModels.isOne(new Library())).isFalse();
  }

  @Test
  void refusesMoreInputsThanCanBeExplainedExactly() throws IOException {
    Library library = starter("prevent-2023");
    Extension input = library.getExtensionsByUrl(ModelUrls.INPUT).get(0);
    for (int i = 0; i < 3; i++) {
      Extension more = input.copy();
      part(more, "name").setValue(new StringType("more" + i));
      library.addExtension(more);
    }

    assertThat(problems(library))
        .extracting(Problem::what)
        .containsExactly("13 inputs have a reference value");
  }

  @Test
  void refusesACriterionWithoutARuleAndARangeUpsideDown() throws IOException {
    Library library = starter("prevent-2023");
    Extension criterion = library.addExtension().setUrl(ModelUrls.ELIGIBILITY);
    criterion.addExtension("feature", new StringType("age"));
    criterion.addExtension("code", new CodeType("young"));
    criterion.addExtension("text", new StringType("too young"));
    Extension input = library.getExtensionsByUrl(ModelUrls.INPUT).get(0);
    org.hl7.fhir.r4.model.Range range =
        (org.hl7.fhir.r4.model.Range) part(input, "valid").getValue();
    range.getLow().setValueElement(new DecimalType(90));

    assertThat(problems(library))
        .extracting(Problem::what)
        .containsExactlyInAnyOrder("it has no rule", "low lies above high");
  }

  @Test
  void aCriterionHasOneRuleThatCanBeRead() throws IOException {
    Library library = starter("prevent-2023");
    List<Extension> criteria = library.getExtensionsByUrl(ModelUrls.ELIGIBILITY);
    criteria.get(0).addExtension("mustBeTrue", new BooleanType(true));
    criteria.get(1).getExtension().removeIf(e -> e.getUrl().equals("mustBeFalse"));
    criteria.get(1).addExtension("below", new Quantity().setValue(60));

    assertThat(problems(library))
        .extracting(Problem::what)
        .containsExactly("it has 2 rules", "it has no rule");
  }

  @Test
  void readsThatSomethingMustBeKnownToBeTrue() throws IOException {
    Library library = starter("prevent-2023");
    Extension criterion = library.getExtensionsByUrl(ModelUrls.ELIGIBILITY).get(1);
    criterion.getExtension().removeIf(e -> e.getUrl().equals("mustBeFalse"));
    criterion.addExtension("mustBeTrue", new BooleanType(true));

    Criterion.Rule rule = PredictionModels.read(library).orThrow().eligibility().get(1).rule();

    assertThat(rule).isEqualTo(new Criterion.Rule.MustBeTrue());
    assertThat(rule.admits(1)).isTrue();
    assertThat(rule.admits(0)).isFalse();
    assertThat(rule.admitsUnknown()).isFalse();
  }

  @Test
  void aProbabilityHasAHorizonAndNoUnit() throws IOException {
    Library library = starter("prevent-2023");
    List<Extension> outputs = library.getExtensionsByUrl(ModelUrls.OUTPUT);
    outputs.get(0).getExtension().removeIf(e -> e.getUrl().equals("horizon"));
    part(outputs.get(1), "unit").setValue(new CodeType("%"));

    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            at(ModelUrls.OUTPUT) + "[0].horizon", at(ModelUrls.OUTPUT) + "[1].unit");
  }

  @Test
  void anOutputNamesItsOutcomeWithAVersionAndAPartHasNone() throws IOException {
    String outcome = "https://auscult.org/fhir/Library/outcome-new-diabetes";
    Library library = starter("news2");
    List<Extension> outputs = library.getExtensionsByUrl(ModelUrls.OUTPUT);
    outputs.get(0).addExtension("outcome", new CanonicalType(outcome + "|1.0.0"));

    PredictionModel model = PredictionModels.read(library).orThrow();
    assertThat(model.outputs())
        .extracting(ModelOutput::outcome)
        .startsWith(outcome + "|1.0.0", null);

    part(outputs.get(0), "outcome").setValue(new CanonicalType(outcome));
    outputs.get(1).addExtension("outcome", new CanonicalType(outcome + "|1.0.0"));
    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactly(
            at(ModelUrls.OUTPUT) + "[0].outcome", at(ModelUrls.OUTPUT) + "[1].outcome");
  }

  @Test
  void aModelOfAValueHasOneOutput() throws IOException {
    Library library = starter("ckd-epi-2021");
    Extension more = library.getExtensionsByUrl(ModelUrls.OUTPUT).get(0).copy();
    part(more, "name").setValue(new StringType("more"));
    library.addExtension(more);

    assertThat(problems(library)).extracting(Problem::where).containsExactly(at(ModelUrls.OUTPUT));
  }

  @Test
  void refusesARangeInAnotherUnitOrWithoutEnds() throws IOException {
    Library library = starter("prevent-2023");
    List<Extension> inputs = library.getExtensionsByUrl(ModelUrls.INPUT);
    range(inputs.get(0), "valid").getLow().setCode("mo");
    range(inputs.get(2), "valid").setLow(null).setHigh(null);
    Extension age = library.getExtensionsByUrl(ModelUrls.ELIGIBILITY).get(0);
    range(age, "within").getHigh().setCode("mo");

    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            at(ModelUrls.INPUT) + "[0].valid",
            at(ModelUrls.INPUT) + "[2].valid",
            at(ModelUrls.ELIGIBILITY) + "[0].within");
  }

  @Test
  void aCriterionOfTwoRulesIsRefusedInsteadOfLosingOne() throws IOException {
    Library library = starter("prevent-2023");
    library
        .getExtensionsByUrl(ModelUrls.ELIGIBILITY)
        .get(0)
        .addExtension("mustBeFalse", new BooleanType(true));

    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactly(at(ModelUrls.ELIGIBILITY) + "[0]");
  }

  private static org.hl7.fhir.r4.model.Range range(Extension extension, String part) {
    return (org.hl7.fhir.r4.model.Range) part(extension, part).getValue();
  }

  private static List<Problem> problems(Library library) {
    Parsed<PredictionModel> parsed = PredictionModels.read(library);
    assertThat(parsed).isInstanceOf(Parsed.Refused.class);
    return ((Parsed.Refused<PredictionModel>) parsed).problems();
  }

  private static String at(String url) {
    return "Library.extension('" + url + "')";
  }

  private static Extension part(Extension extension, String name) {
    return extension.getExtensionByUrl(name);
  }

  private static Library starter(String id) throws IOException {
    return FHIR.newJsonParser().parseResource(Library.class, Files.readString(starterPath(id)));
  }

  private static Path starterPath(String id) {
    return Path.of("../ig/src/main/resources/org/auscult/ig/Library-" + id + ".json");
  }
}
