package org.auscult.server.journal;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

class H2MaterialiserTest extends MaterialiserScenarios {
  private final HikariDataSource dataSource = JournalDatabase.h2();

  @AfterEach
  void close() {
    dataSource.close();
  }

  @Override
  DataSource dataSource() {
    return dataSource;
  }
}
