package org.auscult.model.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.auscult.feature.Lookback;
import org.auscult.feature.Range;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.Criterion;
import org.auscult.model.ModelInput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

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
  }

  @Test
  void readsCkdEpiOfTheStarterPack() throws IOException {
    PredictionModel ckdEpi = PredictionModels.read(starter("ckd-epi-2021")).orThrow();

    assertThat(ckdEpi.kind()).isEqualTo(OutputKind.VALUE);
    assertThat(ckdEpi.inputs()).extracting(ModelInput::unit).containsExactly("mg/dL", "a", "1");
    assertThat(ckdEpi.outputs().get(0).code()).isEqualTo(Code.loinc("98979-8"));
    assertThat(ckdEpi.outputs().get(0).unit()).isEqualTo("mL/min/{1.73_m2}");
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
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    Library library = starter("prevent-2023");
    library.setVersion(null);
    library.getRelatedArtifact().clear();
    library.getExtensionByUrl(ModelUrls.OUTPUT_KIND).setValue(new CodeType("guess"));
    library.addExtension(ModelUrls.ARTIFACT_SHA256, new StringType("ABC"));
    List<Extension> inputs = library.getExtensionsByUrl(ModelUrls.INPUT);
    part(inputs.get(0), "unit").setValue(new CodeType("furlongz"));
    part(inputs.get(1), "name").setValue(new StringType("age"));
    part(inputs.get(2), "reference").setValue(new StringType("two hundred"));
    part(inputs.get(6), "fallback").setValue(new StringType("https://example.org/m"));
    List<Extension> outputs = library.getExtensionsByUrl(ModelUrls.OUTPUT);
    part(outputs.get(0), "horizon").setValue(new Duration().setValue(1.5).setCode("a"));
    part(outputs.get(1), "name").setValue(new StringType("total_cvd"));

    assertThat(problems(library))
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
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
