package org.auscult.model.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.assertj.core.groups.Tuple;
import org.auscult.explanation.Explanation;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.explanation.Explanation.OfOutput;
import org.auscult.feature.FeatureVector;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.Answerer;
import org.auscult.prediction.Call;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.InputValue;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.Reason;
import org.auscult.prediction.ReasonCode;
import org.auscult.prediction.Score;
import org.auscult.prediction.Subject;
import org.auscult.timeline.AsOf;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.GuidanceResponse.GuidanceResponseStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictionResourcesTest {
  private static final String CVD_RISK = "https://auscult.org/fhir/PlanDefinition/cvd-risk|1.0.0";

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Instant NOW = Instant.parse("2024-05-03T08:00:00.123Z");
  private static final String ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3300";
  private static final PredictionModel PREVENT = starter("prevent-2023");
  private static final PredictionModel CKD_EPI = starter("ckd-epi-2021");
  private static final PredictionModel NEWS2 = starter("news2");
  private static final String CREATININE = "Observation/creatinine/_history/3";

  private final JournalEntry entry = entry(run(0, CKD_EPI, 71.25), run(1, PREVENT, 0.14681234567));

  @Test
  void namesEachResourceAfterTheEntry() {
    assertThat(render(entry))
        .extracting(r -> r.fhirType() + "/" + r.getIdElement().getIdPart())
        .containsExactly(
            "Observation/" + ID + ".0",
            "Observation/" + ID + ".0.explanation",
            "RiskAssessment/" + ID + ".1",
            "Observation/" + ID + ".1.explanation",
            "Provenance/" + ID + ".provenance");
  }

  @Test
  void givesTheSameResourcesAgainAlsoFromTheStoredEntry() {
    assertThat(json(render(JournalJson.read(JournalJson.write(entry)))))
        .isEqualTo(json(render(entry)));
  }

  @Test
  void statesProbabilitiesInPercent() {
    RiskAssessment risk = only(RiskAssessment.class, entry);

    assertThat(risk.getPrediction()).hasSize(3);
    assertThat(risk.getPredictionFirstRep().getProbabilityDecimalType().getValue())
        .isEqualByComparingTo("14.681235");
    assertThat(risk.getPredictionFirstRep().getWhenPeriod().getEndElement().getValueAsString())
        .isEqualTo("2034-05-03T08:00:00.123Z");
    assertThat(PredictionResources.percent(1)).isEqualTo(new BigDecimal("100"));
    assertThat(PredictionResources.percent(0.001)).isEqualTo(new BigDecimal("0.1"));
    assertThat(PredictionResources.percent(0)).isEqualByComparingTo("0");
  }

  @Test
  void labelsWhatAModelWrote() {
    for (Resource resource : render(entry)) {
      if (!(resource instanceof Provenance)) {
        assertThat(resource.getMeta().getSecurity())
            .as(resource.getId())
            .extracting(Coding::getSystem, Coding::getCode)
            .containsExactly(
                Tuple.tuple("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST"));
      }
      assertThat(resource.getMeta().getProfile()).hasSize(1);
    }
  }

  /**
   * Safety rule 11: a score is points in a band, in an Observation, with no probability near it.
   *
   * <p>Safety: 11.
   */
  @Test
  void givesAScoreAsPointsWithTheirBandAndNoProbability() {
    ModelRun run = run(0, NEWS2, 0);
    Result.Predicted predicted = (Result.Predicted) run.result();
    List<Score> scores = new ArrayList<>();
    for (Score score : predicted.scores()) {
      double points =
          switch (score.output()) {
            case "news2" -> 5;
            case "respiration_rate" -> 2;
            case "temperature" -> 3;
            default -> 0;
          };
      scores.add(new Score(score.output(), points, points));
    }
    List<InputValue> inputs = new ArrayList<>();
    for (InputValue input : predicted.inputs()) {
      Instant at = input.input().equals("rr") ? NOW.minusSeconds(600) : NOW.minusSeconds(60);
      Instant effective = input.input().equals("spo2_scale_2") ? NOW.minusSeconds(99_999) : at;
      inputs.add(
          new InputValue(input.input(), 1, input.unit(), null, input.evidence(), effective, null));
    }
    JournalEntry entry =
        entry(
            new ModelRun(
                0,
                run.model(),
                run.vector(),
                new Result.Predicted(inputs, scores, predicted.explanation())));

    List<Resource> resources = render(entry);

    assertThat(resources).noneMatch(RiskAssessment.class::isInstance);
    Observation points = (Observation) resources.get(0);
    assertThat(points.getMeta().getProfile().get(0).getValue()).isEqualTo(ModelUrls.POINTS);
    assertThat(points.getCode().getCodingFirstRep().getCode()).isEqualTo("1104051000000101");
    assertThat(points.getValueQuantity().getValue()).isEqualTo(new BigDecimal("5"));
    assertThat(points.getValueQuantity().getCode()).isEqualTo("{score}");
    assertThat(points.getInterpretationFirstRep().getCodingFirstRep().getCode())
        .isEqualTo("medium");
    assertThat(points.getInterpretationFirstRep().getText()).isEqualTo("medium");
    assertThat(points.getComponent()).hasSize(7);
    assertThat(
            points.getComponent().stream()
                .mapToInt(c -> c.getValueQuantity().getValue().intValue()))
        .containsExactly(2, 0, 0, 0, 0, 0, 3);
    Period set = (Period) points.getExtensionByUrl(ModelUrls.PREDICTION_INPUT_PERIOD).getValue();
    assertThat(set.getStartElement().getValueAsString()).isEqualTo("2024-05-03T07:50:00.123Z");
    assertThat(set.getEndElement().getValueAsString()).isEqualTo("2024-05-03T07:59:00.123Z");
    assertThat(String.join("", json(resources))).doesNotContain("robability");
    assertThat(json(resources).get(0)).doesNotContain("%");
  }

  @Test
  void restsOnTheEvidenceInItsVersions() {
    RiskAssessment risk = only(RiskAssessment.class, entry);

    assertThat(risk.getBasis())
        .extracting(Reference::getReference)
        .containsExactly("Patient/p1/_history/2", CREATININE);
    assertThat(risk.getOccurrenceDateTimeType().getValueAsString())
        .isEqualTo("2024-05-03T08:00:00.123Z");
    assertThat(risk.getPerformer().getReference())
        .isEqualTo("Device/" + PredictionResources.device(PREVENT).getIdElement().getIdPart());
  }

  @Test
  void givesAValueAsAnObservationOfItsCodeWithoutProbability() {
    Observation score = (Observation) render(entry).get(0);

    assertThat(score.getCode().getCodingFirstRep().getCode()).isEqualTo("98979-8");
    assertThat(score.getValueQuantity().getValue()).isEqualTo(new BigDecimal("71.25"));
    assertThat(score.getValueQuantity().getCode()).isEqualTo("mL/min/{1.73_m2}");
    assertThat(score.getCategoryFirstRep().getCodingFirstRep().getSystem())
        .isEqualTo(ModelUrls.CATEGORY_SYSTEM);
    // R4 lets derivedFrom name no Patient (safety rule 31).
    assertThat(score.getDerivedFrom())
        .extracting(Reference::getReference)
        .containsExactly(CREATININE);
  }

  @Test
  void explanationsAddUpAsTheyAreWritten() {
    Observation explanation = (Observation) render(entry).get(3);
    RiskAssessment risk = only(RiskAssessment.class, entry);

    assertThat(explanation.getFocusFirstRep().getReference())
        .isEqualTo("RiskAssessment/" + ID + ".1/_history/1");
    assertThat(explanation.getComponent()).hasSize(PREVENT.inputs().size());
    for (int i = 0; i < PREVENT.outputs().size(); i++) {
      String output = PREVENT.outputs().get(i).name();
      double sum = number(explanation, ModelUrls.EXPLANATION_BASE, output);
      for (var component : explanation.getComponent()) {
        sum += number(component, ModelUrls.EXPLANATION_CONTRIBUTION, output);
      }
      BigDecimal margin =
          (BigDecimal)
              ((DecimalType)
                      risk.getPrediction()
                          .get(i)
                          .getExtensionByUrl(ModelUrls.PREDICTION_MARGIN)
                          .getValue())
                  .getValue();
      assertThat(sum).isEqualTo(margin.doubleValue(), Assertions.within(1e-12));
    }
  }

  @Test
  void writesDecimalsInTheirShortestExactForm() {
    Observation explanation = (Observation) render(entry).get(1);

    assertThat(explanation.getComponentFirstRep().getValueQuantity().getValue())
        .isEqualTo(new BigDecimal("1.4"));
  }

  @Test
  void provenanceNamesEveryTargetAndTheModel() {
    Provenance provenance = only(Provenance.class, entry);

    assertThat(provenance.getTarget())
        .extracting(Reference::getReference)
        .containsExactly(
            "Observation/" + ID + ".0/_history/1",
            "Observation/" + ID + ".0.explanation/_history/1",
            "RiskAssessment/" + ID + ".1/_history/1",
            "Observation/" + ID + ".1.explanation/_history/1");
    assertThat(provenance.getAgent()).hasSize(2);
    assertThat(provenance.getEntity())
        .extracting(e -> e.getWhat().getReference())
        .containsExactly(CREATININE, "Patient/p1/_history/2");
  }

  @Test
  void recordsWhyThereIsNoNumber() {
    Reason known = new Reason("known-cvd", "cvd", "known cardiovascular disease", List.of());
    Reason lacking = new Reason("not-recorded", "sbp", "systolic pressure: none", List.of());
    GuidanceResponse notFor =
        only(GuidanceResponse.class, entry(run(0, new Result.NotEligible(List.of(known)))));
    GuidanceResponse lacks =
        only(GuidanceResponse.class, entry(run(0, new Result.NotAssessed(List.of(lacking)))));

    assertThat(notFor.getReasonCodeFirstRep().getCodingFirstRep().getCode()).isEqualTo("known-cvd");
    assertThat(notFor.getStatus()).isEqualTo(GuidanceResponseStatus.SUCCESS);
    assertThat(lacks.getReasonCodeFirstRep().getText()).isEqualTo("systolic pressure: none");
    assertThat(lacks.getStatus()).isEqualTo(GuidanceResponseStatus.DATAREQUIRED);
    assertThat(lacks.getRequestIdentifier().getValue()).isEqualTo("i1");
    assertThat(render(entry(run(0, new Result.NotEligible(List.of(known)))))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void onlyAFailedModelIsAFailure(ReasonCode code) {
    Reason reason = new Reason(code.code(), "prevent", "withheld", List.of());
    Reason lacking = new Reason("not-recorded", "sbp", "systolic pressure: none", List.of());

    GuidanceResponse call =
        only(
            GuidanceResponse.class,
            entry(run(0, new Result.NotAssessed(List.of(lacking, reason)))));

    assertThat(call.getStatus())
        .isEqualTo(
            Set.of(ReasonCode.OUT_OF_RANGE, ReasonCode.NOT_OF_THIS_SET, ReasonCode.NOT_CHECKED)
                    .contains(code)
                ? GuidanceResponseStatus.DATAREQUIRED
                : GuidanceResponseStatus.FAILURE);
  }

  @Test
  void saysByWhichServiceOrOperationItWasCalled() {
    ModelRun lacks =
        run(0, new Result.NotAssessed(List.of(new Reason("not-recorded", "a", "b", List.of()))));
    JournalEntry byHook = entry(lacks);
    JournalEntry byOperation =
        new JournalEntry(
            byHook.id(),
            NOW,
            Call.ofOperation("$predict", "i1"),
            byHook.subject(),
            NOW,
            7,
            0,
            List.of(DeploymentRun.ofOperation(byHook.runs())),
            FactBasis.RECORD);

    assertThat(only(GuidanceResponse.class, byHook).getModuleCanonicalType().getValue())
        .isEqualTo(CVD_RISK);
    assertThat(only(GuidanceResponse.class, byOperation).getModuleCanonicalType().getValue())
        .isEqualTo("https://auscult.org/fhir/OperationDefinition/patient-predict");
  }

  @Test
  void anAnswerPointsToWhatTheCardShowed() {
    assertThat(feedback(2, null, null).getFocus())
        .extracting(Reference::getReference)
        .containsExactly("RiskAssessment/" + ID + ".1");
    assertThat(feedback(1, null, null).getFocus())
        .extracting(Reference::getReference)
        .containsExactly("Observation/" + ID + ".0");
    assertThat(feedback(2, null, null).getValueCodeableConcept().getCodingFirstRep().getCode())
        .isEqualTo("overridden");
  }

  @Test
  void anAnswerKeepsItsReasonAndComment() {
    Observation reasoned = feedback(2, "data-wrong", "old value");
    Coding reason = reasoned.getComponentFirstRep().getValueCodeableConcept().getCodingFirstRep();
    assertThat(reason.getSystem()).isEqualTo("https://example.org/reasons");
    assertThat(reason.getCode()).isEqualTo("data-wrong");
    assertThat(reason.getDisplay()).isEqualTo("Data are wrong");
    assertThat(reasoned.getNoteFirstRep().getText()).isEqualTo("old value");

    assertThat(feedback(2, null, null).hasComponent()).isFalse();
    assertThat(feedback(2, null, null).hasNote()).isFalse();
  }

  @Test
  void everyPredictionSaysItsModelVersionAndEpoch() {
    for (int index : new int[] {0, 2}) {
      DomainResource prediction = (DomainResource) render(entry).get(index);
      PredictionModel model = index == 0 ? CKD_EPI : PREVENT;
      assertThat(
              prediction
                  .getExtensionByUrl(ModelUrls.PREDICTION_MODEL_VERSION)
                  .getValue()
                  .primitiveValue())
          .isEqualTo(model.canonical());
      assertThat(
              prediction.getExtensionByUrl(ModelUrls.PREDICTION_EPOCH).getValue().primitiveValue())
          .isEqualTo("7");
    }
  }

  @Test
  void onlyAnOverriddenCardHasAReasonForOverriding() {
    assertThat(answer(2, Feedback.Outcome.OVERRIDDEN, "data-wrong", null).getComponent())
        .hasSize(1);
    assertThat(answer(2, Feedback.Outcome.ACCEPTED, "data-wrong", null).getComponent()).isEmpty();
  }

  private List<Resource> answered(int card, @Nullable Answerer by, @Nullable String comment) {
    Feedback answer =
        new Feedback(
            CardId.of(entry.id(), card),
            "cvd-risk",
            Feedback.Outcome.OVERRIDDEN,
            NOW,
            List.of(),
            null,
            null,
            null,
            comment,
            by);
    return FeedbackResources.render(
        "f1", answer, NOW.plusSeconds(2), entry, "Patient/p1", PredictionResourcesTest::model);
  }

  /** Safety: 26. */
  @Test
  void anAnswerSaysWhoGaveItAndByWhichWay() {
    List<Resource> rendered = answered(1, Answerer.ofUser("Practitioner/1", "my-app"), null);
    Observation said = (Observation) rendered.get(0);
    Provenance provenance = (Provenance) rendered.get(1);

    assertThat(said.getPerformerFirstRep().getReference()).isEqualTo("Practitioner/1");
    assertThat(said.getMethod().getCodingFirstRep().getCode()).isEqualTo("app");
    assertThat(said.getIssued()).isEqualTo(Date.from(NOW.plusSeconds(2)));
    assertThat(provenance.getIdElement().getIdPart()).isEqualTo("f1.provenance");
    assertThat(provenance.getTargetFirstRep().getReference())
        .isEqualTo("Observation/f1/_history/1");
    assertThat(provenance.getAgentFirstRep().getWho().getReference()).isEqualTo("Practitioner/1");
    assertThat(provenance.getAgent().get(1).getWho().getIdentifier().getValue())
        .isEqualTo("my-app");
    assertThat(provenance.getAgent())
        .as("R4 has these codes")
        .extracting(agent -> agent.getType().getCodingFirstRep().getCode())
        .containsExactly("author", "enterer");
    assertThat(provenance.getEntityFirstRep().getWhat().getReference())
        .isEqualTo(said.getFocusFirstRep().getReference());
    assertThat(json(rendered)).noneMatch(json -> json.contains("AIAST"));
  }

  /** Safety: 26. */
  @Test
  void anEhrsUserIsNamedWithItsServer() {
    String ehr = "https://ehr.example.org/fhir";
    Answerer theirs = new Answerer(Answerer.Way.EHR, "Practitioner/1", ehr, null);
    Answerer whose = new Answerer(Answerer.Way.EHR, "Practitioner/1", "", null);
    Answerer nobody = new Answerer(Answerer.Way.EHR, null, null, "north");

    Observation said = (Observation) answered(1, theirs, null).get(0);
    Observation unplaced = (Observation) answered(1, whose, null).get(0);

    assertThat(said.getPerformerFirstRep().getReference()).isEqualTo(ehr + "/Practitioner/1");
    assertThat(said.getMethod().getCodingFirstRep().getCode()).isEqualTo("ehr");
    assertThat(unplaced.getPerformerFirstRep().hasReference()).isFalse();
    assertThat(unplaced.getPerformerFirstRep().getType()).isEqualTo("Practitioner");
    assertThat(unplaced.getPerformerFirstRep().getIdentifier().getValue()).isEqualTo("1");
    assertThat(answered(1, nobody, null)).hasSize(1);
    assertThat(answered(1, null, null)).as("stored by an older version").hasSize(1);
  }

  /** Safety: 35. */
  @Test
  void aCommentIsNoMarkup() {
    Observation said = (Observation) answered(1, null, "<b>no</b> [x](http://e.example)").get(0);

    assertThat(said.getNoteFirstRep().getText())
        .isEqualTo("\\<b\\>no\\</b\\> \\[x\\](http\\://e\\.example)");
    assertThat(said.hasText()).isFalse();
  }

  @Test
  void everyVersionOfAModelIsADeviceOfItsOwn() {
    assertThat(PredictionResources.device(PREVENT).getId())
        .isEqualTo(PredictionResources.device(PREVENT).getId())
        .isNotEqualTo(PredictionResources.device(CKD_EPI).getId())
        .matches("[A-Za-z0-9.-]{1,64}");
  }

  private Observation feedback(int card, @Nullable String reason, @Nullable String comment) {
    return answer(card, Feedback.Outcome.OVERRIDDEN, reason, comment);
  }

  private Observation answer(
      int card, Feedback.Outcome outcome, @Nullable String reason, @Nullable String comment) {
    Feedback answer =
        new Feedback(
            CardId.of(entry.id(), card),
            "cvd-risk",
            outcome,
            NOW,
            List.of(),
            reason == null ? null : "https://example.org/reasons",
            reason,
            reason == null ? null : "Data are wrong",
            comment,
            null);
    return (Observation)
        FeedbackResources.render(
                "f1", answer, NOW, entry, "Patient/p1", PredictionResourcesTest::model)
            .get(0);
  }

  private static double number(Element in, String url, String output) {
    return number(in.getExtensionsByUrl(url), output);
  }

  private static double number(DomainResource in, String url, String output) {
    return number(in.getExtensionsByUrl(url), output);
  }

  private static double number(List<Extension> extensions, String output) {
    return extensions.stream()
        .filter(e -> output.equals(e.getExtensionByUrl("output").getValue().primitiveValue()))
        .mapToDouble(
            e -> Double.parseDouble(e.getExtensionByUrl("value").getValue().primitiveValue()))
        .sum();
  }

  private static List<Resource> render(JournalEntry entry) {
    return PredictionResources.render(entry, "Patient/p1", PredictionResourcesTest::model);
  }

  private static <T extends Resource> T only(Class<T> type, JournalEntry entry) {
    List<T> found = render(entry).stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<String> json(List<Resource> resources) {
    return resources.stream().map(FHIR.newJsonParser()::encodeResourceToString).toList();
  }

  private static PredictionModel model(String canonical) {
    return List.of(PREVENT, CKD_EPI, NEWS2).stream()
        .filter(m -> m.canonical().equals(canonical))
        .findFirst()
        .orElseThrow();
  }

  private static JournalEntry entry(ModelRun... runs) {
    return new JournalEntry(
        UUID.fromString(ID),
        NOW,
        new Call("cvd-risk", "patient-view", "i1", new Caller(null, "Practitioner/1", "p1", null)),
        new Subject("", "p1"),
        NOW,
        7,
        0,
        List.of(DeploymentRun.undecided(CVD_RISK, List.of(runs), null)),
        FactBasis.RECORD);
  }

  private static ModelRun run(int index, PredictionModel model, double value) {
    List<InputValue> inputs = new ArrayList<>();
    List<Contribution> contributions = new ArrayList<>();
    double sum = -1.25;
    for (ModelInput input : model.inputs()) {
      List<String> evidence =
          List.of(input.unit().equals("a") ? "Patient/p1/_history/2" : CREATININE);
      inputs.add(new InputValue(input.name(), 1.4, input.unit(), null, evidence, NOW, null));
      if (input.reference() != null) {
        double phi = 0.1 / (1 + contributions.size());
        contributions.add(new Contribution(input.name(), phi));
        sum += phi;
      }
    }
    List<Score> scores = new ArrayList<>();
    List<OfOutput> outputs = new ArrayList<>();
    for (ModelOutput output : model.outputs()) {
      scores.add(new Score(output.name(), sum, value));
      outputs.add(new OfOutput(output.name(), -1.25, contributions));
    }
    Explanation explanation = new Explanation("exact-shapley", "1", "same sex", outputs);
    return new ModelRun(
        index, model.canonical(), vector(), new Result.Predicted(inputs, scores, explanation));
  }

  private static ModelRun run(int index, Result result) {
    return new ModelRun(index, PREVENT.canonical(), vector(), result);
  }

  private static FeatureVector vector() {
    return new FeatureVector("https://example.org/set|1", "p1", AsOf.current(NOW), 7, List.of());
  }

  private static PredictionModel starter(String id) {
    Path path = Path.of("../ig/src/main/resources/org/auscult/ig/Library-" + id + ".json");
    try {
      return PredictionModels.read(
              FHIR.newJsonParser().parseResource(Library.class, Files.readString(path)))
          .orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
