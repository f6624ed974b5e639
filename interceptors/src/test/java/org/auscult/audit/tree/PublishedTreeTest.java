package org.auscult.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Known answers: leaves, roots and proofs of the reference tests of Certificate Transparency (<a
 * href="https://github.com/google/certificate-transparency/blob/master/cpp/merkletree/merkle_tree_test.cc">merkle_tree_test.cc</a>).
 *
 * <p>Governance: 8.
 */
class PublishedTreeTest {
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final String L1 =
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  private static final String L4 =
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  private static final String L6 =
      "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";
  private static final String N23 =
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  private static final String N45 =
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  private static final String N67 =
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  private static final String N4567 =
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

  private static Hash leaf(int index) {
    return Hash.ofLeaf(HexFormat.of().parseHex(LEAVES.get(index)));
  }

  private static Hash root(int size) {
    return Hash.parse(ROOTS.get(size));
  }

  private static List<Hash> hashes(String... hex) {
    return Stream.of(hex).map(Hash::parse).toList();
  }

  private static SubtreeHashes stored() {
    InMemorySubtreeHashes stored = new InMemorySubtreeHashes();
    Frontier tree = Frontier.empty();
    Map<Subtree, Hash> made = new HashMap<>();
    for (int i = 0; i < LEAVES.size(); i++) {
      tree.add(leaf(i), made::put);
    }
    stored.write(made);
    return stored;
  }

  @Test
  void theEmptyTreeIsTheHashOfNothing() {
    assertThat(Hash.EMPTY_ROOT).isEqualTo(root(0));
    assertThat(Frontier.empty().root()).isEqualTo(root(0));
  }

  @Test
  void rootsOfAllSizes() {
    Frontier tree = Frontier.empty();
    for (int i = 0; i < LEAVES.size(); i++) {
      tree.add(leaf(i));
      assertThat(tree.root()).isEqualTo(root(i + 1));
    }
  }

  @Test
  void inclusion() {
    assertInclusion(0, 1);
    assertInclusion(0, 8, L1, N23, N4567);
    assertInclusion(5, 8, L4, N67, ROOTS.get(4));
    assertInclusion(2, 3, ROOTS.get(2));
    assertInclusion(1, 5, ROOTS.get(1), N23, L4);
  }

  private static void assertInclusion(int index, int size, String... path) {
    InclusionProof proof = InclusionProof.of(stored(), index, size);
    assertThat(proof.path()).isEqualTo(hashes(path));
    assertThat(proof.verifies(leaf(index), root(size))).isTrue();
  }

  @Test
  void consistency() {
    assertConsistency(1, 1);
    assertConsistency(1, 8, L1, N23, N4567);
    assertConsistency(6, 8, N45, N67, ROOTS.get(4));
    assertConsistency(2, 5, N23, L4);
    assertConsistency(6, 7, N45, L6, ROOTS.get(4));
  }

  private static void assertConsistency(int first, int second, String... path) {
    ConsistencyProof proof = ConsistencyProof.of(stored(), first, second);
    assertThat(proof.path()).isEqualTo(hashes(path));
    assertThat(proof.verifies(root(first), root(second))).isTrue();
  }
}
