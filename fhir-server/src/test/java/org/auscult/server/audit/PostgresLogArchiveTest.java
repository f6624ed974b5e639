package org.auscult.server.audit;

import java.sql.SQLException;
import javax.sql.DataSource;

class PostgresLogArchiveTest extends LogArchiveScenarios {
  @Override
  DataSource fresh() throws SQLException {
    return ofPostgres();
  }

  @Override
  boolean isH2() {
    return false;
  }
}
