package org.auscult.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.auscult.bench.Load.Caller;
import org.auscult.bench.Load.Wrong;
import org.auscult.bench.Report.Aim;

/**
 * What the audit log adds to an answer: the server beside itself without its log, which only this
 * benchmark can start.
 *
 * <p>Pairs: one caller asks both the same, in random order, and the next pair follows. What counts
 * is the median of the pairs' differences, with its interval (ranks of the binomial, 95 %), so that
 * whatever else the machine does meets both. Putting leaves in order goes on behind the answers; it
 * is seen in the CPU a call.
 */
final class AuditBench implements Benchmark {
  private static final int ROWS = 200;
  private static final double RANKS = 0.98;

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public String about() {
    return "what the audit log adds to a FHIR read and to a hook call, on PostgreSQL";
  }

  @Override
  public void run(Setting setting, Report report) throws Exception {
    setting.say(ServerRun.WHO_ASKS);
    Random random = new Random(setting.seed());
    List<Person> people = Person.some(setting.pick(4, 20), ROWS, random);
    try (BenchDatabase database = BenchDatabase.open(setting.db());
        ServerRun audited = ServerRun.audited(database.create("auscult_bench_audited"));
        ServerRun unaudited = ServerRun.unaudited(database.create("auscult_bench_unaudited"))) {
      HookSide with = new HookSide("with", audited);
      HookSide without = new HookSide("without", unaudited);
      for (HookSide side : List.of(with, without)) {
        side.load(people);
        BenchDatabase.analyse(side.server().db());
        side.learn(people);
      }
      int pairs = setting.pick(400, 10_000);
      measure(
          "read",
          pairs,
          new Pair(with, reader(audited, people), without, reader(unaudited, people)),
          random,
          report,
          Aim.atMost(1));
      audited.signAhead(2 * pairs);
      unaudited.signAhead(2 * pairs);
      long seed = random.nextLong();
      measure(
          "hook",
          pairs,
          new Pair(with, with.caller(people, seed), without, without.caller(people, seed)),
          random,
          report,
          Aim.atMost(0.1));
      leaves(audited, unaudited, 4L * pairs, report);
    }
  }

  /** Both sides, each with a caller that asks the same as the other. */
  private record Pair(HookSide with, Caller ofWith, HookSide without, Caller ofWithout) {}

  private static void measure(
      String what, int pairs, Pair pair, Random random, Report report, Aim aim) throws Exception {
    try (Caller with = pair.ofWith();
        Caller without = pair.ofWithout()) {
      times(pairs, with, without, random);
      drain(pair);
      Cpu withBefore = Cpu.of(pair.with().server());
      Cpu withoutBefore = Cpu.of(pair.without().server());
      double[][] times = times(pairs, with, without, random);
      drain(pair);
      double cpuWith = Cpu.of(pair.with().server()).since(withBefore).process();
      double cpuWithout = Cpu.of(pair.without().server()).since(withoutBefore).process();
      double[] added = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        added[i] = times[0][i] - times[1][i];
      }
      Arrays.sort(added);
      int reach = (int) Math.ceil(RANKS * Math.sqrt(pairs));
      report.figure(what + ": pairs", pairs, "");
      report.figure(what + ": p50 with the log", median(times[0]), "ms");
      report.figure(what + ": p50 without", median(times[1]), "ms");
      report.figure(what + ": added, median of pairs", added[pairs / 2], "ms", aim);
      report.figure(what + ": added, at least", added[Math.max(0, pairs / 2 - reach)], "ms");
      report.figure(what + ": added, at most", added[Math.min(pairs - 1, pairs / 2 + reach)], "ms");
      report.figure(what + ": added CPU a call", 1e3 * (cpuWith - cpuWithout) / pairs, "ms");
    }
  }

  /** Nothing is left over for the other's turn. */
  private static void drain(Pair pair) throws IOException, InterruptedException {
    pair.with().drain(HookBench.DRAIN_SECONDS);
    pair.without().drain(HookBench.DRAIN_SECONDS);
  }

  private static double[][] times(int pairs, Caller with, Caller without, Random random)
      throws Exception {
    double[][] times = new double[2][pairs];
    for (int i = 0; i < pairs; i++) {
      boolean withFirst = random.nextBoolean();
      if (withFirst) {
        times[0][i] = time(with);
      }
      times[1][i] = time(without);
      if (!withFirst) {
        times[0][i] = time(with);
      }
    }
    return times;
  }

  private static double time(Caller caller) throws Exception {
    long start = System.nanoTime();
    caller.call();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Caller reader(ServerRun server, List<Person> people) {
    KeptConnection connection = server.connection();
    return new Caller() {
      private int next;

      @Override
      public void call() throws IOException, Wrong {
        String path = "/fhir/Patient/" + people.get(next++ % people.size()).id();
        KeptConnection.Answer answer = connection.get(path);
        if (answer.status() != 200) {
          throw new Wrong(path + ": HTTP " + answer.status());
        }
      }

      @Override
      public void close() throws IOException {
        connection.close();
      }
    };
  }

  /** That one side has its leaves, and the other has none, is what the comparison stands on. */
  private static void leaves(ServerRun with, ServerRun without, long calls, Report report)
      throws InterruptedException, SQLException {
    long recorded = leaves(with);
    for (int i = 0; i < 100 && recorded < calls; i++) {
      Thread.sleep(100);
      recorded = leaves(with);
    }
    report.figure("leaves with the log", recorded, "");
    if (recorded < calls) {
      report.error(calls + " calls, but " + recorded + " leaves");
    }
    long none = leaves(without);
    if (none >= calls) {
      report.error("the server without its log has " + none + " leaves");
    }
  }

  private static long leaves(ServerRun server) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.db());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from audit_log")) {
      row.next();
      return row.getLong(1);
    }
  }
}
