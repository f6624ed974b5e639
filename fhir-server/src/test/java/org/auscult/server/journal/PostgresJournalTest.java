package org.auscult.server.journal;

import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.PredictionJournalContract;

class PostgresJournalTest extends PredictionJournalContract {
  private final DataSource dataSource = JournalDatabase.Postgres.dataSource();
  private final PredictionJournal journal = new JdbcPredictionJournal(dataSource, () -> {});

  @Override
  protected PredictionJournal journal() {
    return journal;
  }

  @Override
  protected long answersTo(UUID card) {
    return JournalDatabase.count(dataSource, "prediction_feedback where card = '" + card + "'");
  }
}
