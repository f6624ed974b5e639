package org.auscult.audit.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * The place of a perfect subtree: it covers the leaves from {@code index · 2^level} (inclusive) to
 * {@code (index + 1) · 2^level} (exclusive). Its hash never changes once all of these leaves are
 * there, so that it can be stored under this key for good.
 *
 * @param level 0 is a leaf; at most 62
 * @param index from the left, 0 is the first
 */
public record Subtree(int level, long index) {
  private static final int HIGHEST = 62;

  public Subtree {
    if (level < 0 || level > HIGHEST || index < 0 || index > Long.MAX_VALUE >> level) {
      throw new IllegalArgumentException("No subtree: level " + level + ", index " + index);
    }
  }

  /**
   * The fewest perfect subtrees that cover the leaves of a range, from left to right: the highest
   * first. There are at most 62 of them.
   *
   * @param from first leaf, a multiple of the largest power of two that is at most the range's
   *     length: as is every right part of a tree, and the whole tree
   * @param to the leaf after the last; at {@code from} there are none
   */
  static List<Subtree> covering(long from, long to) {
    List<Subtree> subtrees = new ArrayList<>();
    long start = from;
    while (start < to) {
      int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - start);
      if ((start & ((1L << level) - 1)) != 0) {
        throw new IllegalArgumentException("No right part of a tree: from " + from + " to " + to);
      }
      subtrees.add(new Subtree(level, start >> level));
      start += 1L << level;
    }
    return subtrees;
  }

  /**
   * The perfect subtrees that make up a tree of this size, from left to right: one for each bit set
   * in the size.
   */
  public static List<Subtree> ofTree(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("A tree has no " + size + " leaves");
    }
    return List.copyOf(covering(0, size));
  }
}
