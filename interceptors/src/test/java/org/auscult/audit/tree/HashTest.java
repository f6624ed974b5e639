package org.auscult.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HashTest {
  @Test
  void isReadAsItIsWritten() {
    Hash hash = Hash.ofLeaf(new byte[] {1, 2, 3});
    assertThat(Hash.parse(hash.hex())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(Hash.of(hash.bytes())).isEqualTo(hash);
    assertThat(hash).isNotEqualTo(Hash.ZERO).hasToString(hash.hex());
  }

  @Test
  void isNotChangedFromOutside() {
    byte[] bytes = new byte[Hash.LENGTH];
    Hash hash = Hash.of(bytes);
    bytes[0] = 1;
    hash.bytes()[0] = 1;
    assertThat(hash).isEqualTo(Hash.ZERO);
  }

  @Test
  void hasOneFormOnly() {
    String hex = Hash.EMPTY_ROOT.hex();
    for (String wrong :
        List.of(
            "",
            hex.substring(1),
            hex + "0",
            hex.toUpperCase(Locale.ROOT),
            "g" + hex.substring(1))) {
      assertThatThrownBy(() -> Hash.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Hash.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
  }

  /** A node never has the hash of a leaf that holds the two children's hashes. */
  @Test
  void aNodeIsNoLeaf() {
    byte[] both = new byte[2 * Hash.LENGTH];
    assertThat(Hash.ofNode(Hash.ZERO, Hash.ZERO)).isNotEqualTo(Hash.ofLeaf(both));
  }

  @Test
  void aSubtreeLiesWithinALog() {
    assertThat(Subtree.ofTree(0)).isEmpty();
    assertThat(Subtree.ofTree(11))
        .containsExactly(new Subtree(3, 0), new Subtree(1, 4), new Subtree(0, 10));
    assertThatThrownBy(() -> Subtree.ofTree(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Subtree(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Subtree(0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Subtree(63, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Subtree(62, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Subtree.covering(2, 7)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEdgeHasAsManyHashesAsItsSizeHasBits() {
    assertThatThrownBy(() -> Frontier.of(3, List.of(Hash.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frontier.of(-1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Frontier.of(3, List.of(Hash.ZERO, Hash.ZERO)).size()).isEqualTo(3);
  }

  @Test
  void proofsAreOfLeavesThatAreThere() {
    InMemorySubtreeHashes stored = new InMemorySubtreeHashes();
    assertThatThrownBy(() -> InclusionProof.of(stored, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InclusionProof.of(stored, -1, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConsistencyProof.of(stored, 3, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConsistencyProof.of(stored, -1, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stored.reads()).isZero();
  }
}
