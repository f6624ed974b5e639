package org.auscult.audit.tree;

import java.util.List;

/**
 * Shows that a leaf stands at its place in the tree of a root.
 *
 * <p>Source: RFC 6962 section 2.1.1 (audit path), checked as RFC 9162 section 2.1.3.2 says.
 *
 * @param index of the leaf; the first is 0
 * @param size of the tree, in leaves; above the index
 * @param path hashes of the siblings, from the leaf upwards
 */
public record InclusionProof(long index, long size, List<Hash> path) {
  public InclusionProof {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("No leaf " + index + " in a tree of " + size);
    }
    path = List.copyOf(path);
  }

  /**
   * Makes the proof from what is stored, in one read.
   *
   * @throws IllegalArgumentException if the tree has no such leaf
   */
  public static InclusionProof of(SubtreeHashes stored, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("No leaf " + index + " in a tree of " + size);
    }
    ProofPlan plan = new ProofPlan();
    plan.path(index, 0, size);
    return new InclusionProof(index, size, plan.read(stored));
  }

  /**
   * Whether this leaf stands at this place under this root.
   *
   * @param leaf its hash, of {@link Hash#ofLeaf}
   */
  public boolean verifies(Hash leaf, Hash root) {
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Hash.ofNode(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hash.ofNode(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
