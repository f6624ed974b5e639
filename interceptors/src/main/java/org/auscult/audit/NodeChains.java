package org.auscult.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.auscult.audit.tree.Hash;

/**
 * The chains of leaves that one node writes.
 *
 * <p>Idea: leaves are stored within many transactions at a time, and any of these may be rolled
 * back. One chain through all of them would have to hold each commit up until the former is done,
 * or have gaps that nobody could tell from a removed leaf. So a node keeps as many chains ("lanes")
 * as it has transactions in flight: each transaction borrows one, adds its leaves, and gives it
 * back. Within a chain a leaf is made only after the former one is stored: in an honest log there
 * is no gap, and every gap is a finding.
 *
 * <p>The log must take the leaves of a chain in their order. So what is written elsewhere for a
 * while, as to a file while the database is away, belongs to lanes of its own until it is in.
 *
 * <p>Where it is unknown whether a transaction was committed (the connection was lost in the
 * commit), the lane is given up and never used again, with {@link Lane#abandon}.
 *
 * <p>Threads: safe. A {@link Lane} belongs to one thread at a time.
 */
public final class NodeChains {
  private final String node;
  private final Deque<Lane> free = new ArrayDeque<>();
  private int lanes;

  /**
   * @param node new at each start of the process, such as a random UUID: chains begin at 1
   */
  public NodeChains(String node) {
    this.node = node;
  }

  /** The node's name. */
  public String node() {
    return node;
  }

  /** A lane that is free, or a new one; to be given back in every case. */
  public synchronized Lane borrow() {
    Lane last = free.pollLast();
    return last == null ? new Lane(++lanes) : last;
  }

  private synchronized void giveBack(Lane lane) {
    free.addLast(lane);
  }

  /** One chain, while a transaction adds to it. */
  public final class Lane {
    private final int number;
    private State stored = new State(0, Hash.ZERO, Instant.EPOCH);
    private State written = stored;

    private Lane(int number) {
      this.number = number;
    }

    /**
     * Makes the next leaf of this chain.
     *
     * @param now when it is recorded; if the clock was set back, the former leaf's time instead
     */
    public ChainedLeaf next(AuditEntry entry, Instant now) {
      ChainLink link = new ChainLink(node, number, written.sequence() + 1, written.last());
      Instant recorded = now.isBefore(written.recorded()) ? written.recorded() : now;
      ChainedLeaf leaf = ChainedLeaf.of(new AuditLeaf(AuditLeaf.FORM, recorded, link, entry));
      written = new State(link.sequence(), leaf.hash(), leaf.leaf().recorded());
      return leaf;
    }

    /** The leaves are committed: gives the lane back. */
    public void committed() {
      stored = written;
      giveBack(this);
    }

    /** None of the leaves is stored, for certain: gives the lane back as it was. */
    public void rolledBack() {
      written = stored;
      giveBack(this);
    }

    /** Nobody knows whether the leaves are stored: this lane ends here. */
    public void abandon() {
      // Not given back: its number is never used again.
    }
  }

  private record State(long sequence, Hash last, Instant recorded) {}
}
