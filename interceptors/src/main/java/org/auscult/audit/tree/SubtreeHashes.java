package org.auscult.audit.tree;

import java.util.Collection;
import java.util.Map;

/**
 * Port: the stored hashes of perfect subtrees. What was written never changes.
 *
 * <p>A log of n leaves has fewer than 2 n of them, n at level 0, where they are the leaves' own
 * hashes. An adapter may keep those with the leaves.
 */
public interface SubtreeHashes {
  /**
   * The hashes of these subtrees, in one round trip.
   *
   * @param subtrees at most about 130 for one proof
   * @return one hash for each that was asked for
   * @throws IllegalStateException if one is not stored
   */
  Map<Subtree, Hash> read(Collection<Subtree> subtrees);

  /** Stores new ones, as {@link Frontier#add} gives them. It fails if one stands there already. */
  void write(Map<Subtree, Hash> hashes);
}
