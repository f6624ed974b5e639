package org.auscult.cds.hook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.Subject;

/** Keeps entries in a list; can be made to fail. */
final class MemoryJournal implements PredictionJournal {
  private record Answer(UUID card, Feedback.Outcome outcome, java.time.Instant at) {}

  final List<JournalEntry> entries = new ArrayList<>();
  final List<Feedback> feedback = new ArrayList<>();
  private final Set<Answer> answers = new LinkedHashSet<>();
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
  public boolean store(Feedback item) {
    if (find(CardId.journal(item.card())).isEmpty()) {
      return false;
    }
    if (answers.add(new Answer(item.card(), item.outcome(), item.at()))) {
      feedback.add(item);
    }
    return true;
  }

  private void requireReachable() {
    if (unreachable) {
      throw new IllegalStateException("no connection");
    }
  }
}
