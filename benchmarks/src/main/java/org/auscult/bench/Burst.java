package org.auscult.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.auscult.bench.Load.Outcome;
import org.auscult.bench.Report.Aim;

/**
 * Bursts of eight callers, closed loop, on patients of one size: floor, ours and peer in turns.
 *
 * <p>After each turn ours makes resources of what it has shown, and its CPU is taken when that is
 * done: so each turn begins with an idle machine, and nothing that ours puts off is left out.
 */
record Burst(
    Setting setting, Report report, Floor floor, HookSide ours, HookSide peer, Random random) {

  /** Calls that are signed ahead for each second of a turn; ours answers fewer. */
  private static final int MOST_PER_SECOND = 1_500;

  /** What one side did in all its turns. */
  private static final class Tally {
    private final List<Outcome> turns = new ArrayList<>();
    private double cpu;
    private double database;
    private double drained;

    Outcome outcome() {
      return Load.together(turns);
    }

    double millisPerCall(double seconds) {
      return 1e3 * seconds / outcome().calls();
    }
  }

  void run(int rows, List<Person> people) throws Exception {
    warmUp(people);
    int rounds = setting.pick(2, 4);
    double seconds = setting.burst() / (double) rounds;
    Tally floors = new Tally();
    Tally mine = new Tally();
    Tally other = new Tally();
    for (int round = 0; round < rounds; round++) {
      floors.turns.add(Load.closed(HookBench.CALLERS, seconds, () -> floor.caller(people, next())));
      turn(ours, mine, seconds, people);
      turn(peer, other, seconds, people);
    }
    report(String.format(Locale.ROOT, "burst, %,d rows: ", rows), floors, mine, other);
  }

  private void turn(HookSide side, Tally tally, double seconds, List<Person> people)
      throws Exception {
    side.server().signAhead((int) (MOST_PER_SECOND * seconds));
    Cpu before = Cpu.of(side.server());
    tally.turns.add(Load.closed(HookBench.CALLERS, seconds, () -> side.caller(people, next())));
    tally.drained += side.drain(HookBench.DRAIN_SECONDS);
    Cpu used = Cpu.of(side.server()).since(before);
    tally.cpu += used.process();
    tally.database += used.database();
  }

  private void warmUp(List<Person> people) throws Exception {
    Load.closed(HookBench.CALLERS, 1, () -> floor.caller(people, next()));
    HookBench.warmUp(setting, ours, people, random);
    HookBench.warmUp(setting, peer, people, random);
  }

  private long next() {
    synchronized (random) {
      return random.nextLong();
    }
  }

  private void report(String of, Tally floors, Tally mine, Tally other) {
    Outcome a = mine.outcome();
    Outcome least = floors.outcome();
    Outcome b = other.outcome();
    for (Outcome side : List.of(least, a, b)) {
      side.errors().forEach(e -> report.error(of + e));
    }
    setting.say(
        "%sours p50 %.1f ms, p99 %.1f ms, %.0f/s; floor %.2f ms, %.0f/s; peer %.1f ms, %.0f/s",
        of,
        a.p50(),
        a.p99(),
        a.perSecond(),
        least.p50(),
        least.perSecond(),
        b.p50(),
        b.perSecond());
    report.figure(of + "ours p50", a.p50(), "ms", Aim.atMost(4));
    report.figure(of + "ours p99", a.p99(), "ms", Aim.atMost(25));
    report.figure(of + "ours calls", a.perSecond(), "/s");
    report.figure(of + "floor p50", least.p50(), "ms");
    report.figure(of + "floor p99", least.p99(), "ms");
    report.figure(of + "floor calls", least.perSecond(), "/s");
    report.figure(of + "peer p50", b.p50(), "ms");
    report.figure(of + "peer p99", b.p99(), "ms");
    report.figure(of + "peer calls", b.perSecond(), "/s");
    report.figure(of + "ours p50 to floor", a.p50() / least.p50(), "×", Aim.atMost(4));
    report.figure(of + "ours p99 to floor", a.p99() / least.p99(), "×");
    report.figure(of + "ours calls to peer", a.perSecond() / b.perSecond(), "×", Aim.atLeast(10));
    report.figure(of + "ours CPU a call, resources too", mine.millisPerCall(mine.cpu), "ms");
    report.figure(of + "ours database CPU a call", mine.millisPerCall(mine.database), "ms");
    report.figure(of + "peer CPU a call", other.millisPerCall(other.cpu), "ms");
    report.figure(of + "peer database CPU a call", other.millisPerCall(other.database), "ms");
    report.figure(of + "until ours had made its resources", mine.drained, "s");
  }
}
