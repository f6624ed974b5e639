package org.auscult.prove.physionet;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts hourly vectors that are, and are not, what the file says. For several threads. */
final class HourlyComparison {
  private static final double RELATIVE = 1e-9;
  private static final double NOTHING = 1e-9;
  private static final int MOST_NAMED = 50;

  private final String how;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> apart = new TreeMap<>();
  private final TreeSet<String> met = new TreeSet<>();
  private long vectors;
  private long numbers;
  private long missing;

  /**
   * @param how the vectors were made, for the print
   */
  HourlyComparison(String how) {
    this.how = how;
  }

  /**
   * @param expected NaN or infinite where there is no number
   * @param given NaN where there is none; a name that lacks is a difference
   */
  synchronized void add(
      String stay, int hour, Map<String, Double> expected, Map<String, Double> given) {
    vectors++;
    if (!expected.keySet().equals(given.keySet())) {
      fail("stay " + stay + ": the vector names other features: " + given.keySet());
      return;
    }
    expected.forEach(
        (name, number) -> {
          double found = given.getOrDefault(name, Double.NaN);
          boolean isMissing = !Double.isFinite(number);
          if (isMissing) {
            missing++;
          } else {
            numbers++;
            met.add(name);
          }
          if (!agree(number, found)) {
            apart.merge(name, 1, Integer::sum);
            fail(
                "%s of stay %s after %d h: %s, expected %s"
                    .formatted(name, stay, hour, said(found), said(number)));
          }
        });
  }

  static boolean agree(double expected, double found) {
    if (!Double.isFinite(expected) || !Double.isFinite(found)) {
      return Double.isFinite(expected) == Double.isFinite(found);
    }
    double apart = Math.abs(expected - found);
    return apart <= RELATIVE * Math.max(Math.abs(expected), Math.abs(found)) || apart <= NOTHING;
  }

  private static String said(double number) {
    return Double.isFinite(number) ? Double.toString(number) : "missing";
  }

  private void fail(String what) {
    if (failures.size() < MOST_NAMED) {
      failures.add(how + ": " + what);
    }
  }

  /** A feature that never had a number was not compared. */
  synchronized void requireNumbersOf(List<String> names) {
    for (String name : names) {
      if (!met.contains(name)) {
        fail(name + " never had a number, so nothing was compared");
      }
    }
  }

  synchronized void print(PrintStream out, int stays, long seconds) {
    long different = apart.values().stream().mapToLong(Integer::longValue).sum();
    out.printf(
        "  %s: %,d stays, %,d hourly vectors, %,d numbers, %,d missing; %,d differ (aim 0), %,d s%n",
        how, stays, vectors, numbers, missing, different, seconds);
    apart.forEach((name, n) -> out.printf("    %s differs %,d times%n", name, n));
  }

  List<String> failures() {
    return List.copyOf(failures);
  }
}
