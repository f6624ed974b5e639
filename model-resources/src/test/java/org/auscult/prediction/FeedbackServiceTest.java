package org.auscult.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.auscult.display.Decision;
import org.auscult.display.Urgency;
import org.auscult.display.WithheldReason;
import org.auscult.explanation.Explanation;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.Feedback.Outcome;
import org.auscult.prediction.FeedbackResult.Reason;
import org.auscult.prediction.FeedbackResult.Refused;
import org.auscult.prediction.FeedbackResult.Taken;
import org.auscult.timeline.AsOf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one core behind an EHR's feedback and a user's. Safety: 26. */
class FeedbackServiceTest {
  private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
  private static final String OURS = "https://ours.example.org/fhir";
  private static final String SUGGESTION = "00000000-0000-4000-8000-000000000002";
  private static final Answerer DOCTOR = Answerer.ofUser("Practitioner/1", "app");
  private static final CallerIdentity NORTH =
      new CallerIdentity("north", "https://north.example.org", null, null, "j1");

  private final InMemoryPredictionJournal journal = new InMemoryPredictionJournal();
  private Instant now = NOW;
  private final FeedbackService service =
      new FeedbackService(
          journal,
          (entry, card) -> card == 3 ? Set.of(SUGGESTION) : Set.of(),
          Set.of(OURS),
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });
  private final JournalEntry entry = journal.store(entry(OURS, "Practitioner/1", NORTH));

  /** Predictions 1 to 3: the card of the first was shown, of the second withheld; 3 suggests. */
  private static JournalEntry entry(
      @Nullable String server, @Nullable String user, @Nullable CallerIdentity who) {
    List<ModelRun> runs =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new ModelRun(
                        i,
                        "https://example.org/model|1",
                        new FeatureVector(
                            "https://example.org/set|1", "p1", AsOf.epoch(NOW, 1), 1, List.of()),
                        new ModelRun.Result.Predicted(
                            List.of(),
                            List.of(),
                            new Explanation("exact-shapley", "1", "r", List.of()))))
            .toList();
    return new JournalEntry(
        CardId.journal(UUID.randomUUID()),
        NOW,
        new Call(
            "s",
            "patient-view",
            UUID.randomUUID().toString(),
            new Caller(server, user, "p1", null, who)),
        new Subject("", "p1"),
        NOW,
        1,
        0,
        List.of(
            new DeploymentRun(
                "https://example.org/d|1",
                runs,
                null,
                List.of(
                    new Decision(1, "a", Urgency.INFO, null),
                    new Decision(2, "b", Urgency.INFO, WithheldReason.BELOW_THRESHOLD),
                    new Decision(3, "c", Urgency.INFO, null)),
                null)),
        FactBasis.RECORD);
  }

  private Feedback said(int card, Outcome outcome, String... suggestions) {
    return said(entry, card, outcome, suggestions);
  }

  private static Feedback said(
      JournalEntry entry, int card, Outcome outcome, String... suggestions) {
    return new Feedback(
        card == 0 ? entry.id() : CardId.of(entry.id(), card),
        "s",
        outcome,
        NOW,
        List.of(suggestions),
        null,
        null,
        null,
        null,
        null);
  }

  private static Answer taken(FeedbackResult result) {
    assertThat(result).isInstanceOf(Taken.class);
    return ((Taken) result).answer();
  }

  private static Answerer by(Answer answer) {
    return Objects.requireNonNull(answer.feedback().by());
  }

  private static Reason refused(FeedbackResult result) {
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).why();
  }

  @Test
  void keepsWhoAnsweredAndByWhichWay() {
    Answer ofUser = taken(service.ofUser(DOCTOR, said(1, Outcome.OVERRIDDEN), NOW));
    assertThat(ofUser.feedback().by()).isEqualTo(DOCTOR);
    assertThat(ofUser.other()).isNull();

    Answer ofEhr = taken(service.ofEhr(NORTH, said(3, Outcome.OVERRIDDEN)));
    assertThat(ofEhr.feedback().by())
        .isEqualTo(new Answerer(Answerer.Way.EHR, "Practitioner/1", null, "north"));
    assertThat(journal.answers()).containsExactly(ofUser, ofEhr);
  }

  @Test
  void namesAnotherServersUserWithThatServer() {
    JournalEntry foreign =
        journal.store(entry("https://other.example.org/fhir", "Practitioner/1", null));
    Answer ofEhr = taken(service.ofEhr(null, said(foreign, 1, Outcome.OVERRIDDEN)));
    Answer ofNamesake = taken(service.ofUser(DOCTOR, said(foreign, 1, Outcome.OVERRIDDEN), NOW));
    JournalEntry unknown = journal.store(entry(null, "Practitioner/1", null));
    Answer ofNobodyKnows = taken(service.ofEhr(null, said(unknown, 1, Outcome.OVERRIDDEN)));

    assertThat(by(ofEhr).reference()).isEqualTo("https://other.example.org/fhir/Practitioner/1");
    assertThat(ofNamesake.other()).as("not the one who saw the card").isEqualTo("Practitioner/1");
    assertThat(ofNamesake.id()).isNotEqualTo(ofEhr.id());
    assertThat(by(ofNobodyKnows).reference()).isNull();
  }

  /** A user may answer what they may see, also where no card of it was shown. */
  @Test
  void anEhrAnswersShownCardsOnlyAUserAnyPrediction() {
    assertThat(refused(service.ofEhr(NORTH, said(2, Outcome.OVERRIDDEN))))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(taken(service.ofUser(DOCTOR, said(2, Outcome.OVERRIDDEN), null)).feedback().card())
        .isEqualTo(CardId.of(entry.id(), 2));
    JournalEntry ofOperation =
        journal.store(
            new JournalEntry(
                CardId.journal(UUID.randomUUID()),
                NOW,
                Call.ofOperation("$predict", "i1"),
                entry.subject(),
                NOW,
                1,
                0,
                List.of(DeploymentRun.ofOperation(entry.runs())),
                FactBasis.RECORD));
    assertThat(
            taken(service.ofUser(DOCTOR, said(ofOperation, 1, Outcome.OVERRIDDEN), null)).other())
        .isEqualTo("Practitioner/1");
  }

  @Test
  void knowsNoCardThatIsNoneOfItsOwn() {
    Feedback stranger = said(entry(OURS, "Practitioner/1", null), 1, Outcome.OVERRIDDEN);
    CallerIdentity south =
        new CallerIdentity("south", "https://south.example.org", null, null, "j1");

    assertThat(refused(service.ofUser(DOCTOR, stranger, null))).isEqualTo(Reason.UNKNOWN);
    assertThat(refused(service.ofEhr(NORTH, stranger))).isEqualTo(Reason.UNKNOWN);
    for (int none : new int[] {0, 4, 255}) {
      assertThat(refused(service.ofUser(DOCTOR, said(none, Outcome.OVERRIDDEN), null)))
          .isEqualTo(Reason.UNKNOWN);
    }
    assertThat(refused(service.ofEhr(south, said(1, Outcome.OVERRIDDEN))))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(journal.answers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/1",
        "RelatedPerson/1",
        "https://idp.example.org/Patient/1",
        "Person/1",
        "Device/1",
        "Practitioner/",
        "Practitioner/1/x",
        "somebody"
      })
  void takesNoAnswerOfWhoeverIsNoClinician(String user) {
    assertThat(
            refused(service.ofUser(Answerer.ofUser(user, "app"), said(1, Outcome.OVERRIDDEN), NOW)))
        .isEqualTo(Reason.NO_CLINICIAN);
    assertThat(journal.answers()).isEmpty();
  }

  @Test
  void takesNoAnswerFromTheFuture() {
    Instant last = NOW.plus(FeedbackService.SKEW);

    assertThat(refused(service.ofUser(DOCTOR, said(1, Outcome.OVERRIDDEN), last.plusMillis(1))))
        .isEqualTo(Reason.FUTURE);
    assertThat(journal.answers()).isEmpty();
    assertThat(taken(service.ofUser(DOCTOR, said(1, Outcome.OVERRIDDEN), last)).feedback().at())
        .isEqualTo(last);
  }

  /** Safety: 25. */
  @Test
  void acceptedIsForTheSuggestionsOfAShownCard() {
    String another = UUID.randomUUID().toString();

    assertThat(refused(service.ofUser(DOCTOR, said(1, Outcome.ACCEPTED, SUGGESTION), NOW)))
        .isEqualTo(Reason.NOTHING_TO_ACCEPT);
    assertThat(refused(service.ofUser(DOCTOR, said(2, Outcome.ACCEPTED, SUGGESTION), NOW)))
        .isEqualTo(Reason.NOTHING_TO_ACCEPT);
    assertThat(refused(service.ofUser(DOCTOR, said(3, Outcome.ACCEPTED), NOW)))
        .isEqualTo(Reason.NO_SUGGESTION_OF_IT);
    assertThat(refused(service.ofUser(DOCTOR, said(3, Outcome.ACCEPTED, SUGGESTION, another), NOW)))
        .isEqualTo(Reason.NO_SUGGESTION_OF_IT);
    assertThat(journal.answers()).isEmpty();
    Answer taken = taken(service.ofUser(DOCTOR, said(3, Outcome.ACCEPTED, SUGGESTION), NOW));
    assertThat(taken.feedback().acceptedSuggestions()).containsExactly(SUGGESTION);
  }

  @Test
  void countsARepetitionOnceWithATimeAndWithout() {
    Answer first = taken(service.ofUser(DOCTOR, said(1, Outcome.OVERRIDDEN), NOW));
    assertThat(taken(service.ofUser(DOCTOR, said(1, Outcome.OVERRIDDEN), NOW))).isEqualTo(first);
    assertThat(taken(service.ofEhr(NORTH, said(1, Outcome.OVERRIDDEN))))
        .as("the same user's, told by the EHR too")
        .isEqualTo(first);
    assertThat(journal.answers()).hasSize(1);

    Answer untimed = taken(service.ofUser(DOCTOR, said(3, Outcome.OVERRIDDEN), null));
    now = NOW.plusSeconds(30);
    assertThat(taken(service.ofUser(DOCTOR, said(3, Outcome.OVERRIDDEN), null))).isEqualTo(untimed);
    assertThat(journal.answers()).hasSize(2);
  }

  @Test
  void aChangeOfMindIsNoRepetition() {
    Answer first = taken(service.ofUser(DOCTOR, said(3, Outcome.OVERRIDDEN), null));
    now = NOW.plusSeconds(1);
    Answer second = taken(service.ofUser(DOCTOR, said(3, Outcome.ACCEPTED, SUGGESTION), null));
    now = NOW.plusSeconds(2);
    Answer third = taken(service.ofUser(DOCTOR, said(3, Outcome.OVERRIDDEN), null));

    assertThat(journal.answers()).containsExactly(first, second, third);
  }

  @Test
  void twoUsersAnswersAreTwo() {
    Answerer colleague = Answerer.ofUser("PractitionerRole/2", "app");

    Answer own = taken(service.ofUser(DOCTOR, said(1, Outcome.OVERRIDDEN), NOW));
    Answer other = taken(service.ofUser(colleague, said(1, Outcome.OVERRIDDEN), NOW));
    Answer untimed = taken(service.ofUser(colleague, said(1, Outcome.OVERRIDDEN), null));

    assertThat(other.other()).isEqualTo("PractitionerRole/2");
    assertThat(untimed).as("says what the last one said").isEqualTo(other);
    assertThat(journal.answers()).containsExactly(own, other);
  }

  /** As when a button is pressed twice and the presses arrive at once. */
  @Test
  void twoAtTheSameMomentAreOne() {
    FeedbackService blind =
        new FeedbackService(
            new PredictionJournal() {
              @Override
              public JournalEntry store(JournalEntry stored) {
                return journal.store(stored);
              }

              @Override
              public Optional<JournalEntry> find(UUID id) {
                return journal.find(id);
              }

              @Override
              public Optional<JournalEntry> find(Call call, Subject subject) {
                return journal.find(call, subject);
              }

              @Override
              public Optional<Answer> store(Answer answer) {
                return journal.store(answer);
              }

              @Override
              public List<Answer> answers(UUID id) {
                return List.of();
              }
            },
            (e, card) -> Set.of(),
            Set.of(OURS),
            Clock.fixed(NOW.plusMillis(7), ZoneOffset.UTC));

    Answer first = taken(service.ofUser(DOCTOR, said(1, Outcome.OVERRIDDEN), null));
    Answer second = taken(blind.ofUser(DOCTOR, said(1, Outcome.OVERRIDDEN), null));

    assertThat(second).isEqualTo(first);
    assertThat(journal.answers()).hasSize(1);
  }
}
