package org.auscult.server.keys;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresKeyRingTest extends JdbcKeyRingContract {
  private static EmbeddedPostgres postgres;
  private static HikariDataSource dataSource;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    dataSource =
        KeyDatabase.migrated(
            postgres.getJdbcUrl("postgres", "postgres"), "postgres", Vendor.POSTGRESQL);
  }

  @AfterAll
  static void stop() throws IOException {
    dataSource.close();
    postgres.close();
  }

  @Override
  DataSource dataSource() {
    return dataSource;
  }
}
