package org.auscult.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.auscult.bench.Load.Outcome;
import org.auscult.bench.Report.Aim;
import org.jspecify.annotations.Nullable;

/**
 * The {@code cvd-risk} hook on PostgreSQL, beside HAPI's own CDS module as the peer, and beside the
 * floor: one indexed read and one durable insert.
 *
 * <p>Burst: closed loop, in turns floor, ours, peer; between the turns ours makes resources of what
 * it has shown, so that each turn begins with an idle machine. That work counts as ours: CPU is
 * taken from the start of a turn until nothing is pending.
 *
 * <p>Sustained: open loop at a fixed rate; a time counts from the scheduled start.
 */
final class HookBench implements Benchmark {
  static final int CALLERS = 8;
  private static final int OPEN_CALLERS = 64;
  private static final double RATE = 150;
  static final int DRAIN_SECONDS = 900;
  private static final Map<Integer, Integer> PEOPLE = Map.of(200, 20, 2_000, 4, 20_000, 1);
  private static final List<Integer> STEPS = List.of(50, 100, 150, 200, 250, 300, 400, 600, 800);

  @Override
  public String name() {
    return "hook";
  }

  @Override
  public String about() {
    return "the cvd-risk hook on PostgreSQL beside the floor and HAPI's own CDS module";
  }

  @Override
  public void run(Setting setting, Report report) throws Exception {
    setting.say(ServerRun.WHO_ASKS);
    Random random = new Random(setting.seed());
    Map<Integer, List<Person>> people = new TreeMap<>();
    for (int rows : setting.sizes()) {
      int many = PEOPLE.getOrDefault(rows, 1);
      people.put(rows, Person.some(setting.pick(Math.max(1, many / 5), many), rows, random));
    }
    List<Person> all = people.values().stream().flatMap(List::stream).toList();
    boolean burst = setting.burst() > 0;
    try (BenchDatabase database = BenchDatabase.open(setting.db());
        Floor floor = Floor.over(database.create("auscult_bench_floor"), all, random);
        ServerRun ourServer = ServerRun.ours(database.create("auscult_bench_ours"))) {
      HookSide ours = new HookSide("ours", ourServer);
      fill(setting, ours, all);
      if (burst) {
        try (ServerRun peerServer = ServerRun.plainHapi(database.create("auscult_bench_peer"))) {
          HookSide peer = new HookSide("peer", peerServer);
          fill(setting, peer, all);
          agree(ours.learn(all), peer.learn(all), report);
          for (var size : people.entrySet()) {
            new Burst(setting, report, floor, ours, peer, random)
                .run(size.getKey(), size.getValue());
          }
        }
      } else {
        ours.learn(all);
      }
      if (setting.sustained() > 0) {
        sustained(setting, report, floor, ours, people, random);
      }
      lost(ours, report);
    }
  }

  private static void fill(Setting setting, HookSide side, List<Person> people) throws Exception {
    long start = System.nanoTime();
    side.load(people);
    BenchDatabase.analyse(side.server().db());
    setting.say(
        "%s: %,d people with %,d observations loaded in %.0f s",
        side.name(),
        people.size(),
        people.stream().mapToInt(Person::rows).sum(),
        (System.nanoTime() - start) / 1e9);
  }

  /** Two programs that choose the values each in its own way come to the same number. */
  private static void agree(Map<String, Double> ours, Map<String, Double> peer, Report report) {
    ours.forEach(
        (person, number) -> {
          double other = peer.getOrDefault(person, Double.NaN);
          // Shown with one decimal, which either may round the other way.
          if (!(Math.abs(number - other) < 0.11)) {
            report.error(person + ": ours shows " + number + " %, the peer " + other + " %");
          }
        });
  }

  /** Every prediction that was shown is in the FHIR store, once. */
  private static void lost(HookSide ours, Report report) throws Exception {
    if (Double.isNaN(ours.drain(DRAIN_SECONDS))) {
      report.error(ours.backlog() + " predictions are not FHIR resources after a long wait");
    }
    long stored = ours.stored();
    long shown = ours.shown();
    report.figure("predictions shown", shown, "");
    if (stored != shown) {
      report.error(shown + " predictions were shown, " + stored + " are in the FHIR store");
    }
  }

  private static void sustained(
      Setting setting,
      Report report,
      Floor floor,
      HookSide ours,
      Map<Integer, List<Person>> people,
      Random random)
      throws Exception {
    // Each size is as frequent as the others, however many people there are of it.
    List<Person> mixed = mixed(people);
    int seconds = setting.sustained();
    double beside = Math.max(2, seconds / 20.0);
    warmUp(setting, ours, mixed, random);

    List<Outcome> least = new ArrayList<>();
    least.add(openFloor(beside, floor, mixed, random));
    ours.server().signAhead((int) (RATE * seconds));
    Cpu before = Cpu.of(ours.server());
    Outcome mine;
    long left;
    double drained;
    try (Visibility visibility =
        new Visibility(ours.server(), (int) Math.max(RATE / 5, RATE * seconds / 1_000))) {
      mine = open(RATE, seconds, ours, mixed, random, visibility);
      left = ours.backlog();
      drained = ours.drain(DRAIN_SECONDS);
      visibility.close();
      visibility.errors().forEach(e -> report.error("sustained: " + e));
      report.figure(
          "sustained, 150/s: visible over FHIR p99", visibility.p99(), "s", Aim.atMost(1));
      report.figure("sustained, 150/s: samples of it", visibility.samples(), "");
    }
    Cpu used = Cpu.of(ours.server()).since(before);
    least.add(openFloor(beside, floor, mixed, random));

    Outcome floors = Load.together(least);
    mine.errors().forEach(e -> report.error("sustained: " + e));
    floors.errors().forEach(e -> report.error("sustained: " + e));
    String of = "sustained, 150/s: ";
    report.figure(of + "ours p50", mine.p50(), "ms", Aim.atMost(3));
    report.figure(of + "ours p99", mine.p99(), "ms", Aim.atMost(20));
    report.figure(of + "ours calls", mine.perSecond(), "/s");
    report.figure(of + "floor p50", floors.p50(), "ms");
    report.figure(of + "floor p99", floors.p99(), "ms");
    report.figure(of + "ours p50 to floor", mine.p50() / floors.p50(), "×");
    // Each resource has a second until it is to be seen; after it, nothing may be pending.
    report.figure(of + "pending at the last answer", left, "");
    report.figure(of + "until nothing was pending", drained, "s", Aim.atMost(1));
    report.figure(of + "CPU a call", 1e3 * used.process() / mine.calls(), "ms");
    used.parts()
        .forEach(
            (part, cpu) ->
                report.figure(of + "CPU a call, " + part, 1e3 * cpu / mine.calls(), "ms"));
    report.figure(of + "database CPU a call", 1e3 * used.database() / mine.calls(), "ms");
    highest(setting, report, ours, mixed, random);
  }

  /** Raises the rate until calls, or the resources made of them, no longer keep up. */
  private static void highest(
      Setting setting, Report report, HookSide ours, List<Person> people, Random random)
      throws Exception {
    int seconds =
        setting.sustainedSeconds() == null
            ? setting.pick(3, 30)
            : Math.max(3, setting.sustained() / 20);
    double best = 0;
    for (int rate : STEPS) {
      ours.server().signAhead(rate * seconds);
      Outcome outcome = open(rate, seconds, ours, people, random, null);
      long left = ours.backlog();
      double drained = ours.drain(DRAIN_SECONDS);
      outcome.errors().forEach(e -> report.error("at " + rate + "/s: " + e));
      // Up to a second's worth may be pending at any moment: it is visible within a second.
      boolean kept = outcome.p99() <= 1_000 && left <= rate;
      setting.say(
          "at %d/s for %d s: p50 %.1f ms, p99 %.1f ms, %d pending at the end, gone after %.1f s: %s",
          rate, seconds, outcome.p50(), outcome.p99(), left, drained, kept ? "kept" : "not kept");
      if (!kept) {
        break;
      }
      best = rate;
    }
    report.figure("highest rate kept", best, "/s", Aim.atLeast(RATE));
  }

  private static List<Person> mixed(Map<Integer, List<Person>> people) {
    int most = people.values().stream().mapToInt(List::size).max().orElse(1);
    List<Person> mixed = new ArrayList<>();
    for (List<Person> size : people.values()) {
      for (int i = 0; i < most; i++) {
        mixed.add(size.get(i % size.size()));
      }
    }
    return mixed;
  }

  /**
   * Calls until the compiler has seen enough of them: by their number, for on a slow machine the
   * same time is less of them; but no longer than it takes to see that it is one.
   */
  static void warmUp(Setting setting, HookSide side, List<Person> people, Random random)
      throws IOException, InterruptedException {
    long enough = setting.pick(300, 8_000);
    long end = System.nanoTime() + setting.pick(15, 60) * 1_000_000_000L;
    for (long calls = 0; calls < enough && System.nanoTime() < end; ) {
      calls += Load.closed(CALLERS, 1, () -> side.caller(people, seed(random))).calls();
    }
    side.drain(DRAIN_SECONDS);
  }

  private static Outcome openFloor(double seconds, Floor floor, List<Person> people, Random random)
      throws Exception {
    return Load.open(CALLERS, RATE, seconds, () -> floor.caller(people, seed(random)));
  }

  private static Outcome open(
      double rate,
      double seconds,
      HookSide ours,
      List<Person> people,
      Random random,
      HookSide.@Nullable Listener listener)
      throws InterruptedException {
    return Load.open(
        OPEN_CALLERS,
        rate,
        seconds,
        () ->
            listener == null
                ? ours.caller(people, seed(random))
                : ours.caller(people, seed(random), listener));
  }

  private static long seed(Random random) {
    synchronized (random) {
      return random.nextLong();
    }
  }
}
