package org.auscult.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.auscult.monitoring.performance.Standing;
import org.auscult.server.performance.PredictionRows;

/**
 * A process of its own that reads a stored window as the server's reports do, in turns with the
 * same cells fetched and nothing made of them. It prints a line for each turn: {@code raw|read},
 * seconds, rows, events; then it waits until its input ends, so that its memory can be seen.
 */
final class WindowReader {
  private static final String CELLS =
      "select m.patient, m.index_time, m.score, m.traits, m.deployment, c.stands, c.outcome,"
          + " c.closes_at from monitored_prediction m join outcome_case c on c.label_id = m.id"
          + " where m.index_time >= ? and m.index_time < ?";

  private static final int FETCHED_AT_ONCE = 5_000;

  private WindowReader() {}

  /**
   * @param arguments URL of the database, and how many turns
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      PredictionRows rows = new PredictionRows(pool, ZoneOffset.UTC);
      for (int turn = 0; turn < Integer.parseInt(arguments[1]); turn++) {
        long start = System.nanoTime();
        long fetched = raw(pool);
        tell("raw", start, fetched, 0);
        start = System.nanoTime();
        PredictionRows.Read read = rows.read(StoredWindow.asked());
        tell("read", start, read.observed().labelled().n(), read.observed().count(Standing.EVENT));
      }
      System.in.read();
    }
  }

  private static void tell(String what, long start, long rows, long events) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(what + " " + seconds + " " + rows + " " + events);
  }

  private static long raw(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement select = connection.prepareStatement(CELLS)) {
        select.setFetchSize(FETCHED_AT_ONCE);
        select.setLong(1, StoredWindow.asked().start().toEpochMilli());
        select.setLong(2, StoredWindow.asked().end().toEpochMilli());
        long count = 0;
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            for (int column = 1; column <= 8; column++) {
              rows.getObject(column);
            }
            count++;
          }
        }
        connection.rollback();
        return count;
      }
    }
  }
}
