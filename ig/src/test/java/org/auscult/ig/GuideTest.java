package org.auscult.ig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.ig.Guide.BASE;
import static org.auscult.ig.Guide.RESOURCES;
import static org.auscult.ig.Guide.STRUCTURE;
import static org.auscult.ig.Guide.errors;
import static org.auscult.ig.Guide.library;
import static org.auscult.ig.Guide.resource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed JSON is whole, valid by its own profiles, and points at nothing that is missing.
 */
class GuideTest {

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
    // These stand in rows of timelines and in tags as they are.
    boolean stored =
        Set.of("medication-reference", "load-lag", "resource-reference", "address").contains(id);
    String folder = stored ? "" : resource.fhirType() + "/";
    assertThat(resource.getUrl()).isEqualTo(BASE + folder + id);
    assertThat(resource.getVersion()).isNotBlank();
    // A model's ONNX file comes with the server, which makes the model active with it.
    boolean waitsForItsFile = resource.getMeta().hasProfile(STRUCTURE + "prediction-model");
    // And a deployment for the one who lets it go live.
    boolean waits =
        waitsForItsFile
            || resource.getMeta().hasProfile(STRUCTURE + "deployment")
            // And a table of order rules for the pharmacist who confirms it.
            || resource.getMeta().hasProfile(STRUCTURE + "order-rules")
            // And an alert rule for the informaticist who wants to be told.
            || resource.getMeta().hasProfile(STRUCTURE + "alert-rule")
            // And a retraining plan, too.
            || resource.getMeta().hasProfile(STRUCTURE + "retraining-plan");
    assertThat(resource.getStatus())
        .isEqualTo(waits ? PublicationStatus.DRAFT : PublicationStatus.ACTIVE);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void definitionIsValidByItsProfile(String name) {
    Library library = library(name);
    assertThat(library.getMeta().getProfile()).hasSize(1);
    assertThat(errors(library)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CodeSystem", "OperationDefinition", "PlanDefinition", "ValueSet"})
  void othersAreValidByFhir(String type) {
    List<String> ofType = Ig.names().stream().filter(n -> n.startsWith(type + "-")).toList();
    assertThat(ofType).isNotEmpty();
    for (String name : ofType) {
      assertThat(errors(resource(name))).as(name).isEmpty();
    }
  }

  @Test
  void serviceUsesAModelThatIsThere() {
    PlanDefinition service = (PlanDefinition) resource("PlanDefinition-cvd-risk.json");
    assertThat(service.getMeta().getProfile()).hasSize(1);
    assertThat(service.getActionFirstRep().getAction())
        .isNotEmpty()
        .allSatisfy(
            action ->
                assertThat(libraryOf(action.getExtensionString(STRUCTURE + "deployment-model")))
                    .isNotNull());
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
  @ValueSource(
      strings = {
        "prevent-2023",
        "ckd-epi-2021",
        "kfre-4var-north-america",
        "kfre-4var-non-north-america",
        "news2"
      })
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
      assertThat(model.getExtensionsByUrl(STRUCTURE + kind)).isNotEmpty();
      for (var part : model.getExtensionsByUrl(STRUCTURE + kind)) {
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
        l -> l.getExtensionByUrl(STRUCTURE + "feature-operator").setValue(new CodeType("mode")),
        "mode");
  }

  @Test
  void secondLookbackIsRefused() {
    refused(
        "feature-creatinine",
        l -> l.addExtension(l.getExtensionByUrl(STRUCTURE + "feature-lookback").copy()),
        "lookback");
  }

  @Test
  void extensionThatTheGuideDoesNotKnowIsRefused() {
    refused(
        "feature-creatinine",
        l -> l.addExtension(STRUCTURE + "feature-none", new CodeType("x")),
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
            l.getExtensionsByUrl(STRUCTURE + "model-input")
                .get(0)
                .getExtension()
                .removeIf(e -> e.getUrl().equals(part)),
        part);
  }

  @Test
  void predictionOfAModelIsValid() {
    assertThat(errors(Samples.prediction())).isEmpty();
  }

  @Test
  void pointsHaveABandAndNoProbability() {
    assertThat(errors(Samples.points())).isEmpty();
    Observation unbanded = Samples.points();
    unbanded.setInterpretation(null);
    assertThat(errors(unbanded)).anySatisfy(e -> assertThat(e).contains("interpretation"));
  }

  @Test
  void predictionWithoutLabelIsRefused() {
    RiskAssessment unlabelled = Samples.prediction();
    unlabelled.getMeta().setSecurity(null);
    assertThat(errors(unlabelled)).anySatisfy(e -> assertThat(e).contains("meta.security"));
  }

  @Test
  void predictionWithoutEpochIsRefused() {
    RiskAssessment timeless = Samples.prediction();
    timeless.getExtension().removeIf(is("prediction-epoch"));
    assertThat(errors(timeless)).anySatisfy(e -> assertThat(e).contains("epoch"));
  }

  @Test
  void predictionWithoutProbabilityIsRefused() {
    RiskAssessment empty = Samples.prediction();
    empty.getPredictionFirstRep().setProbability(null);
    assertThat(errors(empty)).anySatisfy(e -> assertThat(e).contains("probability"));
  }

  /** Governance: 3. Governance: 4. Governance: 5. */
  @Test
  void auditedQueryHasOnePatientItsQueryAndItsLeaf() {
    assertThat(errors(Samples.auditedQuery())).isEmpty();
    AuditEvent ofTwo = Samples.auditedQuery();
    ofTwo.addEntity(ofTwo.getEntityFirstRep().copy());
    assertThat(errors(ofTwo)).anySatisfy(e -> assertThat(e).contains("entity:patient"));
    AuditEvent unproven = Samples.auditedQuery();
    unproven.setExtension(null);
    assertThat(errors(unproven)).anySatisfy(e -> assertThat(e).contains("leafIndex"));
    AuditEvent byNobody = Samples.auditedQuery();
    byNobody.getAgent().remove(0);
    assertThat(errors(byNobody)).anySatisfy(e -> assertThat(e).contains("agent:client"));
  }

  @Test
  void feedbackTakesKnownOutcomesOnly() {
    assertThat(errors(Samples.feedback("overridden"))).isEmpty();
    assertThat(errors(Samples.feedback("ignored")))
        .anySatisfy(e -> assertThat(e).contains("ignored"));
  }

  @Test
  void feedbackIsByOneAndByAKnownWay() {
    Observation unknownWay = Samples.feedback("overridden");
    unknownWay.getMethod().getCodingFirstRep().setCode("rumour");
    Observation ofTwo = Samples.feedback("overridden");
    ofTwo.addPerformer(new Reference("Practitioner/2"));

    assertThat(errors(unknownWay)).anySatisfy(e -> assertThat(e).contains("rumour"));
    assertThat(errors(ofTwo)).anySatisfy(e -> assertThat(e).contains("performer"));
  }

  /** The unchanged definition is valid (tested above), so the error is the change's. */
  private static void refused(String id, Consumer<Library> change, String said) {
    Library library = library("Library-" + id + ".json").copy();
    change.accept(library);
    assertThat(errors(library)).anySatisfy(e -> assertThat(e).containsIgnoringCase(said));
  }

  private static Predicate<Extension> is(String id) {
    return e -> e.getUrl().equals(STRUCTURE + id);
  }

  private static Library libraryOf(String canonical) {
    String id = canonical.substring((BASE + "Library/").length(), canonical.indexOf('|'));
    return library("Library-" + id + ".json");
  }

  /**
   * What is measured or taken counts for a stated time; what has none is what lasts: age, sex,
   * diseases, a transplant, and a clinician's designation of a scale.
   *
   * <p>Safety: 16.
   */
  @Test
  void everyInputOfTheStarterPackStatesHowLongItCounts() {
    Set<String> lasting = new HashSet<>();
    for (String name : libraries()) {
      Library library = library(name);
      // What is derived has the windows of its inputs.
      if (name.startsWith("Library-feature-")
          && library.getExtensionByUrl(STRUCTURE + "feature-expression") == null
          && library.getExtensionByUrl(STRUCTURE + "feature-lookback") == null) {
        lasting.add(library.getName());
      }
    }

    assertThat(lasting)
        .containsExactlyInAnyOrder(
            "acute_kidney_injury",
            "age_at_creatinine",
            "age",
            "cardiovascular_disease",
            "diabetes",
            "dialysis_dependence",
            "kidney_transplant",
            "kidney_transplantation",
            "pregnancy",
            "sex",
            "spo2_scale_2");
  }
}
