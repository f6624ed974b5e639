package org.auscult.prediction;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A journal in memory, for tests of whatever stores predictions. */
public final class InMemoryPredictionJournal implements PredictionJournal {
  private record Retried(String service, String instance, Subject subject) {
    static Retried of(Call call, Subject subject) {
      return new Retried(call.service(), call.instance(), subject);
    }
  }

  private record Same(UUID card, Feedback.Outcome outcome, Instant at, @Nullable String other) {}

  private final Map<Retried, JournalEntry> entries = new LinkedHashMap<>();
  private final Map<Same, Answer> answers = new LinkedHashMap<>();

  @Override
  public synchronized JournalEntry store(JournalEntry entry) {
    JournalEntry first = entries.putIfAbsent(Retried.of(entry.call(), entry.subject()), entry);
    return first == null ? entry : first;
  }

  @Override
  public synchronized Optional<JournalEntry> find(UUID id) {
    UUID journal = CardId.journal(id);
    return entries.values().stream().filter(e -> e.id().equals(journal)).findFirst();
  }

  @Override
  public synchronized Optional<JournalEntry> find(Call call, Subject subject) {
    return Optional.ofNullable(entries.get(Retried.of(call, subject)));
  }

  @Override
  public synchronized Optional<Answer> store(Answer answer) {
    Feedback feedback = answer.feedback();
    if (CardId.number(feedback.card()) == 0 || find(feedback.card()).isEmpty()) {
      return Optional.empty();
    }
    Optional<Answer> before =
        answers.values().stream().filter(a -> a.id().equals(answer.id())).findFirst();
    Same same = new Same(feedback.card(), feedback.outcome(), feedback.at(), answer.other());
    return before.isPresent()
        ? before
        : Optional.of(Objects.requireNonNullElse(answers.putIfAbsent(same, answer), answer));
  }

  @Override
  public synchronized List<Answer> answers(UUID journal) {
    return answers.values().stream()
        .filter(a -> CardId.journal(a.feedback().card()).equals(CardId.journal(journal)))
        .toList();
  }

  /** What was stored, in order. */
  public synchronized List<JournalEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** The answers, each once. */
  public synchronized List<Answer> answers() {
    return List.copyOf(answers.values());
  }
}
