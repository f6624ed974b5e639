package org.auscult.prove.asof;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auscult.prove.asof.Comparison.Difference;

/** Counts what was compared, and keeps each difference. */
final class Findings {
  private static final int MOST_OF_A_KIND = 6;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Integer> results = new TreeMap<>();
  private final Set<String> measured = new TreeSet<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> differences = new TreeMap<>();

  void count(String what, int n) {
    counts.merge(what, n, Integer::sum);
  }

  /** Notes what came of each feature, so that a comparison of nothing with nothing is seen. */
  void results(List<Expected> values) {
    for (Expected value : values) {
      String what = value.isMissing() ? "missing: " + value.missing() : "value: " + value.origin();
      results.merge(what, 1, Integer::sum);
      if (value.origin().equals("record")) {
        measured.add(value.name());
      }
    }
  }

  /** A comparison that never met a value of some operator proves nothing of it. */
  void hollow(Map<String, String> operators) {
    Set<String> met = new TreeSet<>();
    measured.forEach(name -> met.add(operators.getOrDefault(name, "")));
    count("operators that gave values", met.size());
    operators.values().stream()
        .distinct()
        .filter(operator -> !met.contains(operator))
        .forEach(operator -> fail("hollow", "no value was compared of " + operator));
  }

  void differences(String where, List<Difference> found) {
    for (Difference difference : found) {
      int n = differences.merge(difference.kind(), 1, Integer::sum);
      if (n <= MOST_OF_A_KIND) {
        failures.add(where + " [" + difference.kind() + "] " + difference.text());
      }
    }
  }

  void fail(String kind, String text) {
    differences("", List.of(new Difference(kind, text)));
  }

  void print(PrintStream out) {
    counts.forEach((what, n) -> out.printf("    %-58s %7d%n", what, n));
    out.println("    of the compared: " + line(results, Function.identity()));
    out.println(
        differences.isEmpty()
            ? "    differences: none (aim: none)"
            : "    DIFFERENCES (aim: none): " + line(differences, Function.identity()));
  }

  private static String line(Map<String, Integer> map, Function<String, String> name) {
    return map.entrySet().stream()
        .map(e -> name.apply(e.getKey()) + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  List<String> failures() {
    return failures;
  }

  int count(String what) {
    return counts.getOrDefault(what, 0);
  }

  Map<String, Integer> results() {
    return results;
  }
}
