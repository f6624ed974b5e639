package org.auscult.server.journal;

import com.zaxxer.hikari.HikariDataSource;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.DisplayHistoryContract;
import org.auscult.prediction.PredictionJournal;
import org.junit.jupiter.api.AfterEach;

class H2DisplayHistoryTest extends DisplayHistoryContract {
  private final HikariDataSource dataSource = JournalDatabase.h2();

  @AfterEach
  void close() {
    dataSource.close();
  }

  @Override
  protected PredictionJournal journal() {
    return new JdbcPredictionJournal(dataSource, () -> {});
  }

  @Override
  protected DisplayHistory history() {
    return new JdbcDisplayHistory(dataSource);
  }
}
