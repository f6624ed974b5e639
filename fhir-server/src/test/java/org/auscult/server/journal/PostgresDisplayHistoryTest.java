package org.auscult.server.journal;

import javax.sql.DataSource;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.DisplayHistoryContract;
import org.auscult.prediction.PredictionJournal;

class PostgresDisplayHistoryTest extends DisplayHistoryContract {
  private final DataSource dataSource = JournalDatabase.Postgres.dataSource();

  @Override
  protected PredictionJournal journal() {
    return new JdbcPredictionJournal(dataSource, () -> {});
  }

  @Override
  protected DisplayHistory history() {
    return new JdbcDisplayHistory(dataSource);
  }
}
