package org.auscult.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of the tree's hashes does. */
public abstract class SubtreeHashesContract {
  /** An empty one. */
  protected abstract SubtreeHashes empty();

  private static Hash hash(String text) {
    return Hash.ofLeaf(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  protected void givesBackWhatWasWritten() {
    SubtreeHashes stored = empty();
    Map<Subtree, Hash> some =
        Map.of(
            new Subtree(0, 0), hash("a"),
            new Subtree(0, 1), hash("b"),
            new Subtree(1, 0), hash("c"));
    stored.write(some);
    stored.write(Map.of(new Subtree(40, 7), hash("d")));

    assertThat(stored.read(some.keySet())).isEqualTo(some);
    assertThat(stored.read(List.of(new Subtree(1, 0), new Subtree(40, 7))))
        .isEqualTo(Map.of(new Subtree(1, 0), hash("c"), new Subtree(40, 7), hash("d")));
    assertThat(stored.read(List.of())).isEmpty();
  }

  @Test
  protected void whatIsNotThereIsAnError() {
    SubtreeHashes stored = empty();
    stored.write(Map.of(new Subtree(0, 0), hash("a")));

    assertThatThrownBy(() -> stored.read(List.of(new Subtree(0, 0), new Subtree(0, 1))))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Governance: 2. */
  @Test
  protected void nothingIsOverwritten() {
    SubtreeHashes stored = empty();
    stored.write(Map.of(new Subtree(0, 0), hash("a")));

    assertThatThrownBy(() -> stored.write(Map.of(new Subtree(0, 0), hash("b"))))
        .isInstanceOf(RuntimeException.class);
    assertThat(stored.read(List.of(new Subtree(0, 0))))
        .isEqualTo(Map.of(new Subtree(0, 0), hash("a")));
  }

  @Test
  protected void aGrownTreeIsReadAgain() {
    SubtreeHashes stored = empty();
    Frontier tree = Frontier.empty();
    for (int i = 0; i < 77; i++) {
      Map<Subtree, Hash> made = new HashMap<>();
      tree.add(hash("leaf " + i), made::put);
      stored.write(made);
    }

    Frontier read = Frontier.read(stored, 77);
    assertThat(read.hashes()).isEqualTo(tree.hashes());
    assertThat(read.root()).isEqualTo(tree.root());
    assertThat(Frontier.read(stored, 0).root()).isEqualTo(Hash.EMPTY_ROOT);
    assertThat(InclusionProof.of(stored, 33, 77).verifies(hash("leaf 33"), tree.root())).isTrue();
    assertThat(
            ConsistencyProof.of(stored, 33, 77)
                .verifies(Frontier.read(stored, 33).root(), tree.root()))
        .isTrue();
  }
}
