package org.auscult.server.caller;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresCallerTest extends JdbcCallerScenarios {
  private static @Nullable EmbeddedPostgres postgres;
  private static HikariDataSource database = new HikariDataSource();

  @BeforeAll
  static void start() throws IOException {
    EmbeddedPostgres started = EmbeddedPostgres.builder().start();
    postgres = started;
    database =
        CallerDatabase.migrated(
            started.getJdbcUrl("postgres", "postgres"), "postgres", Vendor.POSTGRESQL);
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
    if (postgres != null) {
      postgres.close();
    }
  }

  @Override
  protected DataSource database() {
    return database;
  }
}
