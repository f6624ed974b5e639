package org.auscult.bench;

import java.io.PrintStream;
import java.util.List;
import org.auscult.prove.Conditions.Length;
import org.jspecify.annotations.Nullable;

/**
 * How a benchmark is to be run.
 *
 * @param seed of everything random in it
 * @param db PostgreSQL to use; null starts an embedded one
 * @param burstSeconds of each side's burst; null for the length's own
 * @param sustainedSeconds null for the length's own
 * @param rows sizes of patients; empty for the length's own
 * @param out where progress is printed
 */
record Setting(
    Length length,
    long seed,
    @Nullable String db,
    @Nullable Integer burstSeconds,
    @Nullable Integer sustainedSeconds,
    List<Integer> rows,
    PrintStream out) {
  Setting {
    rows = List.copyOf(rows);
  }

  /** One of two numbers, by length. */
  int pick(int inShort, int whole) {
    return length == Length.SHORT ? inShort : whole;
  }

  int burst() {
    return burstSeconds == null ? pick(5, 60) : burstSeconds;
  }

  int sustained() {
    return sustainedSeconds == null ? pick(10, 600) : sustainedSeconds;
  }

  List<Integer> sizes() {
    return !rows.isEmpty()
        ? rows
        : length == Length.SHORT ? List.of(200, 2_000) : List.of(200, 2_000, 20_000);
  }

  void say(String format, Object... arguments) {
    out.println("  " + format.formatted(arguments));
  }
}
