package org.auscult.audit.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which hashes a proof is made of: first as ranges of leaves, then read all at once.
 *
 * <p>A range on a tree's right edge is no perfect subtree; it is put together from perfect ones.
 * Below its first such range a proof meets perfect ones only, so that it needs O(log n) hashes.
 */
final class ProofPlan {
  private final List<List<Subtree>> ranges = new ArrayList<>();

  /** PATH(m, D[n]) of RFC 6962 section 2.1.1, for the leaves from {@code start} to {@code end}. */
  void path(long leaf, long start, long end) {
    if (end - start == 1) {
      return;
    }
    long middle = start + leftPart(end - start);
    if (leaf < middle) {
      path(leaf, start, middle);
      ranges.add(Subtree.covering(middle, end));
    } else {
      path(leaf, middle, end);
      ranges.add(Subtree.covering(start, middle));
    }
  }

  /** PROOF(m, D[n]) of RFC 6962 section 2.1.2, 0 &lt; m &lt; n. */
  void consistency(long first, long second) {
    subproof(first, 0, second, true);
  }

  private void subproof(long first, long start, long end, boolean knownRoot) {
    if (first == end) {
      if (!knownRoot) {
        ranges.add(Subtree.covering(start, end));
      }
      return;
    }
    long middle = start + leftPart(end - start);
    if (first <= middle) {
      subproof(first, start, middle, knownRoot);
      ranges.add(Subtree.covering(middle, end));
    } else {
      subproof(first, middle, end, false);
      ranges.add(Subtree.covering(start, middle));
    }
  }

  /** The largest power of two below the number of leaves. */
  private static long leftPart(long leaves) {
    return Long.highestOneBit(leaves - 1);
  }

  /** The proof's hashes. */
  List<Hash> read(SubtreeHashes stored) {
    if (ranges.isEmpty()) {
      return List.of();
    }
    Map<Subtree, Hash> read = stored.read(ranges.stream().flatMap(List::stream).toList());
    return ranges.stream()
        .map(range -> Stored.fold(range.stream().map(s -> Stored.hash(read, s)).toList()))
        .toList();
  }
}
