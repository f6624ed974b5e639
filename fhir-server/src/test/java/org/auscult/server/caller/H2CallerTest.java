package org.auscult.server.caller;

import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;
import org.junit.jupiter.api.AfterEach;

class H2CallerTest extends JdbcCallerScenarios {
  private final HikariDataSource database =
      CallerDatabase.migrated(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000", "sa", Vendor.H2);

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected DataSource database() {
    return database;
  }
}
