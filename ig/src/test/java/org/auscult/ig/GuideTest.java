package org.auscult.ig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed JSON is whole, valid by its own profiles, and points at nothing that is missing.
 */
class GuideTest {
  private static final String BASE = "https://auscult.org/fhir/";
  private static final String EXTENSION = BASE + "StructureDefinition/";
  private static final FhirContext CONTEXT = FhirContext.forR4();
  private static final Map<String, Resource> RESOURCES =
      Ig.names().stream().collect(Collectors.toMap(n -> n, GuideTest::parse));
  private static final FhirValidator VALIDATOR = validator();

  static List<String> names() {
    return Ig.names();
  }

  static List<String> libraries() {
    return Ig.names().stream().filter(n -> n.startsWith("Library-")).toList();
  }

  @Test
  void namesAreSortedAndEachIsThere() {
    assertThat(Ig.names()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(60);
    assertThatThrownBy(() -> Ig.json("Library-none.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Library-none.json");
  }

  @ParameterizedTest
  @MethodSource("names")
  void fileNameIdAndUrlAgree(String name) {
    MetadataResource resource = (MetadataResource) resource(name);
    String id = resource.getIdElement().getIdPart();
    assertThat(name).isEqualTo(resource.fhirType() + "-" + id + ".json");
    assertThat(resource.getUrl()).isEqualTo(BASE + resource.fhirType() + "/" + id);
    assertThat(resource.getVersion()).isNotBlank();
    assertThat(resource.getStatus()).isEqualTo(PublicationStatus.ACTIVE);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void definitionIsValidByItsProfile(String name) {
    Library library = library(name);
    assertThat(library.getMeta().getProfile()).hasSize(1);
    assertThat(errors(library)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void definitionPointsAtWhatIsThere(String name) {
    Set<String> there = new HashSet<>();
    for (Resource resource : RESOURCES.values()) {
      MetadataResource known = (MetadataResource) resource;
      there.add(known.getUrl() + "|" + known.getVersion());
    }
    Library library = library(name);
    for (var related : library.getRelatedArtifact()) {
      if (related.getType() != RelatedArtifactType.CITATION) {
        assertThat(there).contains(related.getResource());
      }
    }
    for (var requirement : library.getDataRequirement()) {
      for (var filter : requirement.getCodeFilter()) {
        if (filter.hasValueSet()) {
          assertThat(there).contains(filter.getValueSet());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prevent-2023", "ckd-epi-2021"})
  void modelAsksForFeaturesOfItsSet(String id) {
    Library model = library("Library-" + id + ".json");
    String set =
        model.getRelatedArtifact().stream()
            .filter(r -> r.getType() == RelatedArtifactType.DEPENDSON)
            .findFirst()
            .orElseThrow()
            .getResource();
    Set<String> features =
        libraryOf(set).getRelatedArtifact().stream()
            .map(r -> libraryOf(r.getResource()).getName())
            .collect(Collectors.toSet());
    for (String kind : List.of("model-input", "model-eligibility")) {
      assertThat(model.getExtensionsByUrl(EXTENSION + kind)).isNotEmpty();
      for (var part : model.getExtensionsByUrl(EXTENSION + kind)) {
        assertThat(features).contains(part.getExtensionString("feature"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void valueSetOfTheStarterPackIsEnumeratedOnce(String name) {
    if (resource(name) instanceof ValueSet valueSet
        && valueSet.getCompose().getInclude().stream()
            .anyMatch(i -> i.getSystem().contains("snomed") || i.getSystem().contains("rxnorm"))) {
      List<String> codes =
          valueSet.getCompose().getInclude().stream()
              .flatMap(i -> i.getConcept().stream().map(c -> i.getSystem() + "|" + c.getCode()))
              .toList();
      assertThat(codes).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  @Test
  void featureWithoutOperatorIsRefused() {
    refused(
        "feature-creatinine", l -> l.getExtension().removeIf(is("feature-operator")), "operator");
  }

  @Test
  void featureWithoutUnitIsRefused() {
    refused("feature-creatinine", l -> l.getExtension().removeIf(is("feature-unit")), "unit");
  }

  @Test
  void unknownOperatorIsRefused() {
    refused(
        "feature-creatinine",
        l -> l.getExtensionByUrl(EXTENSION + "feature-operator").setValue(new CodeType("median")),
        "median");
  }

  @Test
  void secondLookbackIsRefused() {
    refused(
        "feature-creatinine",
        l -> l.addExtension(l.getExtensionByUrl(EXTENSION + "feature-lookback").copy()),
        "lookback");
  }

  @Test
  void extensionThatTheGuideDoesNotKnowIsRefused() {
    refused(
        "feature-creatinine",
        l -> l.addExtension(EXTENSION + "feature-none", new CodeType("x")),
        "feature-none");
  }

  @Test
  void setWithoutFeaturesIsRefused() {
    refused("prevent-inputs", l -> l.setRelatedArtifact(null), "relatedArtifact");
  }

  @Test
  void setWithoutVersionIsRefused() {
    refused("prevent-inputs", l -> l.setVersion(null), "version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model-input", "model-output", "model-output-kind"})
  void modelWithoutItsPartIsRefused(String part) {
    refused("prevent-2023", l -> l.getExtension().removeIf(is(part)), part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "title", "feature", "unit"})
  void inputWithoutItsPartIsRefused(String part) {
    refused(
        "prevent-2023",
        l ->
            l.getExtensionsByUrl(EXTENSION + "model-input")
                .get(0)
                .getExtension()
                .removeIf(e -> e.getUrl().equals(part)),
        part);
  }

  @Test
  void predictionOfAModelIsValid() {
    assertThat(errors(prediction())).isEmpty();
  }

  @Test
  void predictionWithoutLabelIsRefused() {
    RiskAssessment unlabelled = prediction();
    unlabelled.getMeta().setSecurity(null);
    assertThat(errors(unlabelled)).anySatisfy(e -> assertThat(e).contains("meta.security"));
  }

  @Test
  void predictionWithoutEpochIsRefused() {
    RiskAssessment timeless = prediction();
    timeless.getExtension().removeIf(is("prediction-epoch"));
    assertThat(errors(timeless)).anySatisfy(e -> assertThat(e).contains("epoch"));
  }

  @Test
  void predictionWithoutProbabilityIsRefused() {
    RiskAssessment empty = prediction();
    empty.getPredictionFirstRep().setProbability(null);
    assertThat(errors(empty)).anySatisfy(e -> assertThat(e).contains("probability"));
  }

  @Test
  void feedbackTakesKnownOutcomesOnly() {
    assertThat(errors(feedback("overridden"))).isEmpty();
    assertThat(errors(feedback("ignored"))).anySatisfy(e -> assertThat(e).contains("ignored"));
  }

  private static RiskAssessment prediction() {
    RiskAssessment risk = new RiskAssessment();
    risk.getMeta().addProfile(EXTENSION + "prediction");
    risk.getMeta()
        .addSecurity()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
        .setCode("AIAST");
    extend(risk, "prediction-model-version");
    extend(risk, "prediction-epoch");
    risk.setStatus(RiskAssessment.RiskAssessmentStatus.FINAL);
    risk.setSubject(new Reference("Patient/1"));
    risk.setOccurrence(new DateTimeType("2024-05-03T10:00:00Z"));
    risk.getMethod().setText("PREVENT 2023");
    risk.setPerformer(new Reference("Device/1"));
    RiskAssessment.RiskAssessmentPredictionComponent said = risk.addPrediction();
    said.getOutcome().setText("heart failure");
    said.setProbability(new DecimalType("14.7"));
    said.addExtension(EXTENSION + "prediction-margin", new DecimalType("-1.758"));
    return risk;
  }

  private static void extend(RiskAssessment risk, String id) {
    Type value =
        id.equals("prediction-epoch")
            ? new IntegerType(7)
            : new CanonicalType(BASE + "Library/prevent-2023|1.0.0");
    risk.addExtension(EXTENSION + id, value);
  }

  private static Observation feedback(String outcome) {
    Observation feedback = new Observation();
    feedback.getMeta().addProfile(EXTENSION + "feedback");
    feedback.setStatus(Observation.ObservationStatus.FINAL);
    String statement = BASE + "CodeSystem/model-statement";
    feedback.addCategory().addCoding().setSystem(statement).setCode("feedback");
    feedback.getCode().addCoding().setSystem(statement).setCode("feedback");
    feedback.setSubject(new Reference("Patient/1"));
    feedback.setValue(
        new CodeableConcept(
            new Coding().setSystem(BASE + "CodeSystem/feedback-outcome").setCode(outcome)));
    return feedback;
  }

  /** The unchanged definition is valid (tested above), so the error is the change's. */
  private static void refused(String id, Consumer<Library> change, String said) {
    Library library = library("Library-" + id + ".json").copy();
    change.accept(library);
    assertThat(errors(library)).anySatisfy(e -> assertThat(e).containsIgnoringCase(said));
  }

  private static Predicate<Extension> is(String id) {
    return e -> e.getUrl().equals(EXTENSION + id);
  }

  private static Resource resource(String name) {
    return Objects.requireNonNull(RESOURCES.get(name), name);
  }

  private static Library library(String name) {
    return (Library) resource(name);
  }

  private static Library libraryOf(String canonical) {
    String id = canonical.substring((BASE + "Library/").length(), canonical.indexOf('|'));
    return library("Library-" + id + ".json");
  }

  private static Resource parse(String name) {
    return (Resource) CONTEXT.newJsonParser().parseResource(Ig.json(name));
  }

  private static List<String> errors(Resource resource) {
    return VALIDATOR.validateWithResult(resource).getMessages().stream()
        .filter(m -> m.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
        .map(m -> m.getLocationString() + ": " + m.getMessage())
        .toList();
  }

  private static FhirValidator validator() {
    PrePopulatedValidationSupport guide = new PrePopulatedValidationSupport(CONTEXT);
    for (Resource resource : RESOURCES.values()) {
      if (resource instanceof StructureDefinition profile) {
        guide.addStructureDefinition(profile);
      } else if (resource instanceof ValueSet valueSet) {
        guide.addValueSet(valueSet);
      } else if (resource instanceof CodeSystem codeSystem) {
        guide.addCodeSystem(codeSystem);
      }
    }
    CodeSystem values = new CodeSystem();
    values.setUrl("http://terminology.hl7.org/CodeSystem/v3-ObservationValue");
    values.setStatus(PublicationStatus.ACTIVE);
    values.setContent(CodeSystemContentMode.FRAGMENT);
    values.addConcept().setCode("AIAST");
    guide.addCodeSystem(values);
    FhirInstanceValidator instances =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                guide,
                new DefaultProfileValidationSupport(CONTEXT),
                new SnapshotGeneratingValidationSupport(CONTEXT),
                new CommonCodeSystemsTerminologyService(CONTEXT),
                new InMemoryTerminologyServerValidationSupport(CONTEXT)));
    instances.setErrorForUnknownProfiles(true);
    instances.setAnyExtensionsAllowed(false);
    return CONTEXT.newValidator().registerValidatorModule(instances);
  }
}
