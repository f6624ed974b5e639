package org.auscult.server.audit;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.auscult.audit.tree.SubtreeHashes;
import org.auscult.audit.tree.SubtreeHashesContract;
import org.auscult.server.journal.JournalDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The port's contract, on the embedded database. */
class H2SubtreeHashesTest extends SubtreeHashesContract {
  private final HikariDataSource dataSource = JournalDatabase.h2();
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = dataSource.getConnection();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    dataSource.close();
  }

  @Override
  protected SubtreeHashes empty() {
    return new JdbcSubtreeHashes(connection);
  }
}
