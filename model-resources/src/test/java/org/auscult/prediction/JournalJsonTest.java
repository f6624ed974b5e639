package org.auscult.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.auscult.display.Decision;
import org.auscult.display.Urgency;
import org.auscult.display.WithheldReason;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.timeline.AsOf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalJsonTest {
  @Test
  void readsBackExactlyWhatWasWritten() {
    Entries entries = new Entries(7);
    for (int i = 0; i < 1000; i++) {
      JournalEntry entry = entries.next();

      // Records compare doubles by their bits, so this holds -0.0 and 0.0 apart.
      assertThat(JournalJson.read(JournalJson.write(entry))).isEqualTo(entry);
    }
  }

  @Test
  void readsBackAnswers() {
    Entries entries = new Entries(8);
    for (int i = 0; i < 200; i++) {
      Feedback answer = entries.answerTo(entries.next());

      assertThat(JournalJson.readFeedback(JournalJson.write(answer))).isEqualTo(answer);
    }
  }

  /** Safety: 26. */
  @Test
  void readsAnAnswerFromBeforeItWasKeptWhoAnswers() {
    String stored =
        """
        {"card":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","service":"cvd-risk",\
        "outcome":"OVERRIDDEN","at":"2024-05-03T08:00:00Z","acceptedSuggestions":[],\
        "reasonCode":"other","userComment":"c"%s}""";
    Feedback old = JournalJson.readFeedback(stored.formatted(""));
    String by = ",\"by\":{\"way\":\"APP\",\"user\":\"Practitioner/1\",\"client\":\"app\"}";
    Feedback recent = JournalJson.readFeedback(stored.formatted(by));

    assertThat(old.by()).isNull();
    assertThat(JournalJson.write(old)).isEqualTo(stored.formatted(""));
    assertThat(recent.by()).isEqualTo(Answerer.ofUser("Practitioner/1", "app"));
    assertThat(JournalJson.write(recent)).isEqualTo(stored.formatted(by));
  }

  private static final Instant AT = Instant.parse("2024-05-03T08:00:00Z");

  private static JournalEntry entry(DeploymentRun run, @Nullable FactBasis basis) {
    return new JournalEntry(
        UUID.fromString("3f2504e0-4f89-41d3-9a0c-0305e82c3300"),
        AT,
        new Call("cvd-risk", "patient-view", "i1", new Caller(null, "Practitioner/1", null, null)),
        new Subject("", "p1"),
        AT,
        4,
        0,
        List.of(run),
        null,
        basis,
        List.of());
  }

  private static final ModelRun NOT_ELIGIBLE =
      new ModelRun(
          0,
          "https://example.org/model|1",
          new FeatureVector("https://example.org/set|1", "p1", AsOf.epoch(AT, 4), 4, List.of()),
          new Result.NotEligible(
              List.of(
                  new Reason("known-cvd", "cvd", "has it", List.of("Condition/1/_history/2")))));

  private static final ModelRun NOT_ASSESSED =
      new ModelRun(
          1,
          NOT_ELIGIBLE.model(),
          NOT_ELIGIBLE.vector(),
          new Result.NotAssessed(List.of(new Reason("unit", "a", "b", List.of()))));

  /** A stored row must stay readable, whatever is renamed in Java. */
  @Test
  void readsARowAsItWasStored() {
    JournalEntry entry =
        entry(
            new DeploymentRun(
                "https://example.org/d|1",
                List.of(NOT_ELIGIBLE),
                null,
                List.of(new Decision(1, "x", Urgency.WARNING, WithheldReason.UNCHANGED)),
                "https://example.org/d"),
            FactBasis.RECORD);
    String stored =
        """
        {"form":2,"entry":{"id":"3f2504e0-4f89-41d3-9a0c-0305e82c3300",\
        "recordedAt":"2024-05-03T08:00:00Z",\
        "call":{"service":"cvd-risk","hook":"patient-view","instance":"i1",\
        "caller":{"user":"Practitioner/1"}},\
        "subject":{"origin":"","id":"p1"},"indexTime":"2024-05-03T08:00:00Z","epoch":4,\
        "findings":0,"deployments":[{"deployment":"https://example.org/d|1",\
        "runs":[{"index":0,"model":"https://example.org/model|1",\
        "vector":{"featureSet":"https://example.org/set|1","patient":"p1",\
        "asOf":{"at":"2024-05-03T08:00:00Z","known":{"is":"in-epoch","epoch":4}},"epoch":4,\
        "entries":[]},"result":{"is":"not-eligible","reasons":[{"code":"known-cvd",\
        "input":"cvd","text":"has it","evidence":["Condition/1/_history/2"]}]}}],\
        "decisions":[{"card":1,"says":"x","urgency":"WARNING","withheld":"UNCHANGED"}],\
        "memory":"https://example.org/d"}],"basis":"RECORD"}}""";

    assertThat(JournalJson.read(stored)).isEqualTo(entry);
    assertThat(JournalJson.write(entry)).isEqualTo(stored);
    // Before the basis was kept.
    assertThat(JournalJson.read(stored.replace(",\"basis\":\"RECORD\"", "")).basis()).isNull();
  }

  /** Form 1 knew one deployment for each call, and showed whatever could be shown. */
  @Test
  void readsARowOfFormOne() {
    String run =
        """
        "vector":{"featureSet":"https://example.org/set|1","patient":"p1",\
        "asOf":{"at":"2024-05-03T08:00:00Z","known":{"is":"in-epoch","epoch":4}},"epoch":4,\
        "entries":[]},"result":""";
    String stored =
        """
        {"form":1,"entry":{"id":"3f2504e0-4f89-41d3-9a0c-0305e82c3300",\
        "recordedAt":"2024-05-03T08:00:00Z",\
        "call":{"service":"cvd-risk","hook":"patient-view","instance":"i1",\
        "user":"Practitioner/1"%s},\
        "subject":{"origin":"","id":"p1"},"indexTime":"2024-05-03T08:00:00Z","epoch":4,\
        "findings":0,"runs":[{"index":0,"model":"https://example.org/model|1",%s\
        {"is":"not-eligible","reasons":[{"code":"known-cvd",\
        "input":"cvd","text":"has it","evidence":["Condition/1/_history/2"]}]}},\
        {"index":1,"model":"https://example.org/model|1",%s\
        {"is":"not-assessed","reasons":[{"code":"unit","input":"a","text":"b","evidence":[]}]}}]}}""";
    List<ModelRun> runs = List.of(NOT_ELIGIBLE, NOT_ASSESSED);
    List<Decision> decisions = List.of(new Decision(2, "", Urgency.INFO, null));

    assertThat(
            JournalJson.read(
                stored.formatted(",\"deployment\":\"https://example.org/d|1\"", run, run)))
        .isEqualTo(
            entry(new DeploymentRun("https://example.org/d|1", runs, null, decisions, null), null));
    assertThat(JournalJson.read(stored.formatted("", run, run)))
        .isEqualTo(entry(new DeploymentRun(null, runs, null, decisions, null), null));
  }

  @Test
  void refusesAnotherFormAndDamage() {
    String json = JournalJson.write(new Entries(9).next());

    assertThatThrownBy(() -> JournalJson.read(json.replace("\"form\":2", "\"form\":99")))
        .hasMessageContaining("form 99");
    assertThatThrownBy(() -> JournalJson.read(json.substring(0, json.length() / 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JournalJson.read("{}")).isInstanceOf(IllegalArgumentException.class);
  }
}
