package org.auscult.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.auscult.prove.NotRunException;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Databases on one PostgreSQL, so that every side has the same one. The embedded one is for tests
 * and would not wait for its disk; here it does, as one in use does.
 */
final class BenchDatabase implements AutoCloseable {
  private static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private final ProofDatabase server;
  private final @Nullable EmbeddedPostgres embedded;

  private BenchDatabase(ProofDatabase server, @Nullable EmbeddedPostgres embedded) {
    this.server = server;
    this.embedded = embedded;
  }

  static BenchDatabase open(@Nullable String given) throws NotRunException {
    try {
      if (given != null) {
        return new BenchDatabase(ProofDatabase.open(given), null);
      }
      EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
      DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
      EmbeddedPostgres started = builder.start();
      return new BenchDatabase(
          ProofDatabase.open(started.getJdbcUrl("postgres", "postgres")), started);
    } catch (IOException | RuntimeException e) {
      throw new NotRunException("no PostgreSQL could be started here; give --db URL");
    }
  }

  /** An empty database of this name, and its URL. */
  String create(String name) throws NotRunException {
    try {
      String url = server.create(name);
      requireDurable(url);
      return url;
    } catch (SQLException e) {
      throw new NotRunException(
          "the PostgreSQL of --db could not be used (SQL state " + e.getSQLState() + ")");
    }
  }

  /** What is stored only in memory is no measure for what is stored. */
  private static void requireDurable(String url) throws SQLException, NotRunException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String setting : DURABLE) {
        try (ResultSet rows = statement.executeQuery("show " + setting)) {
          if (!rows.next() || rows.getString(1).equals("off")) {
            throw new NotRunException("PostgreSQL's " + setting + " is off; switch it on");
          }
        }
      }
    }
  }

  /** Statistics as a database has them that was not filled a moment ago. */
  static void analyse(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
