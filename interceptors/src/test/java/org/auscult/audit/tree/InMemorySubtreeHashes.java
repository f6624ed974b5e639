package org.auscult.audit.tree;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The fake: a map. */
public final class InMemorySubtreeHashes implements SubtreeHashes {
  private final Map<Subtree, Hash> hashes = new HashMap<>();
  private int reads;

  @Override
  public Map<Subtree, Hash> read(Collection<Subtree> subtrees) {
    Map<Subtree, Hash> found = new HashMap<>();
    for (Subtree subtree : subtrees) {
      Hash hash = hashes.get(subtree);
      if (hash == null) {
        throw new IllegalStateException("Not stored: " + subtree);
      }
      found.put(subtree, hash);
    }
    reads++;
    return found;
  }

  @Override
  public void write(Map<Subtree, Hash> written) {
    written.forEach(
        (subtree, hash) -> {
          Hash former = hashes.putIfAbsent(subtree, hash);
          if (former != null && !former.equals(hash)) {
            throw new IllegalStateException("Another hash stands at " + subtree);
          }
        });
  }

  /** How often it was read. */
  int reads() {
    return reads;
  }

  /** How many hashes it holds. */
  int size() {
    return hashes.size();
  }
}
