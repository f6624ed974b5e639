package org.auscult.server.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;
import org.flywaydb.core.Flyway;

/** Our own tables in an empty database. */
public final class JournalDatabase {
  private JournalDatabase() {}

  public static HikariDataSource h2() {
    return migrated("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000", "sa", Vendor.H2);
  }

  /** Shared by its tests: starting it takes seconds. */
  public static final class Postgres {
    private static final HikariDataSource DATA_SOURCE = start();

    private Postgres() {}

    public static DataSource dataSource() {
      return DATA_SOURCE;
    }

    private static HikariDataSource start() {
      try {
        String url = EmbeddedPostgres.builder().start().getJdbcUrl("postgres", "postgres");
        return migrated(url, "postgres", Vendor.POSTGRESQL);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static HikariDataSource migrated(String url, String user, Vendor vendor) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword("");
    config.setMaximumPoolSize(12);
    HikariDataSource dataSource = new HikariDataSource(config);
    Flyway.configure().dataSource(dataSource).locations(vendor.migrations()).load().migrate();
    return dataSource;
  }

  public static void empty(DataSource dataSource) {
    execute(dataSource, "delete from card_history");
    execute(dataSource, "delete from prediction_feedback");
    execute(dataSource, "delete from prediction_journal");
  }

  public static void execute(DataSource dataSource, String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static long count(DataSource dataSource, String from) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
