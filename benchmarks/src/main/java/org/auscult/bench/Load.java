package org.auscult.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Runs calls, closed or open loop, and takes their times. */
final class Load {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private Load() {}

  /** One caller with what it needs for itself, such as a connection. */
  interface Caller extends Closeable {
    /**
     * Does one call.
     *
     * @throws Wrong if the answer was not what it must be
     */
    void call() throws Exception;
  }

  /** Makes a caller; called once in each thread. */
  interface Callers {
    Caller open() throws Exception;
  }

  /** An answer was not what it must be. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String what) {
      super(what);
    }
  }

  /**
   * What came of a load.
   *
   * @param times in microseconds, of the calls that were answered rightly
   * @param errors each in a line
   */
  record Outcome(Histogram times, double seconds, List<String> errors) {
    double perSecond() {
      return times.getTotalCount() / seconds;
    }

    double p50() {
      return times.getValueAtPercentile(50) / 1_000.0;
    }

    double p99() {
      return times.getValueAtPercentile(99) / 1_000.0;
    }

    long calls() {
      return times.getTotalCount();
    }
  }

  /** The same load in several rounds, as one. */
  static Outcome together(List<Outcome> rounds) {
    Histogram times = histogram();
    List<String> errors = new ArrayList<>();
    rounds.forEach(r -> times.add(r.times()));
    rounds.forEach(r -> errors.addAll(r.errors()));
    return new Outcome(times, rounds.stream().mapToDouble(Outcome::seconds).sum(), errors);
  }

  /** Each of so many callers calls once. */
  static Outcome once(int callers, Callers made) throws InterruptedException {
    return run(
        callers,
        made,
        (caller, times) -> {
          long start = System.nanoTime();
          if (caller.isRight()) {
            record(times, System.nanoTime() - start);
          }
        });
  }

  /** Each of so many callers calls as soon as it is answered. */
  static Outcome closed(int callers, double seconds, Callers made) throws InterruptedException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    return run(
        callers,
        made,
        (caller, times) -> {
          while (true) {
            long start = System.nanoTime();
            if (start >= end) {
              return;
            }
            if (caller.isRight()) {
              record(times, System.nanoTime() - start);
            }
          }
        });
  }

  /**
   * Calls start at a fixed rate, whether the former ones are answered or not. A time counts from
   * the scheduled start: a call that had to wait for a free caller has waited.
   */
  static Outcome open(int callers, double rate, double seconds, Callers made)
      throws InterruptedException {
    long first = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    long count = (long) (rate * seconds);
    AtomicLong next = new AtomicLong();
    return run(
        callers,
        made,
        (caller, times) -> {
          for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            long scheduled = first + (long) (i * 1e9 / rate);
            for (long left = scheduled - System.nanoTime();
                left > 0;
                left = scheduled - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            if (caller.isRight()) {
              record(times, System.nanoTime() - scheduled);
            }
          }
        });
  }

  private interface Work {
    void run(Judged caller, Histogram times) throws Exception;
  }

  /** Notes what goes wrong, and gives up a caller for whom everything does. */
  private record Judged(Caller caller, List<String> wrong) {
    private static final int ENOUGH = 50;

    boolean isRight() throws Exception {
      try {
        caller.call();
        return true;
      } catch (Wrong | IOException e) {
        wrong.add(e.getClass().getSimpleName() + ": " + e.getMessage());
        if (wrong.size() >= ENOUGH) {
          throw e;
        }
        return false;
      }
    }
  }

  private static Outcome run(int callers, Callers made, Work work) throws InterruptedException {
    Histogram times = histogram();
    List<String> errors = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < callers; i++) {
      Thread thread = new Thread(() -> one(made, work, times, errors), "caller-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return new Outcome(times, (System.nanoTime() - start) / 1e9, errors);
  }

  private static void one(Callers made, Work work, Histogram times, List<String> errors) {
    Histogram own = histogram();
    List<String> wrong = new ArrayList<>();
    try (Caller caller = made.open()) {
      work.run(new Judged(caller, wrong), own);
    } catch (Exception e) {
      wrong.add("A caller gave up: " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    synchronized (errors) {
      times.add(own);
      errors.addAll(wrong);
    }
  }

  private static void record(Histogram times, long nanos) {
    times.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST_MICROS));
  }

  static Histogram histogram() {
    return new Histogram(LONGEST_MICROS, 3);
  }
}
