package org.auscult.prove.reference;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Counts what agrees, and notes what does not. Not for several threads. */
final class Comparison {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<String, Integer> missing = new LinkedHashMap<>();
  private final Map<String, Integer> apart = new LinkedHashMap<>();
  private final Map<String, Set<Double>> met = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private int rows;

  /**
   * @param given by name; a feature that lacks is a failure, one too many is, too
   */
  void add(ExpectedTable.Row row, Map<String, Cell> given) {
    rows++;
    if (!given.keySet().equals(row.cells().keySet())) {
      failures.add("an answer names other features: " + given.keySet());
      return;
    }
    row.cells()
        .forEach(
            (name, expected) -> {
              Cell found = Objects.requireNonNull(given.get(name));
              (expected.isMissing() ? missing : numbers).merge(name, 1, Integer::sum);
              if (!expected.isMissing()) {
                met.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(expected.number());
              }
              if (!expected.agrees(found)) {
                apart.merge(name, 1, Integer::sum);
                failures.add(
                    "%s of Patient/%s at %s%s: %s, expected %s"
                        .formatted(
                            name,
                            row.patient(),
                            row.at(),
                            row.knownAt().isEmpty() ? "" : ", known by " + row.knownAt(),
                            found,
                            expected));
              }
            });
  }

  /** Features of which there was never a number, or always the same one, prove nothing. */
  void hollow(List<String> features) {
    for (String feature : features) {
      if (met.getOrDefault(feature, Set.of()).size() < 2) {
        failures.add(feature + " never had two different numbers, so nothing was compared");
      }
    }
  }

  void print(PrintStream out) {
    int values = numbers.values().stream().mapToInt(Integer::intValue).sum();
    int none = missing.values().stream().mapToInt(Integer::intValue).sum();
    int different = apart.values().stream().mapToInt(Integer::intValue).sum();
    Set<String> names = new LinkedHashSet<>(numbers.keySet());
    names.addAll(missing.keySet());
    out.printf(
        "  %,d features × %,d index times: %,d numbers, %,d missing; %,d differ (aim 0)%n",
        names.size(), rows, values, none, different);
    apart.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(e -> out.printf("    %s differs %,d times%n", e.getKey(), e.getValue()));
  }

  List<String> failures() {
    return List.copyOf(failures);
  }
}
