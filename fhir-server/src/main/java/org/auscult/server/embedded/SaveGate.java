package org.auscult.server.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Lets many change at once, or one save.
 *
 * <p>Who wants to save keeps newcomers out for a moment, and begins when all who are in have left.
 * One who only waits for another's row changes nothing, and cannot go on until that other one is
 * let in: it need not leave. If somebody stays longer than the moment, all are let in again, and it
 * is tried anew; so nobody waits long for one who saves.
 *
 * @param <S> who changes, a connection say
 */
final class SaveGate<S> {
  private static final Duration MOMENT = Duration.ofMillis(20);

  /** Between two moments, so that those who were kept out come forward. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Predicate<S> waits;
  private final Duration patience;
  private final List<S> inside = new ArrayList<>();
  private boolean closed;

  /**
   * @param waits whether one who is inside only waits for somebody else
   * @param patience how long one who saves tries; then it saves whoever is inside, which is better
   *     than not to save at all
   */
  SaveGate(Predicate<S> waits, Duration patience) {
    this.waits = waits;
    this.patience = patience;
  }

  /** Before a change; waits while somebody saves. */
  synchronized void enter(S who) {
    awaitOpen();
    inside.add(who);
  }

  /** After a change, however it ended. */
  synchronized void leave(S who) {
    inside.remove(who);
    notifyAll();
  }

  /**
   * Before a save; nobody changes anything until {@link #endSave}.
   *
   * @return whether nobody is inside who might: {@code false} after the patience is at its end
   */
  synchronized boolean beginSave() {
    long end = System.nanoTime() + patience.toNanos();
    awaitOpen();
    while (true) {
      closed = true;
      boolean quiet = isQuietWithin(MOMENT);
      if (quiet || System.nanoTime() >= end) {
        return quiet;
      }
      endSave();
      pause(PAUSE);
      awaitOpen();
    }
  }

  /** After a save, however it ended. */
  synchronized void endSave() {
    closed = false;
    notifyAll();
  }

  private boolean isQuietWithin(Duration moment) {
    long end = System.nanoTime() + moment.toNanos();
    while (!inside.stream().allMatch(waits)) {
      if (System.nanoTime() >= end) {
        return false;
      }
      pause(Duration.ofMillis(1));
    }
    return true;
  }

  private void awaitOpen() {
    while (closed) {
      pause(Duration.ofSeconds(1));
    }
  }

  /** Until something has changed, or this long; an interrupt is left to those who called us. */
  private void pause(Duration length) {
    boolean interrupted = Thread.interrupted();
    try {
      wait(length.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
