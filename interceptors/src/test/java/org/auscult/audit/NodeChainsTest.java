package org.auscult.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.audit.tree.Hash;
import org.junit.jupiter.api.Test;

/** Governance: 8. */
class NodeChainsTest {
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00Z");
  private static final AuditEntry ENTRY =
      AuditEntry.of(AuditKind.REST, AuditAction.READ, "read Patient").build();

  @Test
  void aLeafHoldsTheFormerOnesHash() {
    NodeChains.Lane lane = new NodeChains("n").borrow();
    ChainedLeaf first = lane.next(ENTRY, TIME);
    ChainedLeaf second = lane.next(ENTRY, TIME);
    assertThat(first.leaf().link()).isEqualTo(new ChainLink("n", 1, 1, Hash.ZERO));
    assertThat(second.leaf().link()).isEqualTo(new ChainLink("n", 1, 2, first.hash()));
    assertThat(first.hash()).isEqualTo(Hash.ofLeaf(first.bytes()));
    assertThat(AuditLeaf.read(second.bytes())).isEqualTo(second.leaf());
  }

  @Test
  void goesOnWhereItCommitted() {
    NodeChains chains = new NodeChains("n");
    NodeChains.Lane lane = chains.borrow();
    ChainedLeaf first = lane.next(ENTRY, TIME);
    lane.committed();
    NodeChains.Lane again = chains.borrow();
    assertThat(again.next(ENTRY, TIME).leaf().link())
        .isEqualTo(new ChainLink("n", 1, 2, first.hash()));
  }

  @Test
  void aRollbackLeavesNoGap() {
    NodeChains chains = new NodeChains("n");
    NodeChains.Lane lane = chains.borrow();
    ChainedLeaf first = lane.next(ENTRY, TIME);
    lane.committed();
    NodeChains.Lane failing = chains.borrow();
    failing.next(ENTRY, TIME.plusSeconds(9));
    failing.next(ENTRY, TIME.plusSeconds(9));
    failing.rolledBack();
    AuditLeaf next = chains.borrow().next(ENTRY, TIME).leaf();
    assertThat(next.link()).isEqualTo(new ChainLink("n", 1, 2, first.hash()));
    assertThat(next.recorded()).isEqualTo(TIME);
  }

  @Test
  void whatIsUnknownEndsItsLane() {
    NodeChains chains = new NodeChains("n");
    NodeChains.Lane lane = chains.borrow();
    lane.next(ENTRY, TIME);
    lane.abandon();
    assertThat(chains.borrow().next(ENTRY, TIME).leaf().link())
        .isEqualTo(new ChainLink("n", 2, 1, Hash.ZERO));
  }

  @Test
  void aClockSetBackSetsNoLeafBack() {
    NodeChains.Lane lane = new NodeChains("n").borrow();
    lane.next(ENTRY, TIME);
    assertThat(lane.next(ENTRY, TIME.minusSeconds(5)).leaf().recorded()).isEqualTo(TIME);
    assertThat(lane.next(ENTRY, TIME.plusSeconds(5)).leaf().recorded())
        .isEqualTo(TIME.plusSeconds(5));
  }

  /** Threads that commit, roll back and lose their connections: no chain has a gap. */
  @Test
  void noChainHasAGapWhateverHappens() throws Exception {
    NodeChains chains = new NodeChains("n");
    List<ChainedLeaf> stored = Collections.synchronizedList(new ArrayList<>());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Random random = new Random(t);
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 500; i++) {
                  transaction(chains.borrow(), random, stored);
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();

    Map<String, ChainedLeaf> last = new TreeMap<>();
    for (ChainedLeaf leaf : stored) {
      ChainLink link = leaf.leaf().link();
      ChainedLeaf former = last.put(link.chain(), leaf);
      assertThat(link.sequence())
          .isEqualTo(former == null ? 1 : former.leaf().link().sequence() + 1);
      assertThat(link.previous()).isEqualTo(former == null ? Hash.ZERO : former.hash());
    }
    assertThat(stored.stream().map(l -> l.leaf().id())).doesNotHaveDuplicates();
  }

  private static void transaction(NodeChains.Lane lane, Random random, List<ChainedLeaf> stored) {
    List<ChainedLeaf> leaves = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      leaves.add(lane.next(ENTRY, TIME.plusMillis(random.nextInt(1000))));
    }
    switch (random.nextInt(10)) {
      case 0, 1 -> lane.rolledBack();
      case 2 -> {
        if (random.nextBoolean()) {
          stored.addAll(leaves);
        }
        lane.abandon();
      }
      default -> {
        stored.addAll(leaves);
        lane.committed();
      }
    }
  }
}
