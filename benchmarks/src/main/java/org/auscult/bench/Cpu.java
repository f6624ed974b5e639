package org.auscult.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processor time that a server has used since it started.
 *
 * @param process in seconds
 * @param parts by what its threads do, in seconds; empty where {@code /proc} does not tell
 * @param connections to its database, by process, in seconds; null where that is not seen
 */
record Cpu(double process, Map<String, Double> parts, @Nullable Map<Long, Double> connections) {
  private static final double NANOS = 1e9;

  /** Threads by the start of their names. */
  private static final Map<String, String> PARTS =
      Map.of(
          "http-nio", "calls",
          "model-", "calls",
          "materialiser", "materialiser",
          "C1 Comp", "compiler",
          "C2 Comp", "compiler",
          "GC Thread", "garbage collector",
          "G1 ", "garbage collector");

  static Cpu of(ServerRun server) throws IOException {
    double process =
        ProcessHandle.of(server.pid())
                .flatMap(p -> p.info().totalCpuDuration())
                .orElse(Duration.ZERO)
                .toNanos()
            / NANOS;
    return new Cpu(process, parts(server.pid()), connections(server.db()));
  }

  /** What was used from an earlier reading to this one. */
  Cpu since(Cpu earlier) {
    Map<String, Double> used = new TreeMap<>();
    parts.forEach((part, now) -> used.put(part, now - earlier.parts.getOrDefault(part, 0.0)));
    return new Cpu(process - earlier.process, used, connectionsSince(earlier));
  }

  /** Null if a connection has ended meanwhile: what it used is lost with its process. */
  private @Nullable Map<Long, Double> connectionsSince(Cpu earlier) {
    Map<Long, Double> before = earlier.connections;
    if (connections == null
        || before == null
        || !connections.keySet().containsAll(before.keySet())) {
      return null;
    }
    Map<Long, Double> used = new HashMap<>();
    connections.forEach((pid, now) -> used.put(pid, now - before.getOrDefault(pid, 0.0)));
    return used;
  }

  /** Of all connections to the database, in seconds; NaN where that is not seen. */
  double database() {
    return connections == null
        ? Double.NaN
        : connections.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Map<String, Double> parts(long pid) throws IOException {
    Path tasks = Path.of("/proc/" + pid + "/task");
    if (!Files.isDirectory(tasks)) {
      return Map.of();
    }
    Map<String, Double> parts = new TreeMap<>();
    List<Path> threads;
    try (Stream<Path> found = Files.list(tasks)) {
      threads = found.toList();
    }
    for (Path thread : threads) {
      try {
        String name = Files.readString(thread.resolve("comm"));
        parts.merge(part(name), onProcessor(thread), Double::sum);
      } catch (IOException e) {
        // It has ended in the meantime.
        continue;
      }
    }
    return parts;
  }

  private static String part(String thread) {
    return PARTS.entrySet().stream()
        .filter(p -> thread.startsWith(p.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("other");
  }

  private static double onProcessor(Path task) throws IOException {
    return Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", 2)[0]) / NANOS;
  }

  /** The connections' processes, if the database runs on this machine. */
  private static @Nullable Map<Long, Double> connections(String url) {
    Map<Long, Double> seconds = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select pid from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid()")) {
      while (rows.next()) {
        Path process = Path.of("/proc/" + rows.getLong(1));
        if (!Files.readString(process.resolve("comm")).startsWith("postgres")) {
          return null;
        }
        seconds.put(rows.getLong(1), onProcessor(process));
      }
    } catch (SQLException | IOException e) {
      return null;
    }
    return seconds;
  }
}
