package org.auscult.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.auscult.prove.NotRunException;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/** Databases on one PostgreSQL, so that every side has the same one. */
final class BenchDatabase implements AutoCloseable {
  private final ProofDatabase server;

  private BenchDatabase(ProofDatabase server) {
    this.server = server;
  }

  static BenchDatabase open(@Nullable String given) throws NotRunException {
    try {
      return new BenchDatabase(ProofDatabase.open(given));
    } catch (IOException | RuntimeException e) {
      throw new NotRunException("no PostgreSQL could be started here; give --db URL");
    }
  }

  /** An empty database of this name, and its URL. */
  String create(String name) throws NotRunException {
    try {
      return server.create(name);
    } catch (SQLException e) {
      throw new NotRunException(
          "the PostgreSQL of --db could not be used (SQL state " + e.getSQLState() + ")");
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
  }
}
