package org.auscult.prove.crash;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.auscult.explanation.Explanation;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.Answer;
import org.auscult.prediction.Call;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.InputValue;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Score;
import org.auscult.prediction.Subject;
import org.auscult.timeline.AsOf;

/** Journal entries of the right form and size, without a model. */
final class SyntheticEntry {
  private static final String MODEL = "https://auscult.org/fhir/Library/crash|1.0.0";
  private static final String SET = "https://auscult.org/fhir/Library/crash-inputs|1.0.0";
  private static final int INPUTS = 10;
  private static final Caller CALLER =
      new Caller("https://ehr.example/fhir", "Practitioner/1", "1", null);

  private SyntheticEntry() {}

  /** A new entry for a call; its id is random, so that a doubled one would have another. */
  static JournalEntry of(String instance) {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    Random random = new Random(instance.hashCode());
    List<InputValue> inputs =
        random
            .doubles(INPUTS)
            .mapToObj(
                v ->
                    new InputValue(
                        "x" + v, v, "1", null, List.of("Observation/1/_history/1"), now, null))
            .toList();
    List<FeatureVector.Entry> features =
        inputs.stream()
            .map(
                i ->
                    new FeatureVector.Entry(
                        i.input(),
                        SET,
                        i.input(),
                        new FeatureValue.Present(
                            i.value(),
                            "1",
                            null,
                            i.evidence(),
                            now,
                            now,
                            FeatureValue.Origin.RECORD)))
            .toList();
    Explanation explanation =
        new Explanation(
            "exact-shapley",
            "1",
            "nobody",
            List.of(
                new Explanation.OfOutput(
                    "risk",
                    0,
                    inputs.stream()
                        .map(i -> new Explanation.Contribution(i.input(), i.value()))
                        .toList())));
    ModelRun run =
        new ModelRun(
            0,
            MODEL,
            new FeatureVector(SET, "1", AsOf.current(now), 1, features),
            new ModelRun.Result.Predicted(
                inputs, List.of(new Score("risk", 0.5, random.nextDouble())), explanation));
    return new JournalEntry(
        CardId.journal(UUID.randomUUID()),
        now,
        new Call("crash", "patient-view", instance, CALLER),
        new Subject("", "1"),
        now,
        1,
        0,
        List.of(DeploymentRun.ofOperation(List.of(run))),
        FactBasis.RECORD);
  }

  /** The answer to an entry's card; always the same one. */
  static Answer answer(UUID journal) {
    UUID card = CardId.of(journal, 1);
    return new Answer(
        UUID.nameUUIDFromBytes(card.toString().getBytes(StandardCharsets.UTF_8)),
        new Feedback(
            card,
            "crash",
            Feedback.Outcome.OVERRIDDEN,
            Instant.EPOCH,
            List.of(),
            null,
            null,
            null,
            null,
            null),
        null);
  }
}
