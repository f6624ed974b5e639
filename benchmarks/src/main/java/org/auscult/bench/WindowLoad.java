package org.auscult.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.auscult.bench.Report.Aim;

/**
 * How long labelled predictions take from PostgreSQL into columns, read as the server's reports
 * read them, beside the same cells fetched and nothing made of them; and how much memory it takes a
 * process with a small heap.
 */
final class WindowLoad {
  private static final String HEAP = "-Xmx320m";
  private static final double MEMORY_MEGABYTES = 600;
  private static final int TURNS = 4;

  private WindowLoad() {}

  private record Turn(String what, double seconds, long rows, long events) {
    static Turn of(String line) {
      String[] words = line.split(" ");
      return new Turn(
          words[0],
          Double.parseDouble(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]));
    }
  }

  static void run(Setting setting, Report report) throws Exception {
    int rows = setting.pick(100_000, 1_000_000);
    try (BenchDatabase database = BenchDatabase.open(setting.db())) {
      String url = database.create("auscult_bench_monitoring");
      long start = System.nanoTime();
      StoredWindow.fill(url, rows, setting.seed());
      setting.say("stored %,d predictions in %.0f s", rows, (System.nanoTime() - start) / 1e9);
      read(url, rows, report);
    }
  }

  private static void read(String url, int rows, Report report) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                WindowReader.class.getName(),
                url,
                String.valueOf(TURNS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<Turn> turns = new ArrayList<>();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("raw ") || line.startsWith("read ")) {
          turns.add(Turn.of(line));
        }
        if (turns.size() == 2 * TURNS) {
          break;
        }
      }
      if (turns.size() < 2 * TURNS) {
        throw new IOException("The window was read " + turns.size() / 2 + " times, then no more");
      }
      double memory = new Memory(process.pid()).peak();
      process.getOutputStream().close();
      told(turns, rows, events(url), memory, report);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The first turn finds a JVM that has compiled nothing. */
  private static void told(List<Turn> turns, int rows, long events, double memory, Report report) {
    for (Turn turn : turns) {
      if (turn.rows() != rows || (turn.what().equals("read") && turn.events() != events)) {
        report.error("what was read is not what is stored");
      }
    }
    double[] ratios = new double[TURNS - 1];
    for (int i = 1; i < TURNS; i++) {
      ratios[i - 1] = turns.get(2 * i + 1).seconds() / turns.get(2 * i).seconds();
    }
    Arrays.sort(ratios);
    String of = "%,d rows from PostgreSQL: ".formatted(rows);
    report.figure(of + "cold", turns.get(1).seconds(), "s");
    report.figure(of + "warm, median", median(turns, "read"), "s");
    report.figure(of + "their cells fetched and nothing made of them", median(turns, "raw"), "s");
    report.figure(of + "ratio, median of pairs", ratios[ratios.length / 2], "×");
    report.figure(
        of + "memory of the whole process, at most", memory, "MB", Aim.atMost(MEMORY_MEGABYTES));
  }

  private static double median(List<Turn> turns, String what) {
    double[] seconds =
        turns.stream()
            .skip(2)
            .filter(turn -> turn.what().equals(what))
            .mapToDouble(Turn::seconds)
            .sorted()
            .toArray();
    return seconds[seconds.length / 2];
  }

  private static long events(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "select count(*) from outcome_case where stands like 'event|%'")) {
      count.next();
      return count.getLong(1);
    }
  }
}
