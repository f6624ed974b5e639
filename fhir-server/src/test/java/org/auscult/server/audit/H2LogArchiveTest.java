package org.auscult.server.audit;

import javax.sql.DataSource;
import org.auscult.server.journal.JournalDatabase;

class H2LogArchiveTest extends LogArchiveScenarios {
  @Override
  DataSource fresh() {
    return JournalDatabase.h2();
  }

  @Override
  boolean isH2() {
    return true;
  }
}
