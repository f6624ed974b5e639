package org.auscult.server.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to one embedded database, whose file holds whole transactions whenever the process is
 * killed.
 *
 * <p>H2 saves its tables one after the other while others write, so that the file can hold a part
 * of a transaction until the next save; killed before that, it keeps the part. Therefore nothing is
 * saved here while a statement that changes something runs: between two statements, the tables and
 * what is known of how to undo fit each other. The database's own thread, which saves when it
 * likes, sleeps; what it did is done here, twice a second. {@code CHECKPOINT} is kept apart from
 * changes in the same way.
 *
 * <p>All pools of one database in one process must take their connections from one of these.
 */
public final class EmbeddedDataSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDataSource.class);

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int LOOKS_PER_SAVE = 10;
  private static final int LOOKS_PER_COMPACTION = 200;

  /** H2 saves on its own, whoever writes, when so much of what it may hold is unsaved. */
  private static final int SAVED_EARLY = 4;

  /** Its own thread sleeps for days; zero would mean that each commit saves, whoever writes. */
  private static final int NEVER = Integer.MAX_VALUE;

  private static final int FILLED_PERCENT = 50;
  private static final int COMPACTED_BYTES = 4 * 1024 * 1024;

  /** Methods of a connection that may change something. */
  private static final Set<String> ENDINGS = Set.of("commit", "rollback", "setAutoCommit", "close");

  private final SaveGate<Connection> gate = new SaveGate<>(EmbeddedDataSource::waits, PATIENCE);

  private final ScheduledExecutorService saver;
  private final JdbcDataSource plain = new JdbcDataSource();
  private final DataSource source;

  /** Keeps the database open; of the saver's thread alone, once it runs. */
  private Connection own;

  private MVStore store;
  private int looks;
  private boolean fails;

  /**
   * Opens the database, and keeps it open.
   *
   * @throws SQLException if it cannot be opened
   */
  public EmbeddedDataSource(String url, @Nullable String user, @Nullable String password)
      throws SQLException {
    plain.setURL(url);
    plain.setUser(Objects.requireNonNullElse(user, ""));
    plain.setPassword(Objects.requireNonNullElse(password, ""));
    own = plain.getConnection();
    store = take(own);
    source =
        ProxyDataSourceBuilder.create(plain)
            .listener(new StatementsAtTheGate())
            .methodListener(new EndingsAtTheGate())
            .build();
    saver =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "embedded-saves");
              thread.setDaemon(true);
              return thread;
            });
    if (store.isPersistent()) {
      saver.scheduleWithFixedDelay(
          this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** From now on it is saved by us alone. */
  private static MVStore take(Connection connection) {
    SessionLocal session = (SessionLocal) ((JdbcConnection) connection).getSession();
    MVStore store = session.getDatabase().getStore().getMvStore();
    if (store.isPersistent()) {
      store.setAutoCommitDelay(NEVER);
    }
    return store;
  }

  /** For one pool, or for several. */
  public DataSource source() {
    return source;
  }

  /** After the pools: the database is closed with the last connection. */
  @Override
  public void close() throws SQLException {
    saver.shutdown();
    boolean interrupted = false;
    try {
      saver.awaitTermination(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    own.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    looks++;
    boolean isTime = looks % LOOKS_PER_SAVE == 0;
    try {
      if (isTime && store.isClosed()) {
        // A full disk closes it; whoever connects next opens it again, and so do we.
        own = plain.getConnection();
        store = take(own);
      }
      boolean isMuch = store.getUnsavedMemory() > store.getAutoCommitMemory() / SAVED_EARLY;
      if ((isTime || isMuch) && store.hasUnsavedChanges()) {
        save(looks % LOOKS_PER_COMPACTION == 0);
      }
      fails = false;
    } catch (SQLException | RuntimeException e) {
      if (!fails) {
        LOG.error("The embedded database cannot be saved: {}", e.getClass().getName());
        LOG.debug("Cause", e);
      }
      fails = true;
    }
  }

  private void save(boolean compact) {
    boolean quiet = gate.beginSave();
    try {
      store.commit();
      if (compact && quiet && store.compact(FILLED_PERCENT, COMPACTED_BYTES)) {
        store.commit();
      }
    } finally {
      gate.endSave();
    }
  }

  /** For a row that another one has changed and not yet committed. */
  private static boolean waits(Connection connection) {
    return ((JdbcConnection) connection).getSession() instanceof SessionLocal session
        && session.getBlockingSessionId() != 0;
  }

  /** To lock rows changes nothing that a file could hold; to take a sequence's next number does. */
  private static boolean changes(String sql) {
    return !startsWith(sql, "select") || sql.toLowerCase(Locale.ROOT).contains("next");
  }

  private static boolean startsWith(String sql, String word) {
    return sql.stripLeading().regionMatches(true, 0, word, 0, word.length());
  }

  private final class StatementsAtTheGate implements QueryExecutionListener {
    private static final String AFTERWARDS = "afterwards";

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      String sql = queries.isEmpty() ? "" : queries.get(0).getQuery();
      if (startsWith(sql, "checkpoint")) {
        gate.beginSave();
        afterwards(execution, gate::endSave);
      } else if (changes(sql)) {
        Connection connection = connection(execution.getStatement());
        if (connection != null) {
          gate.enter(connection);
          afterwards(execution, () -> gate.leave(connection));
        }
      }
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      Runnable afterwards = execution.getCustomValue(AFTERWARDS, Runnable.class);
      if (afterwards != null) {
        afterwards.run();
      }
    }

    private static void afterwards(ExecutionInfo execution, Runnable work) {
      execution.addCustomValue(AFTERWARDS, work);
    }

    /** Null of a statement that is closed: it changes nothing, and whoever executes it is told. */
    private static @Nullable Connection connection(Statement statement) {
      try {
        return statement.getConnection();
      } catch (SQLException e) {
        return null;
      }
    }
  }

  private final class EndingsAtTheGate implements MethodExecutionListener {
    @Override
    public void beforeMethod(MethodExecutionContext execution) {
      if (isEnding(execution)) {
        gate.enter((Connection) execution.getTarget());
      }
    }

    @Override
    public void afterMethod(MethodExecutionContext execution) {
      if (isEnding(execution)) {
        gate.leave((Connection) execution.getTarget());
      }
    }

    private static boolean isEnding(MethodExecutionContext execution) {
      return execution.getTarget() instanceof Connection
          && ENDINGS.contains(execution.getMethod().getName());
    }
  }
}
