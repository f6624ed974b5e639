package org.auscult.audit.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The right edge of a growing tree: the hashes of the perfect subtrees that make it up, from left
 * to right, the highest first. It is all that appending and the root need: at most 62 hashes,
 * however long the log.
 *
 * <p>Source: RFC 9162 section 2.1.2, "Verifying a tree head given entries". Adding a leaf costs two
 * hashes on average.
 *
 * <p>Threads: not safe.
 */
public final class Frontier {
  private final List<Hash> hashes;
  private long size;

  private Frontier(long size, Collection<Hash> hashes) {
    this.size = size;
    this.hashes = new ArrayList<>(hashes);
  }

  /** The edge of a tree without leaves. */
  public static Frontier empty() {
    return new Frontier(0, List.of());
  }

  /**
   * The edge of a tree of this size.
   *
   * @param hashes as {@link #hashes} gave them at that size
   * @throws IllegalArgumentException unless there are as many as bits set in the size
   */
  public static Frontier of(long size, List<Hash> hashes) {
    if (size < 0 || Long.bitCount(size) != hashes.size()) {
      throw new IllegalArgumentException(
          "A tree of " + size + " leaves has no edge of " + hashes.size() + " hashes");
    }
    return new Frontier(size, hashes);
  }

  /** The edge of the tree of the first leaves, as they are stored; one read. */
  public static Frontier read(SubtreeHashes stored, long size) {
    List<Subtree> subtrees = Subtree.ofTree(size);
    Map<Subtree, Hash> read = stored.read(subtrees);
    return new Frontier(size, subtrees.stream().map(s -> Stored.hash(read, s)).toList());
  }

  /**
   * Adds a leaf.
   *
   * @param leaf its hash, of {@link Hash#ofLeaf}
   * @param made told of each perfect subtree that became whole by it, the leaf itself first
   */
  public void add(Hash leaf, BiConsumer<Subtree, Hash> made) {
    Hash whole = leaf;
    int level = 0;
    made.accept(new Subtree(level, size), whole);
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      whole = Hash.ofNode(hashes.remove(hashes.size() - 1), whole);
      level++;
      made.accept(new Subtree(level, size >> level), whole);
    }
    hashes.add(whole);
    size++;
  }

  /** Adds a leaf; nothing is to be stored. */
  public void add(Hash leaf) {
    add(leaf, (subtree, hash) -> {});
  }

  /** How many leaves there are. */
  public long size() {
    return size;
  }

  /** The perfect subtrees' hashes, from left to right. */
  public List<Hash> hashes() {
    return List.copyOf(hashes);
  }

  /** The root of the tree of all leaves added so far. */
  public Hash root() {
    return Stored.fold(hashes);
  }
}
