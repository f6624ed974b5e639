package org.auscult.server.synthetic;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.auscult.prediction.Answer;
import org.auscult.prediction.Call;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.Subject;
import org.jspecify.annotations.Nullable;

/** A journal in which nothing stays: entries are inserted, and taken back. */
final class RehearsedJournal implements PredictionJournal {
  private final Consumer<JournalEntry> rehearsal;
  private volatile @Nullable JournalEntry last;

  /**
   * @param rehearsal inserts an entry and rolls back
   */
  RehearsedJournal(Consumer<JournalEntry> rehearsal) {
    this.rehearsal = rehearsal;
  }

  /** The one that was stored last, since it was told to forget. */
  @Nullable JournalEntry last() {
    return last;
  }

  void forget() {
    last = null;
  }

  @Override
  public JournalEntry store(JournalEntry entry) {
    last = entry;
    rehearsal.accept(entry);
    return entry;
  }

  @Override
  public Optional<JournalEntry> find(UUID id) {
    return Optional.empty();
  }

  @Override
  public Optional<JournalEntry> find(Call call, Subject subject) {
    return Optional.empty();
  }

  @Override
  public Optional<Answer> store(Answer answer) {
    return Optional.empty();
  }

  @Override
  public List<Answer> answers(UUID journal) {
    return List.of();
  }
}
