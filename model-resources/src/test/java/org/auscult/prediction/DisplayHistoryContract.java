package org.auscult.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.auscult.display.Audience;
import org.auscult.display.Decision;
import org.auscult.display.DisplayRules;
import org.auscult.display.FiringRate;
import org.auscult.display.Past;
import org.auscult.display.Shown;
import org.auscult.display.Urgency;
import org.auscult.display.WithheldReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every display history must do, with the journal beside it. Safety: 24, 25. */
public abstract class DisplayHistoryContract {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final String EHR = "https://ehr.example.org/fhir";
  private static final DisplayRules WEEK =
      new DisplayRules(Audience.ALL, Duration.ofDays(7), null, null, 10);

  private final String memory = "https://example.org/" + UUID.randomUUID();
  private final Subject subject = new Subject(EHR, UUID.randomUUID().toString());

  protected abstract PredictionJournal journal();

  protected abstract DisplayHistory history();

  private static Call call(String server, @Nullable String user) {
    return new Call(
        "s", "patient-view", UUID.randomUUID().toString(), new Caller(server, user, "p1", null));
  }

  private JournalEntry store(Call call, Instant at, Decision... decisions) {
    return journal()
        .store(
            new JournalEntry(
                CardId.journal(UUID.randomUUID()),
                at,
                call,
                subject,
                at,
                0,
                0,
                List.of(
                    new DeploymentRun(memory + "|1", List.of(), null, List.of(decisions), memory)),
                FactBasis.RECORD));
  }

  private static Decision decision(int card, String says, @Nullable WithheldReason withheld) {
    return new Decision(card, says, Urgency.WARNING, withheld);
  }

  private Past past(Call call) {
    return history().past(memory, WEEK, call, subject, NOW);
  }

  @Test
  void knowsWhatTheUserWasShownNewestFirst() {
    Call call = call(EHR, "Practitioner/1");
    store(call, NOW.minusSeconds(9), decision(1, "first", null));
    store(
        call(EHR, "Practitioner/1"),
        NOW.minusSeconds(5),
        decision(1, "withheld", WithheldReason.QUIET_PERIOD),
        decision(2, "second", null));

    assertThat(past(call).shown())
        .containsExactly(
            new Shown(NOW.minusSeconds(5), "second", Urgency.WARNING, null),
            new Shown(NOW.minusSeconds(9), "first", Urgency.WARNING, null));
  }

  @Test
  void anotherUserAnotherEhrAndAnotherPatientAreOthers() {
    store(call(EHR, "Practitioner/1"), NOW.minusSeconds(9), decision(1, "a", null));

    assertThat(past(call(EHR, "Practitioner/2")).shown()).isEmpty();
    assertThat(past(call("https://other.example.org", "Practitioner/1")).shown()).isEmpty();
    assertThat(past(call(EHR, null)).shown()).isEmpty();
    Subject sameIdElsewhere = new Subject("", subject.id());
    assertThat(
            history().past(memory, WEEK, call(EHR, "Practitioner/1"), sameIdElsewhere, NOW).shown())
        .isEmpty();
    assertThat(history().past("another", WEEK, call(EHR, "Practitioner/1"), subject, NOW).shown())
        .isEmpty();
  }

  @Test
  void forgetsWhatIsOlderThanTheLongestSilence() {
    Call call = call(EHR, "Practitioner/1");
    store(call, NOW.minus(Duration.ofDays(7)).minusMillis(1), decision(1, "a", null));
    assertThat(past(call).shown()).isEmpty();

    store(call(EHR, "Practitioner/1"), NOW.minus(Duration.ofDays(7)), decision(1, "b", null));
    assertThat(past(call).shown()).hasSize(1);
  }

  @Test
  void knowsThatACardWasOverridden() {
    Call call = call(EHR, "Practitioner/1");
    JournalEntry entry =
        store(call, NOW.minusSeconds(60), decision(1, "a", null), decision(2, "b", null));
    journal()
        .store(
            kept(
                new Feedback(
                    CardId.of(entry.id(), 2),
                    "s",
                    Feedback.Outcome.OVERRIDDEN,
                    NOW,
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null),
                null));
    journal()
        .store(
            kept(
                new Feedback(
                    CardId.of(entry.id(), 1),
                    "s",
                    Feedback.Outcome.ACCEPTED,
                    NOW,
                    List.of("x"),
                    null,
                    null,
                    null,
                    null,
                    null),
                null));

    for (Shown shown : past(call).shown()) {
      assertThat(shown.overriddenAt() != null).as(shown.says()).isEqualTo(shown.says().equals("b"));
    }
    assertThat(past(call).shown()).hasSize(2);
  }

  private static Answer kept(Feedback feedback, @Nullable String other) {
    return new Answer(UUID.randomUUID(), feedback, other);
  }

  /** Safety: 24, 26. */
  @Test
  void anotherUsersOverrideSilencesNothing() {
    Call call = call(EHR, "Practitioner/1");
    JournalEntry entry = store(call, NOW.minusSeconds(60), decision(1, "a", null));
    Feedback override =
        new Feedback(
            CardId.of(entry.id(), 1),
            "s",
            Feedback.Outcome.OVERRIDDEN,
            NOW,
            List.of(),
            null,
            null,
            null,
            null,
            Answerer.ofUser("Practitioner/2", "app"));

    journal().store(kept(override, "Practitioner/2"));
    assertThat(past(call).shown()).extracting(Shown::overriddenAt).containsExactly((Instant) null);

    journal().store(kept(override, null));
    assertThat(past(call).shown()).extracting(Shown::overriddenAt).doesNotContainNull();
  }

  @Test
  void aRetryIsShownOnce() {
    Call call = call(EHR, "Practitioner/1");
    store(call, NOW, decision(1, "a", null));
    store(call, NOW, decision(1, "a", null));

    assertThat(past(call).shown()).hasSize(1);
  }

  @Test
  void countsCallsAndThoseThatSpoke() {
    Instant lately = NOW.minus(Duration.ofDays(1));
    store(call(EHR, "Practitioner/1"), lately, decision(1, "a", null), decision(2, "b", null));
    store(call(EHR, null), lately, decision(1, "a", WithheldReason.BELOW_THRESHOLD));
    store(call(EHR, "Practitioner/2"), lately);
    store(
        call(EHR, "Practitioner/3"),
        NOW.minus(DisplayRules.CEILING_WINDOW).minusSeconds(1),
        decision(1, "a", null));

    assertThat(past(call(EHR, "Practitioner/1")).rate()).isEqualTo(new FiringRate(3, 1));
  }
}
