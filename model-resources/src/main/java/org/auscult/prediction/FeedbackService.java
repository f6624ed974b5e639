package org.auscult.prediction;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.auscult.prediction.Feedback.Outcome;
import org.auscult.prediction.FeedbackResult.Refused;
import org.auscult.prediction.FeedbackResult.Taken;
import org.jspecify.annotations.Nullable;

/**
 * Takes answers to cards and predictions, whichever way they come: that they belong to one of ours,
 * that whoever answers may, and that each is stored once, is decided here (safety rule 26).
 *
 * <p>An EHR answers the cards that it showed, and its word is taken as it is: what it says of
 * suggestions and times cannot be asked again. A user answers any prediction that the caller of
 * this class let them see, whether a card of it was shown or not; {@code accepted} exists only
 * where a shown card had suggestions (safety rule 25).
 *
 * <p>Threads: safe if the journal is.
 */
public final class FeedbackService {
  /** How far a user's clock may be ahead of ours. */
  public static final Duration SKEW = Duration.ofMinutes(1);

  private final PredictionJournal journal;
  private final Suggestions suggestions;
  private final Set<String> ownServers;
  private final Clock clock;

  /** Knows what a shown card offered to be taken over. */
  public interface Suggestions {
    /**
     * The uuids of a card's suggestions.
     *
     * @param number of a card that was shown
     */
    Set<String> of(JournalEntry entry, int number);
  }

  /**
   * @param ownServers FHIR base URLs whose ids are those of our record
   */
  public FeedbackService(
      PredictionJournal journal, Suggestions suggestions, Set<String> ownServers, Clock clock) {
    this.journal = Objects.requireNonNull(journal);
    this.suggestions = Objects.requireNonNull(suggestions);
    this.ownServers = Set.copyOf(ownServers);
    this.clock = Objects.requireNonNull(clock);
  }

  /**
   * Takes an EHR's feedback on a card that this service showed to it.
   *
   * @param who what a token proved of the EHR; null if nothing: then any card of the service may be
   *     answered, as any may that was shown to nobody known
   * @param said its {@code by} does not count
   */
  public FeedbackResult ofEhr(@Nullable CallerIdentity who, Feedback said) {
    Optional<JournalEntry> entry =
        entry(said)
            .filter(e -> e.call().service().equals(said.service()))
            .filter(e -> e.shows(CardId.number(said.card())))
            .filter(e -> mayAnswer(who, e.call().caller().identity()));
    if (entry.isEmpty()) {
      return new Refused(FeedbackResult.Reason.UNKNOWN);
    }
    Caller caller = entry.get().call().caller();
    Answerer by = Answerer.ofEhr(caller.user(), isOurs(caller) ? null : server(caller), who);
    Feedback feedback = said.given(by, said.at());
    return stored(new Answer(id(feedback, String.valueOf(feedback.at()), null), feedback, null));
  }

  /**
   * Takes a user's answer to a prediction.
   *
   * @param by the user, who may see the prediction
   * @param said its {@code at} counts only if {@code at} is given
   * @param at when the user answered; null for now: then the answer is a repetition if this user's
   *     last one to this card says the same
   */
  public FeedbackResult ofUser(Answerer by, Feedback said, @Nullable Instant at) {
    if (!by.isClinician()) {
      return new Refused(FeedbackResult.Reason.NO_CLINICIAN);
    }
    Optional<JournalEntry> found = entry(said);
    if (found.isEmpty() || !hasCard(found.get(), CardId.number(said.card()))) {
      return new Refused(FeedbackResult.Reason.UNKNOWN);
    }
    JournalEntry entry = found.get();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (at != null && at.isAfter(now.plus(SKEW))) {
      return new Refused(FeedbackResult.Reason.FUTURE);
    }
    Optional<FeedbackResult.Reason> wrong = wrongAcceptance(entry, said);
    if (wrong.isPresent()) {
      return new Refused(wrong.get());
    }
    String other = isViewer(by, entry) ? null : by.user();
    if (at != null) {
      Feedback feedback = said.given(by, at.truncatedTo(ChronoUnit.MILLIS));
      return stored(new Answer(id(feedback, feedback.at().toString(), other), feedback, other));
    }
    return withoutTime(said.given(by, now), other);
  }

  /**
   * Without a time, sending it again, after a while or at the same moment, gives the same id: it is
   * made of the answer before it.
   */
  private FeedbackResult withoutTime(Feedback feedback, @Nullable String other) {
    List<Answer> before =
        journal.answers(CardId.journal(feedback.card())).stream()
            .filter(a -> a.feedback().card().equals(feedback.card()))
            .filter(a -> Objects.equals(a.other(), other))
            .toList();
    Answer last = before.isEmpty() ? null : before.get(before.size() - 1);
    if (last != null && last.feedback().saysTheSameAs(feedback)) {
      return new Taken(last);
    }
    String after = "after " + (last == null ? "none" : last.id()) + " " + feedback.content();
    return stored(new Answer(id(feedback, after, other), feedback, other));
  }

  private FeedbackResult stored(Answer answer) {
    return journal
        .store(answer)
        .<FeedbackResult>map(Taken::new)
        .orElseGet(() -> new Refused(FeedbackResult.Reason.UNKNOWN));
  }

  private static UUID id(Feedback feedback, String when, @Nullable String other) {
    String same =
        feedback.card()
            + "/"
            + feedback.outcome()
            + "/"
            + when
            + (other == null ? "" : "/" + other);
    return UUID.nameUUIDFromBytes(same.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<JournalEntry> entry(Feedback said) {
    return CardId.number(said.card()) == 0
        ? Optional.empty()
        : journal.find(CardId.journal(said.card()));
  }

  private static boolean mayAnswer(@Nullable CallerIdentity who, @Nullable CallerIdentity shown) {
    return who == null || shown == null || who.client().equals(shown.client());
  }

  /** Whether a number is that of a prediction, or of a card that says why there is none. */
  private static boolean hasCard(JournalEntry entry, int number) {
    return entry.deployments().stream()
        .anyMatch(
            run ->
                run.decision(number).isPresent()
                    || run.runs().stream()
                        .anyMatch(
                            r ->
                                r.index() == number - 1
                                    && r.result() instanceof ModelRun.Result.Predicted)
                    || (run.orders() != null
                        && run.orders().findings().stream()
                            .anyMatch(f -> f.index() == number - 1)));
  }

  private Optional<FeedbackResult.Reason> wrongAcceptance(JournalEntry entry, Feedback said) {
    if (said.outcome() != Outcome.ACCEPTED) {
      return Optional.empty();
    }
    int number = CardId.number(said.card());
    Set<String> offered = entry.shows(number) ? suggestions.of(entry, number) : Set.of();
    if (offered.isEmpty()) {
      return Optional.of(FeedbackResult.Reason.NOTHING_TO_ACCEPT);
    }
    return !said.acceptedSuggestions().isEmpty() && offered.containsAll(said.acceptedSuggestions())
        ? Optional.empty()
        : Optional.of(FeedbackResult.Reason.NO_SUGGESTION_OF_IT);
  }

  /** Whether the card was shown to this user, by an EHR whose users are those of our record. */
  private boolean isViewer(Answerer by, JournalEntry entry) {
    Caller caller = entry.call().caller();
    return isOurs(caller) && Objects.equals(by.user(), caller.user());
  }

  private boolean isOurs(Caller caller) {
    return ownServers.contains(server(caller));
  }

  private static String server(Caller caller) {
    return Objects.requireNonNullElse(caller.fhirServer(), "");
  }
}
