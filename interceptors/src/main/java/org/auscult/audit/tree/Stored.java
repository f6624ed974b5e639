package org.auscult.audit.tree;

import java.util.List;
import java.util.Map;

/** Hashes of perfect subtrees, put together. */
final class Stored {
  private Stored() {}

  /** One that was asked for. */
  static Hash hash(Map<Subtree, Hash> read, Subtree subtree) {
    Hash hash = read.get(subtree);
    if (hash == null) {
      throw new IllegalStateException("The tree has no hash stored for " + subtree);
    }
    return hash;
  }

  /** The hash of a range, of its perfect subtrees from left to right; of none: the empty root. */
  static Hash fold(List<Hash> hashes) {
    if (hashes.isEmpty()) {
      return Hash.EMPTY_ROOT;
    }
    Hash right = hashes.get(hashes.size() - 1);
    for (int i = hashes.size() - 2; i >= 0; i--) {
      right = Hash.ofNode(hashes.get(i), right);
    }
    return right;
  }
}
