package org.auscult.server.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditTrail;
import org.auscult.audit.AuditUnavailableException;
import org.auscult.audit.ChainedLeaf;
import org.auscult.audit.NodeChains;
import org.auscult.server.journal.CrashPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes entries from all requests and makes them durable, many in one transaction.
 *
 * <p>Idea: one thread takes whatever has gathered while the last transaction ran, makes leaves of
 * it, commits them together and then lets all their callers go. A caller alone waits for one
 * commit; a hundred wait for two. Leaves cost no connection of the pool that answers requests.
 *
 * <p>If the database refuses, the leaves go to this node's {@link Spool}, and from there into the
 * database when it is back (safety rule 22). Whether a commit that failed took place may be
 * unknown: then its lane ends, and the entries are written again in another one, so that an event
 * may stand in the log twice, but never not at all. Spooled leaves have chains of their own, so
 * that none is put in order before a former one of its chain.
 */
public final class GroupCommit implements AuditTrail, SmartLifecycle, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MOST = 500;
  private static final int WAITING = 10_000;
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(2);

  private final PendingLeaves pending;
  private final Spool spool;
  private final NodeChains chains;
  private final NodeChains spooledChains;
  private final InstantSource clock;
  private final Runnable onStored;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING);
  private volatile boolean running;
  private volatile boolean isSpooling;
  private volatile Thread thread = new Thread(() -> {});
  private long nextTry;

  /**
   * @param node new at each start of the process
   * @param onStored told after each commit
   */
  public GroupCommit(
      PendingLeaves pending, Spool spool, String node, InstantSource clock, Runnable onStored) {
    this.pending = pending;
    this.spool = spool;
    this.chains = new NodeChains(node);
    this.spooledChains = new NodeChains(node + ".spool");
    this.clock = clock;
    this.onStored = onStored;
  }

  private record Waiting(AuditEntry entry, CompletableFuture<Kept> kept) {}

  @Override
  public void record(AuditEntry entry) {
    keep(entry);
  }

  /**
   * Records an event, and says where it is durable.
   *
   * @throws AuditUnavailableException if nothing takes it
   */
  Kept keep(AuditEntry entry) {
    Waiting waiting = new Waiting(entry, new CompletableFuture<>());
    if (!running || !queue.offer(waiting)) {
      throw new AuditUnavailableException(
          running ? "Too many events wait to be recorded" : "The server is stopping", null);
    }
    try {
      return waiting.kept.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AuditUnavailableException("The event could not be recorded", e.getCause());
    } catch (TimeoutException e) {
      throw new AuditUnavailableException("The event was not recorded in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditUnavailableException("Interrupted before the event was recorded", e);
    }
  }

  /** Whether leaves go to the spool at the moment, or wait there. */
  boolean isSpooling() {
    return isSpooling;
  }

  @Override
  public void start() {
    running = true;
    thread = new Thread(this::run, "audit-writer");
    thread.start();
  }

  private void run() {
    beginSpool();
    List<Waiting> batch = new ArrayList<>();
    while (running || !queue.isEmpty()) {
      try {
        Waiting first = queue.poll(ROUND.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, MOST - 1);
          write(batch);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        running = false;
      } catch (RuntimeException e) {
        LOG.error("Audit leaves could not be made: {}", e.getClass().getName(), e);
        batch.forEach(w -> w.kept.completeExceptionally(e));
      }
      batch.clear();
      drain();
    }
    pending.close();
  }

  private void beginSpool() {
    nextTry = System.nanoTime();
    try {
      spool.cutTornEnd();
      isSpooling = spool.size() > 0;
    } catch (IOException e) {
      LOG.error("The audit spool cannot be opened: {}", e.getClass().getName(), e);
    }
  }

  private void write(List<Waiting> batch) {
    if (System.nanoTime() - nextTry >= 0 || !isSpooling) {
      try {
        inLane(batch, chains, Kept.DATABASE, pending::store);
        onStored.run();
        return;
      } catch (SQLException e) {
        LOG.error("The database takes no audit leaves ({}); they are spooled", e.getSQLState());
        nextTry = System.nanoTime() + UNTIL_NEXT_TRY.toNanos();
        isSpooling = true;
      }
    }
    try {
      inLane(batch, spooledChains, Kept.SPOOL, this::spool);
    } catch (SQLException | UncheckedIOException e) {
      LOG.error("The audit spool takes no leaves either; requests are refused", e);
      batch.forEach(w -> w.kept.completeExceptionally(e));
    }
  }

  private void spool(List<ChainedLeaf> leaves) {
    try {
      spool.append(leaves.stream().map(ChainedLeaf::bytes).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Store {
    void leaves(List<ChainedLeaf> leaves) throws SQLException;
  }

  /** Lets the callers go only when everything is stored. */
  private void inLane(List<Waiting> batch, NodeChains of, Kept where, Store store)
      throws SQLException {
    NodeChains.Lane lane = of.borrow();
    List<ChainedLeaf> leaves = new ArrayList<>();
    List<Waiting> made = new ArrayList<>();
    boolean isCommitted = false;
    try {
      for (Waiting waiting : batch) {
        try {
          leaves.add(lane.next(waiting.entry, clock.instant()));
          made.add(waiting);
        } catch (IllegalArgumentException e) {
          // It is too large, or holds what no leaf may: its request alone is refused.
          waiting.kept.completeExceptionally(e);
        }
      }
      CrashPoint.pass("audit.before-commit");
      store.leaves(leaves);
      isCommitted = true;
      CrashPoint.pass("audit.after-commit");
    } finally {
      if (isCommitted) {
        lane.committed();
      } else {
        lane.abandon();
      }
    }
    made.forEach(w -> w.kept.complete(where));
  }

  private void drain() {
    if (!isSpooling || System.nanoTime() - nextTry < 0) {
      return;
    }
    try {
      List<byte[]> waiting = spool.read();
      if (!waiting.isEmpty()) {
        pending.storeAgain(waiting);
        CrashPoint.pass("audit.before-clear");
        spool.clear();
        LOG.warn("{} spooled audit leaves are in the database now", waiting.size());
        onStored.run();
      }
      isSpooling = false;
    } catch (SQLException e) {
      nextTry = System.nanoTime() + UNTIL_NEXT_TRY.toNanos();
    } catch (IOException | RuntimeException e) {
      LOG.error("The audit spool cannot be drained: {}", e.getClass().getName(), e);
      nextTry = System.nanoTime() + UNTIL_NEXT_TRY.toNanos();
    }
  }

  /** After all that answer requests have stopped. */
  @Override
  public void stop() {
    running = false;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(15));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Starts before, and stops after, whatever answers requests. */
  @Override
  public int getPhase() {
    return 0;
  }
}
