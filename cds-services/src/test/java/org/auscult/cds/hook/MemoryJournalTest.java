package org.auscult.cds.hook;

import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.DisplayHistoryContract;
import org.auscult.prediction.PredictionJournal;

/** The fake tells what was shown as the database does. */
class MemoryJournalTest extends DisplayHistoryContract {
  private final MemoryJournal journal = new MemoryJournal();

  @Override
  protected PredictionJournal journal() {
    return journal;
  }

  @Override
  protected DisplayHistory history() {
    return journal;
  }
}
