package org.auscult.prediction;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of a call is under special protection (safety rule 34), as it was when the call came.
 *
 * @param features labels of what may not be named, by the canonical of the feature's definition
 * @param evidence labels of what may not be named, by versioned reference
 * @param labels all of them, and those of what the results are about
 * @param named whether it was named to the one who looked
 */
public record Protection(
    Map<String, List<String>> features,
    Map<String, List<String>> evidence,
    List<String> labels,
    boolean named) {
  public Protection {
    features = sorted(features);
    evidence = sorted(evidence);
    labels = sorted(labels);
  }

  /** The same, named or not. */
  public Protection named(boolean isNamed) {
    return new Protection(features, evidence, labels, isNamed);
  }

  /** The labels of versioned references; empty if none of them is protected. */
  public Set<String> labelsOf(Collection<String> references) {
    Set<String> found = new TreeSet<>();
    references.forEach(reference -> found.addAll(evidence.getOrDefault(reference, List.of())));
    return found;
  }

  private static List<String> sorted(Collection<String> given) {
    return List.copyOf(new TreeSet<>(given));
  }

  private static SortedMap<String, List<String>> sorted(Map<String, List<String>> given) {
    SortedMap<String, List<String>> all = new TreeMap<>();
    given.forEach((key, value) -> all.put(key, sorted(value)));
    return Collections.unmodifiableSortedMap(all);
  }
}
