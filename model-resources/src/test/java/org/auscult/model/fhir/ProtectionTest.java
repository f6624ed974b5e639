package org.auscult.model.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.auscult.explanation.Explanation;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.fhir.Parsed;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.PredictionModel;
import org.auscult.model.SensitiveUse;
import org.auscult.model.SensitiveUse.Part;
import org.auscult.model.Sensitivity;
import org.auscult.prediction.Call;
import org.auscult.prediction.Caller;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.InputValue;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.Protection;
import org.auscult.prediction.Reason;
import org.auscult.prediction.Redaction;
import org.auscult.prediction.Score;
import org.auscult.prediction.Subject;
import org.auscult.timeline.AsOf;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a prediction names a condition under special protection, and what is left without it. */
class ProtectionTest {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Instant NOW = Instant.parse("2024-05-03T08:00:00.123Z");
  private static final String ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3300";
  private static final PredictionModel PREVENT = starter();

  /** Each input has a value, a day, a text and evidence of its own, so that each can be found. */
  private static List<String> marks(ModelInput input) {
    int place = PREVENT.inputs().indexOf(input);
    return List.of(
        "\"" + input.name() + "\"",
        "said of " + input.name(),
        String.valueOf(1000.5 + place),
        "2001-01-%02d".formatted(place + 1),
        "Condition/of-" + input.feature());
  }

  private static JournalEntry entry(Result result, List<ModelInput> hidden) {
    List<FeatureVector.Entry> entries = new ArrayList<>();
    for (ModelInput input : PREVENT.inputs()) {
      InputValue value = value(input);
      entries.add(
          new FeatureVector.Entry(
              input.feature(),
              definition(input),
              input.title(),
              new FeatureValue.Present(
                  value.value(),
                  value.unit(),
                  value.text(),
                  value.evidence(),
                  value.effective(),
                  NOW,
                  FeatureValue.Origin.RECORD)));
    }
    FeatureVector vector =
        new FeatureVector(PREVENT.featureSet(), "p1", AsOf.current(NOW), 7, entries);
    Map<String, List<String>> features = new HashMap<>();
    Map<String, List<String>> evidence = new HashMap<>();
    for (ModelInput input : hidden) {
      features.put(definition(input), List.of("SUD"));
      evidence.put(value(input).evidence().get(0), List.of("SUD"));
    }
    return new JournalEntry(
        UUID.fromString(ID),
        NOW,
        new Call("cvd-risk", "patient-view", "i1", new Caller(null, "Practitioner/1", "p1", null)),
        new Subject("", "p1"),
        NOW,
        7,
        0,
        List.of(
            DeploymentRun.undecided(
                "https://example.org/d|1",
                List.of(new ModelRun(0, PREVENT.canonical(), vector, result)),
                null)),
        hidden.isEmpty() ? null : new Protection(features, evidence, List.of("SUD"), false),
        FactBasis.RECORD,
        List.of());
  }

  private static String definition(ModelInput input) {
    return "https://example.org/definition-of-" + input.feature() + "|1";
  }

  private static InputValue value(ModelInput input) {
    int place = PREVENT.inputs().indexOf(input);
    return new InputValue(
        input.name(),
        1000.5 + place,
        input.unit(),
        "said of " + input.name(),
        List.of("Condition/of-" + input.feature() + "/_history/1"),
        Instant.parse("2001-01-%02dT00:00:00Z".formatted(place + 1)),
        null);
  }

  private static Result.Predicted predicted() {
    List<Score> scores = new ArrayList<>();
    List<Explanation.OfOutput> outputs = new ArrayList<>();
    for (ModelOutput output : PREVENT.outputs()) {
      List<Contribution> contributions = new ArrayList<>();
      double margin = -3;
      for (ModelInput input : PREVENT.inputs()) {
        if (input.reference() != null) {
          double phi = 0.125 * (1 + PREVENT.inputs().indexOf(input));
          contributions.add(new Contribution(input.name(), phi));
          margin += phi;
        }
      }
      scores.add(new Score(output.name(), margin, 0.25));
      outputs.add(new Explanation.OfOutput(output.name(), -3, contributions));
    }
    return new Result.Predicted(
        PREVENT.inputs().stream().map(ProtectionTest::value).toList(),
        scores,
        new Explanation("exact-shapley", "1", "the reference", outputs));
  }

  private static JournalEntry open(JournalEntry entry) {
    return Redaction.forCaller(entry, canonical -> Optional.of(PREVENT));
  }

  private static List<ModelInput> some(long seed) {
    Random random = new Random(seed);
    List<ModelInput> hidden =
        PREVENT.inputs().stream().filter(i -> random.nextInt(3) == 0).collect(Collectors.toList());
    return hidden.isEmpty() ? List.of(PREVENT.inputs().get(7)) : hidden;
  }

  /** Safety: 34. Whatever is protected: nothing of it is left, all else is, and sums are right. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatIsLeftNamesNothingProtectedAndAddsUp(long seed) {
    List<ModelInput> hidden = some(seed);
    String left = JournalJson.write(open(entry(predicted(), hidden)).with((Protection) null));

    for (ModelInput input : PREVENT.inputs()) {
      for (String mark : marks(input)) {
        if (hidden.contains(input)) {
          assertThat(left).doesNotContain(mark);
        } else {
          assertThat(left).contains(mark);
        }
      }
    }
    Result.Predicted result =
        (Result.Predicted) open(entry(predicted(), hidden)).runs().get(0).result();
    for (Score score : result.scores()) {
      Explanation.OfOutput of = result.explanation().output(score.output()).orElseThrow();
      double sum = of.base() + of.contributions().stream().mapToDouble(Contribution::phi).sum();
      assertThat(sum).isCloseTo(score.margin(), within(1e-12));
    }
    for (ModelInput input : hidden) {
      assertThat(result.explanation().reference()).doesNotContain(input.title() + " ");
    }
    assertThat(result.explanation().reference()).contains(Redaction.WITHHELD);
  }

  /** Safety: 34. */
  @Test
  void toWhomItMayBeNamedAllIsLeft() {
    JournalEntry entry = entry(predicted(), some(1));
    JournalEntry named = entry.with(Objects.requireNonNull(entry.protection()).named(true));

    assertThat(open(named)).isEqualTo(named);
    assertThat(JournalJson.read(JournalJson.write(named))).isEqualTo(named);
  }

  /** Safety: 34. A result is shown without what may not be named, and all that names it is not. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void resourcesThatNameItBearItsLabel(long seed) {
    List<ModelInput> hidden = some(seed);
    List<Resource> resources =
        PredictionResources.render(entry(predicted(), hidden), "Patient/p1", m -> PREVENT);

    assertThat(resources)
        .extracting(r -> r.getIdElement().getIdPart().substring(ID.length()))
        .containsExactly(".0", ".0.explanation", ".provenance", ".provenance.protected");
    for (Resource resource : resources) {
      boolean isLabelled = labels(resource).contains("SUD");
      String id = resource.getIdElement().getIdPart();
      assertThat(isLabelled).as(id).isEqualTo(!id.endsWith(".0") && !id.endsWith(".provenance"));
      String json = FHIR.newJsonParser().encodeResourceToString(resource);
      for (ModelInput input : hidden) {
        String evidence = "Condition/of-" + input.feature() + "/";
        if (isLabelled) {
          assertThat(json).contains(evidence.substring(0, evidence.length() - 1));
        } else {
          assertThat(json).doesNotContain(evidence.substring(0, evidence.length() - 1) + "\"");
          assertThat(json).doesNotContain(evidence).doesNotContain("explanation");
        }
      }
    }
  }

  /** Without anything protected there is one Provenance, and no label. */
  @Test
  void nothingProtectedNothingLabelled() {
    List<Resource> resources =
        PredictionResources.render(entry(predicted(), List.of()), "Patient/p1", m -> PREVENT);

    assertThat(resources)
        .extracting(r -> r.getIdElement().getIdPart().substring(ID.length()))
        .containsExactly(".0", ".0.explanation", ".provenance");
    assertThat(resources).noneMatch(r -> labels(r).contains("SUD"));
  }

  /** Safety: 34. What is missing, or rules the patient out, tells of it as much as a value. */
  @Test
  void aReasonThatNamesItIsNeutralAndItsResourceLabelled() {
    ModelInput diabetes = PREVENT.inputs().get(7);
    ModelInput pressure = PREVENT.inputs().get(4);
    List<Reason> reasons =
        List.of(
            new Reason("not-recorded", diabetes.name(), "diabetes: not recorded", List.of()),
            new Reason("some-rule", diabetes.feature(), "not for people with diabetes", List.of()),
            new Reason("not-recorded", pressure.name(), "pressure: not recorded", List.of()));
    for (Result result :
        List.of(new Result.NotAssessed(reasons), new Result.NotEligible(reasons))) {
      JournalEntry entry = entry(result, List.of(diabetes));

      Result left = open(entry).runs().get(0).result();
      List<Reason> open =
          left instanceof Result.NotAssessed not
              ? not.reasons()
              : ((Result.NotEligible) left).reasons();
      assertThat(open)
          .containsExactly(
              new Reason("withheld", Redaction.WITHHELD, Redaction.WITHHELD, List.of()),
              reasons.get(2));
      assertThat(PredictionResources.render(entry, "Patient/p1", m -> PREVENT))
          .singleElement()
          .satisfies(r -> assertThat(r).isInstanceOf(GuidanceResponse.class))
          .satisfies(r -> assertThat(labels(r)).contains("SUD"));
    }
  }

  /** Safety: 34. A result that is about such a condition is labelled, and left out. */
  @Test
  void aResultAboutItIsLeftOutWhole() {
    PredictionModel about =
        PREVENT.withRegister(
            List.of(new SensitiveUse(Part.OUTPUT, "ascvd", Sensitivity.HIV, "for this test")));
    JournalEntry plain = entry(predicted(), List.of());
    JournalEntry entry = plain.with(new Protection(Map.of(), Map.of(), List.of("HIV"), false));

    assertThat(Redaction.forCaller(entry, canonical -> Optional.of(about)).runs()).isEmpty();
    List<Resource> resources = PredictionResources.render(entry, "Patient/p1", m -> about);
    assertThat(resources)
        .extracting(r -> r.getIdElement().getIdPart().substring(ID.length()))
        .containsExactly(".0", ".0.explanation", ".provenance.protected");
    assertThat(resources).allMatch(r -> labels(r).contains("HIV"));
  }

  private static List<String> labels(Resource resource) {
    return resource.getMeta().getSecurity().stream().map(Coding::getCode).toList();
  }

  /** Safety: 34. The models that ship say what they take; a wrong register is refused at once. */
  @Test
  void aRegisterIsReadAndHeldToItsForm() {
    assertThat(PREVENT.register())
        .extracting(SensitiveUse::name, SensitiveUse::kind)
        .containsExactly(Tuple.tuple("age", Sensitivity.AGE), Tuple.tuple("sex", Sensitivity.SEX));
    Library wrong = library();
    var unknown = wrong.addExtension().setUrl(ModelUrls.SENSITIVE_USE);
    unknown.addExtension("feature", new StringType("height"));
    unknown.addExtension("kind", new CodeType("fame"));
    var neither = wrong.addExtension().setUrl(ModelUrls.SENSITIVE_USE);
    neither.addExtension("kind", new CodeType("age"));
    var absent = wrong.addExtension().setUrl(ModelUrls.SENSITIVE_USE);
    absent.addExtension("output", new StringType("fame"));
    absent.addExtension("kind", new CodeType("hiv"));
    absent.addExtension("use", new StringType("for this test"));

    assertThat(PredictionModels.read(wrong))
        .isInstanceOfSatisfying(
            Parsed.Refused.class,
            refused ->
                assertThat(String.valueOf(refused.problems()))
                    .contains("'fame' is no kind of sensitivity")
                    .contains("it names neither feature nor output")
                    .contains("the model reads or gives no fame")
                    .contains("[2].use"));
  }

  private static PredictionModel starter() {
    return PredictionModels.read(library()).orThrow();
  }

  private static Library library() {
    try (InputStream json =
        ProtectionTest.class.getResourceAsStream("/org/auscult/ig/Library-prevent-2023.json")) {
      return FHIR.newJsonParser().parseResource(Library.class, Objects.requireNonNull(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
