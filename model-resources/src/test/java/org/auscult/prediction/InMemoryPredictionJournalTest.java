package org.auscult.prediction;

import java.util.UUID;

class InMemoryPredictionJournalTest extends PredictionJournalContract {
  private final InMemoryPredictionJournal journal = new InMemoryPredictionJournal();

  @Override
  protected PredictionJournal journal() {
    return journal;
  }

  @Override
  protected long answersTo(UUID card) {
    return journal.answers().stream().filter(a -> a.feedback().card().equals(card)).count();
  }
}
