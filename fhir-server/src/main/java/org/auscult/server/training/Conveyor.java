package org.auscult.server.training;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.auscult.server.training.TrainingRun.StoppedException;
import org.jspecify.annotations.Nullable;

/**
 * Works on several things at once, and finishes one after the other: what the work on each leaves
 * to be done is done by the caller's thread, in the order of the things. So the same things give
 * the same bytes, on however many threads.
 *
 * <p>Whatever is not taken yet is bounded: work that is far ahead waits. The work on the thing
 * whose turn it is has always begun, since work begins in order, so nobody waits for ever.
 */
final class Conveyor implements AutoCloseable {
  private static final int MOST_THREADS = 4;
  private static final int AHEAD_PER_THREAD = 2;
  private static final int BATCH = 64;
  private static final int MOST_BATCHES = 4;

  private final ExecutorService threads;
  private final int ahead;

  private Conveyor(int threads) {
    this.ahead = threads * AHEAD_PER_THREAD;
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "training-rows");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** One of as many threads as there are processors, of which it leaves others some. */
  static Conveyor ofProcessors() {
    return new Conveyor(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  /** What work leaves to be done in its turn. */
  @FunctionalInterface
  interface Rest {
    void go() throws IOException;
  }

  /** What is done with a thing, on any thread. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * @param later takes what is to be done in the thing's turn, in order
     */
    void go(T thing, Consumer<Rest> later) throws IOException;
  }

  /**
   * Does it for each.
   *
   * @param meanwhile done by the caller's thread again and again
   * @throws StoppedException if the caller's thread is interrupted
   */
  <T> void each(Collection<T> things, Work<T> work, Runnable meanwhile) throws IOException {
    Deque<Lane> lanes = new ArrayDeque<>();
    Iterator<T> next = things.iterator();
    try {
      while (next.hasNext() || !lanes.isEmpty()) {
        while (next.hasNext() && lanes.size() < ahead) {
          T thing = next.next();
          Lane lane = new Lane();
          lane.work = threads.submit(() -> lane.run(thing, work));
          lanes.add(lane);
        }
        lanes.element().take(meanwhile);
        lanes.remove();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    } finally {
      lanes.forEach(Lane::abandon);
    }
  }

  /** The work on one thing, and what it leaves. */
  private static final class Lane {
    private static final List<Rest> END = List.of();

    private final BlockingQueue<List<Rest>> batches = new ArrayBlockingQueue<>(MOST_BATCHES);
    private List<Rest> batch = new ArrayList<>();
    private @Nullable Future<?> work;

    <T> @Nullable Void run(T thing, Work<T> given) throws IOException, InterruptedException {
      try {
        given.go(thing, this::add);
        put(batch);
      } finally {
        put(END);
      }
      return null;
    }

    private void add(Rest rest) {
      batch.add(rest);
      if (batch.size() == BATCH) {
        try {
          put(batch);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new StoppedException();
        }
        batch = new ArrayList<>();
      }
    }

    private void put(List<Rest> some) throws InterruptedException {
      if (some == END || !some.isEmpty()) {
        batches.put(some);
      }
    }

    void take(Runnable meanwhile) throws IOException, InterruptedException {
      List<Rest> some = null;
      while (some != END) {
        meanwhile.run();
        some = batches.poll(1, TimeUnit.SECONDS);
        if (some != null) {
          for (Rest rest : some) {
            rest.go();
          }
        }
      }
      failure();
    }

    private void failure() throws IOException, InterruptedException {
      try {
        Objects.requireNonNull(work).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IllegalStateException(
            "A patient's part of a data set was not made", e.getCause());
      }
    }

    void abandon() {
      if (work != null) {
        work.cancel(true);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
