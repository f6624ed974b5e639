package org.auscult.deidentification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many persons share all that a copy tells of each and that others may know of them too.
 *
 * <p>Nothing is claimed of what else the members of a class have in common (l-diversity).
 */
public final class KAnonymity {
  private final Map<List<String>, List<String>> classes = new HashMap<>();

  /**
   * What is found for one k.
   *
   * @param smallest size of the smallest class; 0 without persons
   * @param below persons in classes of fewer than k
   * @param sizes how many classes there are of each size
   */
  public record Result(
      int k, int persons, int classes, int smallest, int below, SortedMap<Integer, Integer> sizes) {
    public Result {
      sizes = new TreeMap<>(sizes);
    }
  }

  /**
   * Adds a person.
   *
   * @param quasiIdentifiers as the copy tells them, always in the same order
   */
  public void add(String person, List<String> quasiIdentifiers) {
    classes.computeIfAbsent(List.copyOf(quasiIdentifiers), q -> new ArrayList<>()).add(person);
  }

  /** Measures. */
  public Result result(int k) {
    SortedMap<Integer, Integer> sizes = new TreeMap<>();
    int persons = 0;
    int below = 0;
    for (List<String> members : classes.values()) {
      sizes.merge(members.size(), 1, Integer::sum);
      persons += members.size();
      below += members.size() < k ? members.size() : 0;
    }
    return new Result(
        k, persons, classes.size(), sizes.isEmpty() ? 0 : sizes.firstKey(), below, sizes);
  }

  /** Who is in a class of fewer than k. */
  public Set<String> below(int k) {
    Set<String> found = new HashSet<>();
    classes.values().stream().filter(m -> m.size() < k).forEach(found::addAll);
    return found;
  }

  /** How many persons have each value of one quasi-identifier. */
  public SortedMap<String, Integer> counts(int quasiIdentifier) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    classes.forEach(
        (values, members) ->
            counts.merge(values.get(quasiIdentifier), members.size(), Integer::sum));
    return counts;
  }
}
