package org.auscult.cds.fhir;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.auscult.feature.ResolvedFeatureSet;

/**
 * Remembers what feature sets ask for, as long as they are the very same objects: a set that was
 * read anew is asked anew. Safe for threads; bounded.
 */
public final class AskedOnce {
  private static final int MOST = 200;
  private static final UnaryOperator<Asked> PLAIN = UnaryOperator.identity();

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

  private record Question(List<String> names, UnaryOperator<Asked> phrasing) {}

  private final Map<Question, Remembered> remembered = new ConcurrentHashMap<>();

  /** What these feature sets need. */
  public Asked of(Collection<ResolvedFeatureSet> sets) {
    return of(sets, PLAIN);
  }

  /**
   * What these feature sets need, in a caller's words.
   *
   * @param phrasing equal for equal words: it is part of a map's key
   */
  public Asked of(Collection<ResolvedFeatureSet> collection, UnaryOperator<Asked> phrasing) {
    List<ResolvedFeatureSet> sets = List.copyOf(collection);
    Question question =
        new Question(sets.stream().map(ResolvedFeatureSet::canonical).toList(), phrasing);
    Remembered known = remembered.get(question);
    if (known != null && known.isOf(sets)) {
      return known.asked();
    }
    if (remembered.size() >= MOST) {
      remembered.clear();
    }
    Asked asked = phrasing.apply(Asked.from(sets));
    remembered.put(question, new Remembered(sets, asked));
    return asked;
  }
}
