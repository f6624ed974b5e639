package org.auscult.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every root, every inclusion proof and every consistency proof of all sizes up to 70, against the
 * definitions; and every hash of a proof matters.
 *
 * <p>Governance: 8.
 */
class TreeOracleTest {
  private static final int LARGEST = 70;
  private static final List<Hash> LEAVES = new ArrayList<>();
  private static final List<Hash> ROOTS = new ArrayList<>();
  private static final InMemorySubtreeHashes STORED = new InMemorySubtreeHashes();
  private static final Hash OTHER = Hash.ofLeaf(new byte[] {42});

  @BeforeAll
  static void grow() {
    Random random = new Random(6962);
    Frontier tree = Frontier.empty();
    ROOTS.add(tree.root());
    for (int i = 0; i < LARGEST; i++) {
      byte[] leaf = new byte[random.nextInt(40)];
      random.nextBytes(leaf);
      LEAVES.add(Hash.ofLeaf(leaf));
      Map<Subtree, Hash> made = new HashMap<>();
      tree.add(LEAVES.get(i), made::put);
      STORED.write(made);
      ROOTS.add(tree.root());
      assertThat(tree.size()).isEqualTo(i + 1);
    }
  }

  private static List<Hash> first(int size) {
    return LEAVES.subList(0, size);
  }

  @Test
  void roots() {
    for (int size = 0; size <= LARGEST; size++) {
      assertThat(ROOTS.get(size)).isEqualTo(NaiveTree.root(first(size)));
      assertThat(Frontier.read(STORED, size).root()).isEqualTo(ROOTS.get(size));
    }
  }

  /** Fewer than two hashes for each leaf. */
  @Test
  void storesEachPerfectSubtreeOnce() {
    assertThat(STORED.size()).isEqualTo(2 * LARGEST - Long.bitCount(LARGEST));
  }

  @Test
  void anEdgeGrowsOn() {
    for (int size = 0; size < LARGEST; size++) {
      Frontier tree = Frontier.of(size, Frontier.read(STORED, size).hashes());
      tree.add(LEAVES.get(size));
      assertThat(tree.root()).isEqualTo(ROOTS.get(size + 1));
    }
  }

  @Test
  void inclusion() {
    for (int size = 1; size <= LARGEST; size++) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof = InclusionProof.of(STORED, index, size);
        assertThat(proof.path()).isEqualTo(NaiveTree.path(index, first(size)));
        assertThat(proof.verifies(LEAVES.get(index), ROOTS.get(size))).isTrue();
        assertThat(proof.verifies(OTHER, ROOTS.get(size))).isFalse();
        assertThat(proof.verifies(LEAVES.get(index), OTHER)).isFalse();
        for (List<Hash> path : altered(proof.path())) {
          assertThat(
                  new InclusionProof(index, size, path)
                      .verifies(LEAVES.get(index), ROOTS.get(size)))
              .isFalse();
        }
      }
    }
  }

  @Test
  void aLeafStandsAtNoOtherPlace() {
    for (int size = 2; size <= LARGEST; size++) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof = InclusionProof.of(STORED, index, size);
        for (int other = 0; other < size; other++) {
          if (other != index) {
            assertThat(
                    new InclusionProof(other, size, proof.path())
                        .verifies(LEAVES.get(index), ROOTS.get(size)))
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  void consistency() {
    for (int second = 1; second <= LARGEST; second++) {
      for (int first = 1; first < second; first++) {
        ConsistencyProof proof = ConsistencyProof.of(STORED, first, second);
        assertThat(proof.path()).isEqualTo(NaiveTree.proof(first, first(second)));
        assertThat(proof.verifies(ROOTS.get(first), ROOTS.get(second))).isTrue();
        assertThat(proof.verifies(OTHER, ROOTS.get(second))).isFalse();
        assertThat(proof.verifies(ROOTS.get(first), OTHER)).isFalse();
        for (List<Hash> path : altered(proof.path())) {
          assertThat(
                  new ConsistencyProof(first, second, path)
                      .verifies(ROOTS.get(first), ROOTS.get(second)))
              .isFalse();
        }
      }
    }
  }

  @Test
  void consistencyOfTheSameAndOfNothing() {
    for (int size = 0; size <= LARGEST; size++) {
      ConsistencyProof same = ConsistencyProof.of(STORED, size, size);
      assertThat(same.path()).isEmpty();
      assertThat(same.verifies(ROOTS.get(size), ROOTS.get(size))).isTrue();
      assertThat(same.verifies(ROOTS.get(size), OTHER)).isFalse();
      ConsistencyProof fromNothing = ConsistencyProof.of(STORED, 0, size);
      assertThat(fromNothing.verifies(Hash.EMPTY_ROOT, ROOTS.get(size))).isTrue();
      assertThat(fromNothing.verifies(OTHER, ROOTS.get(size))).isFalse();
      assertThat(
              new ConsistencyProof(size, size, List.of(OTHER))
                  .verifies(ROOTS.get(size), ROOTS.get(size)))
          .isFalse();
    }
  }

  /** A changed, a missing and a superfluous hash at every place. */
  private static List<List<Hash>> altered(List<Hash> path) {
    List<List<Hash>> all = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<Hash> changed = new ArrayList<>(path);
      changed.set(i, OTHER);
      all.add(changed);
      List<Hash> shorter = new ArrayList<>(path);
      shorter.remove(i);
      all.add(shorter);
    }
    for (int i = 0; i <= path.size(); i++) {
      List<Hash> longer = new ArrayList<>(path);
      longer.add(i, OTHER);
      all.add(longer);
    }
    return all;
  }
}
