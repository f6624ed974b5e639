package org.auscult.cds.hook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.auscult.display.Decision;
import org.auscult.display.DisplayRules;
import org.auscult.display.FiringRate;
import org.auscult.display.Past;
import org.auscult.display.Shown;
import org.auscult.prediction.Answer;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.Subject;
import org.jspecify.annotations.Nullable;

/** Keeps entries in a list; can be made to fail. */
final class MemoryJournal implements PredictionJournal, DisplayHistory {
  private record Same(UUID card, Feedback.Outcome outcome, Instant at, @Nullable String other) {}

  final List<JournalEntry> entries = new ArrayList<>();
  final List<Feedback> feedback = new ArrayList<>();
  private final Map<Same, Answer> answers = new LinkedHashMap<>();
  boolean broken;
  boolean unreachable;

  @Override
  public JournalEntry store(JournalEntry entry) {
    if (broken) {
      throw new IllegalStateException("disk full of Erika Mustermann");
    }
    return find(entry.call(), entry.subject())
        .orElseGet(
            () -> {
              entries.add(entry);
              return entry;
            });
  }

  @Override
  public Optional<JournalEntry> find(UUID id) {
    requireReachable();
    return entries.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  @Override
  public Optional<JournalEntry> find(Call call, Subject subject) {
    requireReachable();
    return entries.stream()
        .filter(e -> e.call().service().equals(call.service()))
        .filter(e -> e.call().instance().equals(call.instance()))
        .filter(e -> e.subject().equals(subject))
        .findFirst();
  }

  @Override
  public Optional<Answer> store(Answer answer) {
    Feedback item = answer.feedback();
    if (find(CardId.journal(item.card())).isEmpty()) {
      return Optional.empty();
    }
    Same same = new Same(item.card(), item.outcome(), item.at(), answer.other());
    Answer before = answers.putIfAbsent(same, answer);
    if (before == null) {
      feedback.add(item);
    }
    return Optional.of(before == null ? answer : before);
  }

  @Override
  public List<Answer> answers(UUID journal) {
    return answers.values().stream()
        .filter(a -> CardId.journal(a.feedback().card()).equals(journal))
        .toList();
  }

  @Override
  public Past past(String deployment, DisplayRules rules, Call call, Subject subject, Instant now) {
    List<Shown> shown = new ArrayList<>();
    long opens = 0;
    long spoken = 0;
    for (JournalEntry entry : entries) {
      for (DeploymentRun run : entry.deployments()) {
        if (deployment.equals(run.memory())) {
          if (!entry.recordedAt().isBefore(now.minus(DisplayRules.CEILING_WINDOW))) {
            opens++;
            spoken += run.decisions().stream().anyMatch(Decision::shows) ? 1 : 0;
          }
          boolean same =
              call.caller().user() != null
                  && Objects.equals(entry.call().caller().user(), call.caller().user())
                  && !entry.recordedAt().isBefore(now.minus(rules.memory()))
                  && Objects.equals(entry.call().caller().fhirServer(), call.caller().fhirServer())
                  && entry.subject().equals(subject);
          if (same) {
            run.decisions().stream()
                .filter(Decision::shows)
                .forEach(d -> shown.add(0, shown(entry, d)));
          }
        }
      }
    }
    return new Past(shown, new FiringRate(opens, spoken));
  }

  private Shown shown(JournalEntry entry, Decision decision) {
    UUID card = CardId.of(entry.id(), decision.card());
    Instant overridden =
        answers.values().stream()
            .filter(a -> a.other() == null && a.feedback().card().equals(card))
            .map(Answer::feedback)
            .filter(f -> f.outcome() == Feedback.Outcome.OVERRIDDEN)
            .map(Feedback::at)
            .findFirst()
            .orElse(null);
    return new Shown(entry.recordedAt(), decision.says(), decision.urgency(), overridden);
  }

  private void requireReachable() {
    if (unreachable) {
      throw new IllegalStateException("no connection");
    }
  }
}
