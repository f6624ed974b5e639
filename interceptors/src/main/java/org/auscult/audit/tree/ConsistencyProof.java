package org.auscult.audit.tree;

import java.util.Iterator;
import java.util.List;

/**
 * Shows that a tree has grown out of a former one by appending alone.
 *
 * <p>Source: RFC 6962 section 2.1.2, checked as RFC 9162 section 2.1.4.2 says.
 *
 * @param first size of the former tree, in leaves; it may be 0, which every tree has grown out of
 * @param second size of the later one; at least {@code first}
 * @param path none if both sizes are the same, or the first is 0
 */
public record ConsistencyProof(long first, long second, List<Hash> path) {
  public ConsistencyProof {
    check(first, second);
    path = List.copyOf(path);
  }

  private static void check(long first, long second) {
    if (first < 0 || second < first) {
      throw new IllegalArgumentException("No tree grows from " + first + " to " + second);
    }
  }

  /**
   * Makes the proof from what is stored, in one read.
   *
   * @throws IllegalArgumentException unless 0 ≤ first ≤ second
   */
  public static ConsistencyProof of(SubtreeHashes stored, long first, long second) {
    check(first, second);
    ProofPlan plan = new ProofPlan();
    if (first > 0 && first < second) {
      plan.consistency(first, second);
    }
    return new ConsistencyProof(first, second, plan.read(stored));
  }

  /** Whether the tree of the later root has grown out of that of the former. */
  public boolean verifies(Hash firstRoot, Hash secondRoot) {
    if (first == 0 && !firstRoot.equals(Hash.EMPTY_ROOT)) {
      return false;
    }
    if (first == second) {
      return path.isEmpty() && firstRoot.equals(secondRoot);
    }
    if (first == 0) {
      return path.isEmpty();
    }
    long node = first - 1;
    long last = second - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    Iterator<Hash> rest = path.iterator();
    if (!rest.hasNext()) {
      return false;
    }
    // Of a whole power of two the former root is itself the first of the path, and left out there.
    Hash former = Long.bitCount(first) == 1 ? firstRoot : rest.next();
    Hash later = former;
    while (rest.hasNext()) {
      if (last == 0) {
        return false;
      }
      Hash sibling = rest.next();
      if ((node & 1) == 1 || node == last) {
        former = Hash.ofNode(sibling, former);
        later = Hash.ofNode(sibling, later);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        later = Hash.ofNode(later, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && former.equals(firstRoot) && later.equals(secondRoot);
  }
}
