package org.auscult.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.Arguments;
import org.auscult.feature.Derivation;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.feature.expression.Expression;
import org.auscult.model.InMemoryModelCatalog;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.Scorer;
import org.auscult.model.SensitiveInputs;
import org.auscult.model.SensitiveUse;
import org.auscult.model.Sensitivity;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;

/**
 * What is made of a condition under special protection tells of it, though its own definition names
 * no code.
 *
 * <p>Safety: 34.
 */
class DerivedProtectionTest {
  private static final Instant NOW = Instant.parse("2024-05-03T08:00:00Z");
  private static final Code HIV = Code.snomed("86406008");
  private static final Code PRESSURE = Code.loinc("8480-6");
  private static final Code INPATIENT =
      new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP");
  private static final ProtectedCodes CODES =
      ProtectedCodes.parse(List.of("http://snomed.info/sct|86406008 hiv"));

  private static final ResolvedFeature HAS_HIV =
      reads("hiv", Operator.EXISTS, "1", ResourceKind.CONDITION, HIV, Window.WHOLE_RECORD);
  private static final ResolvedFeature SYSTOLIC =
      reads(
          "systolic",
          Operator.LATEST,
          "mm[Hg]",
          ResourceKind.OBSERVATION,
          PRESSURE,
          Window.WHOLE_RECORD);

  private static final Fact PATIENT =
      fact()
          .kind(ResourceKind.PATIENT)
          .id("p")
          .codes(Demographics.BIRTH_DATE)
          .at("1900-01-01T00:00:00Z")
          .value(new FactValue.Dated("1950-01-01"))
          .build();
  private static final Fact INFECTION =
      fact().kind(ResourceKind.CONDITION).id("hiv").codes(HIV).status("active").build();
  private static final Fact MEASURED = fact().id("sbp").number("120", "mm[Hg]").build();
  private static final Fact STAY =
      fact().kind(ResourceKind.ENCOUNTER).id("stay").codes(INPATIENT).status("in-progress").build();

  @Test
  void aDerivedValueBearsTheLabelsOfWhatItsInputsRead() {
    ResolvedFeature burden = derived("burden", "if(hiv > 0, 2, 1)", HAS_HIV);
    ResolvedFeature twice = derived("twice", "burden * 2", burden);
    for (ResolvedFeature feature : List.of(burden, twice)) {
      Protection found = protection(feature, Map.of("Condition/hiv", Set.of("HIV"))).orElseThrow();
      assertThat(found.features()).containsOnlyKeys(feature.definition().canonical());
      assertThat(found.evidence()).containsKey("Condition/hiv/_history/1");
      assertThat(found.labels()).containsExactly("HIV");
    }
  }

  @Test
  void itDoesSoToldByTheRegisterAlone() {
    ResolvedFeature burden = derived("burden", "if(hiv > 0, 2, 1)", HAS_HIV);
    RegisteredModel plain = model(burden);
    RegisteredModel registered =
        new RegisteredModel(
            SensitiveInputs.completed(plain.model(), plain.features(), CODES),
            plain.features(),
            plain.scorer());

    Protection found = protection(registered, Map.of()).orElseThrow();

    assertThat(found.features()).containsOnlyKeys("https://example.org/burden|1.0.0");
    assertThat(found.evidence()).as("of what it was made").containsKey("Condition/hiv/_history/1");
  }

  /** Of B20 with all below it, where the list names something below it only. */
  @Test
  void aFamilyOfCodesTellsOfAllThatBelongToIt() {
    String icd = "http://hl7.org/fhir/sid/icd-10-cm";
    Code family = CodeFamilies.family(new Code(icd, "B20"));
    ResolvedFeature infection =
        reads(
            "infection", Operator.EXISTS, "1", ResourceKind.CONDITION, family, Window.WHOLE_RECORD);
    RegisteredModel plain = model(derived("burden", "if(infection > 0, 2, 1)", infection));
    ProtectedCodes below = ProtectedCodes.parse(List.of(icd + "|B20.1 hiv"));
    ProtectedCodes beside = ProtectedCodes.parse(List.of(icd + "|B21.1 hiv"));

    assertThat(SensitiveInputs.completed(plain.model(), plain.features(), below))
        .isNotEqualTo(plain.model());
    assertThat(SensitiveInputs.completed(plain.model(), plain.features(), beside))
        .isEqualTo(plain.model());
  }

  @Test
  void itBearsNoneOfWhatItIsNotMadeOf() {
    ResolvedFeature high = derived("high", "if(systolic > 140 'mm[Hg]', 1, 0)", SYSTOLIC);
    Map<String, Set<String>> others =
        Map.of("Condition/hiv", Set.of("HIV"), "Patient/p", Set.of("PSY"));

    assertThat(protection(high, others)).isEmpty();
    assertThat(protection(high, Map.of("Observation/sbp", Set.of("PSY")))).isPresent();
  }

  @Test
  void aWindowThatBeginsWithItTellsOfItToo() {
    ResolvedFeature since =
        reads(
            "pressures_since",
            Operator.COUNT,
            "1",
            ResourceKind.OBSERVATION,
            PRESSURE,
            Window.since(new Window.SinceFeature("hiv")));
    ResolvedFeature inStay =
        reads(
            "pressures_of_stay",
            Operator.COUNT,
            "1",
            ResourceKind.OBSERVATION,
            PRESSURE,
            Window.since(new Window.EncounterStart(Set.of(INPATIENT))));

    Protection since1 =
        protection(model(since, HAS_HIV), Map.of("Condition/hiv", Set.of("HIV"))).orElseThrow();
    assertThat(since1.features()).containsKey(since.definition().canonical());
    Protection ofStay =
        protection(model(inStay, SYSTOLIC), Map.of("Encounter/stay", Set.of("PSY"))).orElseThrow();
    assertThat(ofStay.features()).containsOnlyKeys(inStay.definition().canonical());
  }

  @Test
  void theRegisterHasToNameWhatADerivedInputIsMadeOf() {
    ResolvedFeature age =
        ResolvedFeature.of(
            FeatureDefinition.of("https://example.org/age", "age", Operator.AGE, null, "a"));
    ResolvedFeature burden =
        derived("burden", "if(hiv > 0, 1, 0) + number(age, 'a')", HAS_HIV, age);
    RegisteredModel model = model(derived("twice", "burden * 2", burden));

    assertThat(SensitiveInputs.unregistered(model.model(), model.features(), CODES))
        .extracting(SensitiveUse::name, SensitiveUse::kind)
        .containsExactlyInAnyOrder(
            Tuple.tuple("twice", Sensitivity.HIV), Tuple.tuple("twice", Sensitivity.AGE));
    assertThat(SensitiveInputs.protectedFeatures(model.features(), CODES))
        .containsExactly(Map.entry("twice", Set.of("HIV")));
    assertThat(
            SensitiveInputs.unregistered(
                model(SYSTOLIC).model(), model(SYSTOLIC).features(), CODES))
        .isEmpty();
  }

  private static Optional<Protection> protection(
      ResolvedFeature feature, Map<String, Set<String>> labels) {
    return protection(model(feature), labels);
  }

  private static Optional<Protection> protection(
      RegisteredModel model, Map<String, Set<String>> labels) {
    InMemoryModelCatalog models = new InMemoryModelCatalog().add(model);
    PatientTimeline timeline =
        new PatientTimeline(
            "p",
            1,
            List.of(PATIENT, INFECTION, MEASURED, STAY),
            Set.of(ResourceKind.values()),
            true);
    List<ModelRun> runs =
        new PredictionService(models, new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC))
            .predict(model.model().canonical(), timeline, AsOf.current(NOW), 0);
    return new ProtectionFinder(models, canonical -> Optional.empty())
        .of(List.of(DeploymentRun.ofOperation(runs)), timeline, labels);
  }

  /** A model that reads the first of these features. */
  private static RegisteredModel model(ResolvedFeature... features) {
    FeatureDefinition read = features[0].definition();
    PredictionModel model =
        new PredictionModel(
            "https://example.org/model",
            "1",
            "model",
            "model",
            "https://example.org/set|1",
            OutputKind.VALUE,
            List.of(
                new ModelInput(
                    read.name(), read.name(), read.unit(), read.name(), null, null, 1.0)),
            List.of(new ModelOutput("out", "out", "1", null, null)),
            List.of(),
            null,
            "");
    return new RegisteredModel(
        model,
        new ResolvedFeatureSet("https://example.org/set", "1", "set", List.of(features)),
        passingOn());
  }

  private static ResolvedFeature derived(
      String name, String expression, ResolvedFeature... inputs) {
    Derivation derivation =
        new Derivation(
            Expression.parse(expression),
            List.of(inputs).stream().map(i -> i.definition().canonical()).toList());
    return new ResolvedFeature(
        new FeatureDefinition(
            "https://example.org/" + name,
            "1.0.0",
            name,
            name,
            Operator.DERIVED,
            null,
            Window.WHOLE_RECORD,
            "1",
            null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE.withDerivation(derivation)),
        Set.of(),
        Set.of(),
        Set.of(),
        List.of(inputs));
  }

  private static ResolvedFeature reads(
      String name, Operator operator, String unit, ResourceKind kind, Code code, Window window) {
    return ResolvedFeature.of(
        FeatureDefinition.of(
                "https://example.org/" + name,
                name,
                operator,
                Selection.of(kind, List.of(code)),
                unit)
            .withWindow(window));
  }

  private static Scorer passingOn() {
    return new Scorer() {
      @Override
      public Scores score(double[][] rows) {
        return new Scores(rows, rows);
      }

      @Override
      public void close() {}
    };
  }
}
