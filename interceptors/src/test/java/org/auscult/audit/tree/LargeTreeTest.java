package org.auscult.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/**
 * Proofs in logs far longer than a disk could hold. All leaves are equal there, but for the one at
 * {@link #ODD}, so that each perfect subtree's hash follows from its level and place.
 *
 * <p>Governance: 8.
 */
class LargeTreeTest {
  private static final long LARGEST = 1L << 50;
  private static final long ODD = 1_234_567_890_123L;

  /** Computes hashes when they are asked for, and counts. */
  private static final class EqualLeaves implements SubtreeHashes {
    private final List<Hash> equal = new ArrayList<>();
    private final List<Hash> withOdd = new ArrayList<>();
    private int read;

    EqualLeaves() {
      equal.add(Hash.ofLeaf(new byte[] {1}));
      withOdd.add(Hash.ofLeaf(new byte[] {2}));
      for (int level = 1; level <= 52; level++) {
        Hash same = equal.get(level - 1);
        Hash odd = withOdd.get(level - 1);
        boolean isLeft = ((ODD >> (level - 1)) & 1) == 0;
        equal.add(Hash.ofNode(same, same));
        withOdd.add(isLeft ? Hash.ofNode(odd, same) : Hash.ofNode(same, odd));
      }
    }

    private Hash hash(Subtree subtree) {
      boolean holdsOdd = ODD >> subtree.level() == subtree.index();
      return (holdsOdd ? withOdd : equal).get(subtree.level());
    }

    @Override
    public Map<Subtree, Hash> read(Collection<Subtree> subtrees) {
      read += subtrees.size();
      return subtrees.stream().collect(Collectors.toMap(Function.identity(), this::hash));
    }

    @Override
    public void write(Map<Subtree, Hash> hashes) {
      throw new UnsupportedOperationException("They are computed");
    }
  }

  private static Hash root(long size) {
    return Frontier.read(new EqualLeaves(), size).root();
  }

  @Property(seed = "6962")
  void anyLeafIsProvedWithFewHashes(
      @ForAll @LongRange(min = 1, max = LARGEST) long size, @ForAll long any) {
    long index = Math.floorMod(any, size);
    EqualLeaves stored = new EqualLeaves();
    InclusionProof proof = InclusionProof.of(stored, index, size);

    assertThat(proof.verifies(stored.hash(new Subtree(0, index)), root(size))).isTrue();
    assertThat(stored.read).isLessThanOrEqualTo(2 * 51);
  }

  @Property(seed = "6962")
  void theOddLeafStandsNowhereElse(
      @ForAll @LongRange(min = ODD + 1, max = LARGEST) long size, @ForAll long any) {
    Hash odd = Hash.ofLeaf(new byte[] {2});
    long index = Math.floorMod(any, size);
    assertThat(InclusionProof.of(new EqualLeaves(), ODD, size).verifies(odd, root(size))).isTrue();
    assertThat(InclusionProof.of(new EqualLeaves(), index, size).verifies(odd, root(size)))
        .isEqualTo(index == ODD);
  }

  @Property(seed = "6962")
  void anyGrowthIsProvedWithFewHashes(
      @ForAll @LongRange(min = 1, max = LARGEST) long second, @ForAll long any) {
    long first = 1 + Math.floorMod(any, second);
    EqualLeaves stored = new EqualLeaves();
    ConsistencyProof proof = ConsistencyProof.of(stored, first, second);

    assertThat(proof.verifies(root(first), root(second))).isTrue();
    assertThat(proof.verifies(root(second + 1), root(second))).isFalse();
    assertThat(stored.read).isLessThanOrEqualTo(3 * 51);
  }
}
