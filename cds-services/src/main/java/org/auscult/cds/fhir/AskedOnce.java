package org.auscult.cds.fhir;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.auscult.feature.ResolvedFeatureSet;

/**
 * Remembers what feature sets ask for, as long as they are the very same objects: a set that was
 * read anew is asked anew. Safe for threads; bounded.
 */
public final class AskedOnce {
  private static final int MOST = 200;

  private record Remembered(List<ResolvedFeatureSet> sets, Asked asked) {
    boolean isOf(List<ResolvedFeatureSet> others) {
      if (sets.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < sets.size(); i++) {
        if (sets.get(i) != others.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private final Map<List<String>, Remembered> remembered = new ConcurrentHashMap<>();

  /** What these feature sets need. */
  public Asked of(Collection<ResolvedFeatureSet> collection) {
    List<ResolvedFeatureSet> sets = List.copyOf(collection);
    List<String> names = sets.stream().map(ResolvedFeatureSet::canonical).toList();
    Remembered known = remembered.get(names);
    if (known != null && known.isOf(sets)) {
      return known.asked();
    }
    if (remembered.size() >= MOST) {
      remembered.clear();
    }
    Asked asked = Asked.from(sets);
    remembered.put(names, new Remembered(sets, asked));
    return asked;
  }
}
