package org.auscult.server.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.PredictionJournalContract;
import org.junit.jupiter.api.AfterEach;

class H2JournalTest extends PredictionJournalContract {
  private final HikariDataSource dataSource = JournalDatabase.h2();
  private final PredictionJournal journal = new JdbcPredictionJournal(dataSource, () -> {});

  @AfterEach
  void close() {
    dataSource.close();
  }

  @Override
  protected PredictionJournal journal() {
    return journal;
  }

  @Override
  protected long answersTo(UUID card) {
    return JournalDatabase.count(dataSource, "prediction_feedback where card = '" + card + "'");
  }
}
