package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.auscult.audit.tree.SubtreeHashes;
import org.auscult.audit.tree.SubtreeHashesContract;
import org.auscult.server.journal.JournalDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The port's contract, on PostgreSQL. Other tests have a log in the same database; a temporary
 * table of the same form hides it.
 */
class PostgresSubtreeHashesTest extends SubtreeHashesContract {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = JournalDatabase.Postgres.dataSource().getConnection();
    execute("create temporary table audit_node (like audit_node including all)");
  }

  @AfterEach
  void close() throws SQLException {
    execute("drop table pg_temp.audit_node");
    connection.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  protected SubtreeHashes empty() {
    return new JdbcSubtreeHashes(connection);
  }
}
