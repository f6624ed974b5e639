package org.auscult.server.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the file holds after a save is what a process killed then would find. */
@Timeout(120)
final class EmbeddedDataSourceTest {
  private static final int WRITERS = 4;
  private static final int TABLES = 40;
  private static final int SAVES = 30;

  /** Of {@link #SAVES}; without the gate, every second or third halves a transaction. */
  private static final int ROUNDS = 3;

  private static final int MOST_ROUNDS = 50;

  @TempDir Path folder = Path.of("");

  @Test
  void theFileHoldsWholeTransactions() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Files.deleteIfExists(file("live"));
      try (EmbeddedDataSource embedded = embedded()) {
        assertEquals(0, halved(embedded.source()));
      }
    }
  }

  @Test
  void withoutTheGateItDoesNot() throws Exception {
    int halved = 0;
    for (int round = 0; halved == 0; round++) {
      assertTrue(
          round < MOST_ROUNDS, "H2 saves whole transactions: the gate is not needed any more");
      Files.deleteIfExists(file("live"));
      JdbcDataSource plain = new JdbcDataSource();
      plain.setURL(url());
      halved = halved(plain);
    }
  }

  @Test
  void whatIsCommittedIsSavedBeforeLong() throws Exception {
    try (EmbeddedDataSource embedded = embedded();
        Connection connection = embedded.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept (id integer primary key)");
      statement.execute("checkpoint sync");
      statement.execute("insert into kept values (1)");
      untilSaved("select count(*) from kept", 1);
    }
  }

  private void untilSaved(String question, int answer) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (copyHolds(question) != answer) {
      assertTrue(System.nanoTime() < end, "not saved");
      Thread.sleep(100);
    }
  }

  @Test
  void aStatementThatFailsLeavesTheGate() throws Exception {
    try (EmbeddedDataSource embedded = embedded();
        Connection connection = embedded.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept (id integer primary key)");
      statement.execute("insert into kept values (1)");
      assertThrows(SQLException.class, () -> statement.execute("insert into kept values (1)"));
      assertThrows(SQLException.class, () -> statement.execute("insert into nowhere values (1)"));
      Statement closed = connection.createStatement();
      closed.close();
      assertThrows(SQLException.class, () -> closed.execute("insert into kept values (3)"));
      connection.setAutoCommit(false);
      statement.execute("insert into kept values (2)");
      connection.rollback();
      long before = System.nanoTime();
      statement.execute("checkpoint sync");
      assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(2), "somebody is inside");
      assertEquals(1, copyHolds("select count(*) from kept"));
    }
  }

  /** As after a full disk. */
  @Test
  void aDatabaseThatWasClosedAndOpenedAgainIsSaved() throws Exception {
    try (EmbeddedDataSource embedded = embedded()) {
      try (Connection connection = embedded.source().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create table kept (id integer primary key)");
        statement.execute("checkpoint sync");
        statement.execute("shutdown immediately");
      }
      try (Connection connection = embedded.source().getConnection();
          Statement statement = connection.createStatement()) {
        Thread.sleep(1000);
        statement.execute("insert into kept values (1)");
        untilSaved("select count(*) from kept", 1);
      }
    }
  }

  /** One waits for a row of another, who saves: both go on. */
  @Test
  void whoWaitsForARowKeepsNobodyFromSaving() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (EmbeddedDataSource embedded = embedded();
        Connection first = embedded.source().getConnection();
        Connection second = embedded.source().getConnection();
        Statement holds = first.createStatement();
        Statement waits = second.createStatement()) {
      holds.execute("create table kept (id integer primary key, seen integer)");
      holds.execute("insert into kept values (1, 0)");
      first.setAutoCommit(false);
      holds.execute("update kept set seen = 1");
      Future<Integer> updated =
          threads.submit(() -> waits.executeUpdate("update kept set seen = 2"));
      Thread.sleep(300);
      long before = System.nanoTime();
      holds.execute("checkpoint sync");
      assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(2), "it waited for the row");
      assertEquals(0, copyHolds("select seen from kept"));
      first.commit();
      assertEquals(1, updated.get(20, TimeUnit.SECONDS));
    } finally {
      threads.shutdownNow();
    }
  }

  /** Transactions that write one row into each table, while it is saved again and again. */
  private int halved(DataSource source) throws Exception {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (int table = 0; table < TABLES; table++) {
        statement.execute(
            "create table if not exists part" + table + " (id identity, writer integer)");
      }
    }
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      writers.add(
          threads.submit(
              () -> {
                write(source, writer, ended);
                return null;
              }));
    }
    List<Path> copies = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < SAVES; i++) {
        statement.execute("checkpoint sync");
        copies.add(copy("copy" + i));
        Thread.sleep(10);
      }
    } finally {
      ended.set(true);
      threads.shutdown();
    }
    for (Future<?> writer : writers) {
      writer.get(20, TimeUnit.SECONDS);
    }
    int halved = 0;
    for (Path copy : copies) {
      halved += holds(copy, differences()) > 0 ? 1 : 0;
    }
    return halved;
  }

  private static void write(DataSource source, int writer, AtomicBoolean ended)
      throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      List<PreparedStatement> inserts = new ArrayList<>();
      for (int table = 0; table < TABLES; table++) {
        String insert = "insert into part" + table + " (writer) values (" + writer + ")";
        inserts.add(connection.prepareStatement(insert));
      }
      while (!ended.get()) {
        for (PreparedStatement insert : inserts) {
          insert.executeUpdate();
        }
        connection.commit();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  /** How many of the other tables do not have as many rows as the first. */
  private static String differences() {
    StringBuilder sum = new StringBuilder("select 0");
    for (int table = 1; table < TABLES; table++) {
      sum.append(" + case when (select count(*) from part0) = (select count(*) from part")
          .append(table)
          .append(") then 0 else 1 end");
    }
    return sum.toString();
  }

  private int copyHolds(String question) throws Exception {
    return holds(copy("copy"), question);
  }

  /** The file as it is now. */
  private Path copy(String name) throws IOException {
    Files.copy(file("live"), file(name), StandardCopyOption.REPLACE_EXISTING);
    return folder.resolve(name);
  }

  private Path file(String name) {
    return folder.resolve(name + ".mv.db");
  }

  private static int holds(Path copy, String question) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + copy);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getInt(1);
    }
  }

  private EmbeddedDataSource embedded() throws SQLException {
    return new EmbeddedDataSource(url(), "", "");
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("live") + ";LOCK_TIMEOUT=20000";
  }
}
