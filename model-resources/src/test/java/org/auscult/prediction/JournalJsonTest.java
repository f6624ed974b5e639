package org.auscult.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.auscult.explanation.Explanation;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.MissingReason;
import org.auscult.timeline.AsOf;
import org.junit.jupiter.api.Test;

class JournalJsonTest {
  private static final Instant NOW = Instant.parse("2026-03-29T01:30:00.123456789Z");

  @Test
  void readsBackExactlyWhatItWrote() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      JournalEntry entry = entry(random);
      assertThat(JournalJson.read(JournalJson.write(entry))).isEqualTo(entry);
    }
  }

  @Test
  void readsBackFeedback() {
    Feedback feedback =
        new Feedback(
            UUID.randomUUID(),
            "cvd-risk",
            Feedback.Outcome.OVERRIDDEN,
            NOW,
            List.of(),
            "urn:reasons",
            "data-wrong",
            null,
            "the \"pressure\" was\nsomebody else's");

    assertThat(JournalJson.readFeedback(JournalJson.write(feedback))).isEqualTo(feedback);
  }

  @Test
  void refusesAFormThatItDoesNotKnow() {
    String other =
        JournalJson.write(entry(new Random(1))).replaceFirst("\"form\":1", "\"form\":99");

    assertThatThrownBy(() -> JournalJson.read(other)).hasMessageContaining("form 99");
  }

  private static JournalEntry entry(Random random) {
    FeatureValue present =
        new FeatureValue.Present(
            random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20),
            "mg/dL",
            null,
            List.of("Observation/1/_history/2"),
            NOW,
            NOW.plusNanos(random.nextInt(1_000)),
            FeatureValue.Origin.RECORD);
    FeatureValue missing = new FeatureValue.Missing(MissingReason.COMPARATOR, ">60");
    FeatureVector vector =
        new FeatureVector(
            "https://example.org/set|1",
            "12",
            random.nextBoolean() ? AsOf.current(NOW) : AsOf.epoch(NOW, random.nextInt()),
            random.nextInt(),
            List.of(
                new FeatureVector.Entry("a", "https://example.org/a|1", "A", present),
                new FeatureVector.Entry("b", "https://example.org/b|1", "B", missing)));
    Explanation explanation =
        new Explanation(
            "exact-shapley",
            "1",
            "same sex",
            List.of(
                new Explanation.OfOutput(
                    "risk",
                    random.nextDouble(),
                    List.of(new Explanation.Contribution("a", random.nextGaussian())))));
    List<ModelRun> runs =
        List.of(
            new ModelRun(
                0,
                "https://example.org/m|1",
                vector,
                new ModelRun.Result.Predicted(
                    List.of(
                        new InputValue(
                            "a", random.nextDouble(), "mg/dL", null, List.of(), null, null)),
                    List.of(new Score("risk", random.nextGaussian(), random.nextDouble())),
                    explanation)),
            new ModelRun(
                1,
                "https://example.org/n|1",
                vector,
                new ModelRun.Result.NotEligible(
                    List.of(new Reason("too-young", "age", "under 30", List.of())))),
            new ModelRun(
                2,
                "https://example.org/o|1",
                vector,
                new ModelRun.Result.NotAssessed(
                    List.of(new Reason("unit", "b", "no unit", List.of())))));
    return new JournalEntry(
        CardId.journal(new UUID(random.nextLong(), random.nextLong())),
        NOW,
        new Call("cvd-risk", "patient-view", "instance", null),
        new Subject("https://ehr.example.org/fhir", "123"),
        NOW,
        3,
        0,
        runs);
  }
}
