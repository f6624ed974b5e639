package org.auscult.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.auscult.server.timeline.TimelineHistories;
import org.auscult.timeline.Code;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.training.PatientHistory;
import org.auscult.training.RowMaker;
import org.auscult.training.Tally;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows that a data set is made of, read by two threads, with and without making it. */
final class HistoryRead {
  static final int THREADS = 2;

  private static final String ROWS =
      RawRead.CELLS
          + " from clinical_fact f where f.patient = ? and f.known_from <= ?"
          + " and (f.source_kind in ('PATIENT', 'ENCOUNTER') or f.code = any(?))";

  private final DataSource pool;
  private final List<Need> needs;
  private final Instant cut = Instant.now();

  HistoryRead(DataSource pool, List<Need> needs) {
    this.pool = pool;
    this.needs = List.copyOf(needs);
  }

  /** Reads the rows of all patients, and makes nothing of them; how many there are. */
  long raw() throws Exception {
    List<String> patients = patients();
    String[] codes =
        needs.stream()
            .flatMap(need -> need.codes().stream())
            .map(Code::code)
            .distinct()
            .toArray(String[]::new);
    AtomicInteger next = new AtomicInteger();
    LongAdder rows = new LongAdder();
    inParallel(
        () -> {
          try (Connection connection = pool.getConnection();
              PreparedStatement select = connection.prepareStatement(ROWS)) {
            Array wanted = connection.createArrayOf("varchar", codes);
            for (int i = next.getAndIncrement(); i < patients.size(); i = next.getAndIncrement()) {
              select.setString(1, patients.get(i));
              select.setLong(2, cut.toEpochMilli());
              select.setArray(3, wanted);
              rows.add(read(select));
            }
          }
          return null;
        });
    return rows.sum();
  }

  private List<String> patients() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select patient from patient_epoch order by 1")) {
      List<String> patients = new ArrayList<>();
      while (rows.next()) {
        patients.add(rows.getString(1));
      }
      return patients;
    }
  }

  private static long read(PreparedStatement select) throws SQLException {
    long rows = 0;
    try (ResultSet found = select.executeQuery()) {
      int columns = found.getMetaData().getColumnCount();
      int cells = 0;
      while (found.next()) {
        rows++;
        for (int i = 1; i <= columns; i++) {
          cells += found.getString(i) == null ? 0 : 1;
        }
      }
      if (rows > 0 && cells == 0) {
        throw new SQLException("The rows are empty");
      }
    }
    return rows;
  }

  /**
   * What was computed.
   *
   * @param rows that come of these patients
   * @param factsPerSecond facts of the timeline, each counted once for all index times
   * @param rowsPerSecond rows that were made
   * @param factsPerCpuSecond facts in a second of one processor, whatever else the machine did
   */
  record Computed(
      long rows, double factsPerSecond, double rowsPerSecond, double factsPerCpuSecond) {}

  /** Makes rows of these patients, whose facts are read before, for so long. */
  Computed compute(RowMaker maker, List<String> patients, Duration howLong) throws Exception {
    TimelineHistories histories = new TimelineHistories(new JdbcTemplate(pool));
    List<PatientHistory> read = new ArrayList<>();
    for (String patient : patients) {
      histories.read(patient, cut, maker.needs()).ifPresent(read::add);
    }
    long rows = 0;
    for (PatientHistory history : read) {
      rows += rows(maker, history);
    }
    // What the compiler has not seen often enough would be measured first.
    computed(maker, read, howLong.dividedBy(2));
    Done done = computed(maker, read, howLong);
    return new Computed(
        rows,
        done.facts() / done.seconds(),
        done.rows() / done.seconds(),
        done.facts() / done.cpuSeconds());
  }

  private record Done(long facts, long rows, double seconds, double cpuSeconds) {}

  private static Done computed(RowMaker maker, List<PatientHistory> read, Duration howLong)
      throws Exception {
    long start = System.nanoTime();
    long end = start + howLong.toNanos();
    AtomicInteger next = new AtomicInteger();
    LongAdder facts = new LongAdder();
    LongAdder rows = new LongAdder();
    LongAdder cpu = new LongAdder();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    inParallel(
        () -> {
          long before = threads.getCurrentThreadCpuTime();
          while (System.nanoTime() < end) {
            PatientHistory history = read.get(next.getAndIncrement() % read.size());
            rows.add(rows(maker, history));
            facts.add(history.facts().size());
          }
          cpu.add(threads.getCurrentThreadCpuTime() - before);
          return null;
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Done(facts.sum(), rows.sum(), seconds, cpu.sum() / 1e9);
  }

  private static long rows(RowMaker maker, PatientHistory history) throws Exception {
    long[] rows = new long[1];
    maker.rows(history, null, row -> rows[0]++, new Tally());
    return rows[0];
  }

  private static void inParallel(Callable<Void> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(threads.submit(work));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Reading failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
