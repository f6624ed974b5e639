package org.auscult.prove.crash;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** A whole server that is asked by several callers at once, and may be killed meanwhile. */
public interface KillableServer {
  /** Whether its process lives. */
  boolean isAlive();

  /** SIGKILL. */
  void kill();

  /** With which status its process ended; waits for that. */
  int status() throws InterruptedException;

  /** Asks once more; whether a whole answer came. */
  @FunctionalInterface
  interface Caller {
    /** Asks. */
    boolean call() throws InterruptedException;
  }

  /**
   * Asks without end; the end is the kill.
   *
   * @param callers at once
   * @param patience how long it may live on where it is to die
   * @param caller one for each number from 0
   * @param failures hears what must not be
   */
  default void workUntilKilled(
      Kill kill,
      int callers,
      Duration patience,
      IntFunction<Caller> caller,
      Consumer<String> failures)
      throws InterruptedException {
    AtomicLong firstAnswer = new AtomicLong();
    long end = System.nanoTime() + patience.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    for (int i = 0; i < callers; i++) {
      Caller one = caller.apply(i);
      threads.execute(() -> ask(one, firstAnswer));
    }
    while (isAlive()) {
      boolean isLate = System.nanoTime() > end;
      if (isLate) {
        failures.accept("the server lived on at " + kill + ": it answers no more, or never passes");
      }
      if (isLate || kill.isDue(firstAnswer.get())) {
        kill();
      }
      Thread.sleep(2);
    }
    threads.shutdown();
    if (!threads.awaitTermination(patience.toSeconds(), TimeUnit.SECONDS)) {
      failures.accept("callers wait for a server that is dead");
    }
    if (status() != Kill.STATUS) {
      failures.accept("the server ended with status " + status() + ", not by the kill");
    }
  }

  private void ask(Caller caller, AtomicLong firstAnswer) {
    try {
      while (isAlive()) {
        if (caller.call()) {
          firstAnswer.compareAndSet(0, System.nanoTime());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
