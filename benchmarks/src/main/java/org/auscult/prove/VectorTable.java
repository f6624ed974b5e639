package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was expected of each vector, what the card showed and what was stored, as a table.
 *
 * <p>A stored number must be the expected one to the decimals that the vector states. The number
 * that people see has one decimal, halves up; so it must be one that such a rounding can make of a
 * number which the vector allows.
 */
final class VectorTable {
  private final PrintStream out;
  private final GuideValidator guide = new GuideValidator();
  private final List<String> failures = new ArrayList<>();
  private int calls;

  VectorTable(PrintStream out) {
    this.out = out;
  }

  void head() {
    line("vector", "output", "road, hook", "expected", "stored", "shown", "");
  }

  /**
   * Compares one output.
   *
   * @param how the road and the hook of the call
   * @param expected in the unit of the vector, to {@code decimals}
   * @param stored in the same unit
   * @param factor from that unit to the one that is shown: 100 for a probability
   * @param shown as the card says it; empty if it does not
   */
  void compare(
      JsonNode vector,
      String output,
      String how,
      double expected,
      double stored,
      double factor,
      String shown) {
    double tolerance = tolerance(vector);
    compare(
        vector,
        output,
        how,
        expected,
        stored,
        shown,
        isWithin(
            shown,
            asShown((expected - tolerance + 2e-9) * factor),
            asShown((expected + tolerance - 2e-9) * factor)));
  }

  /**
   * The same for a number between two that were shown and stored.
   *
   * @param lower as one card shows it
   * @param upper as the other does
   */
  void between(
      JsonNode vector,
      String output,
      String how,
      double expected,
      double stored,
      double factor,
      String lower,
      String upper) {
    boolean holds =
        !lower.isEmpty()
            && !upper.isEmpty()
            && isWithin(
                asShown(expected * factor).toPlainString(),
                new BigDecimal(lower),
                new BigDecimal(upper));
    compare(vector, output, how, expected, stored, lower + "–" + upper, holds);
  }

  private static boolean isWithin(String shown, BigDecimal least, BigDecimal most) {
    return !shown.isEmpty()
        && new BigDecimal(shown).compareTo(least) >= 0
        && new BigDecimal(shown).compareTo(most) <= 0;
  }

  private static double tolerance(JsonNode vector) {
    return 0.5 * Math.pow(10, -vector.path("decimals").asInt()) + 1e-9;
  }

  private void compare(
      JsonNode vector,
      String output,
      String how,
      double expected,
      double stored,
      String shown,
      boolean isShown) {
    boolean isStored = Math.abs(stored - expected) <= tolerance(vector);
    String id = vector.path("id").asText();
    line(
        id,
        output,
        how,
        String.format(Locale.ROOT, "%.8f", expected),
        String.format(Locale.ROOT, "%.8f", stored),
        shown,
        isStored && isShown ? "holds" : "BREACH");
    if (!isStored) {
      failures.add(id + " " + output + ": expected " + expected + ", stored " + stored);
    }
    if (!isShown) {
      failures.add(id + " " + output + ": expected " + expected + ", shown '" + shown + "'");
    }
  }

  /** Compares words: a band, an indicator. */
  void compare(String what, String output, String how, Set<String> expected, String measured) {
    boolean holds = expected.contains(measured);
    line(what, output, how, String.join("/", expected), "", measured, holds ? "holds" : "BREACH");
    if (!holds) {
      failures.add(what + " " + output + ": expected " + expected + ", measured " + measured);
    }
  }

  private void line(
      String vector,
      String output,
      String how,
      String expected,
      String stored,
      String shown,
      String holds) {
    out.printf(
        "  %-38s %-18s %-24s %14s %14s %9s %7s%n",
        vector, output, how, expected, stored, shown, holds);
  }

  /** One decimal, halves up. */
  static BigDecimal asShown(double value) {
    return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
  }

  /** The number that a card says of a title; empty if it says none. */
  static String shown(JsonNode card, String title) {
    Matcher number =
        Pattern.compile("(?:^|\\W)" + Pattern.quote(title) + ":? (-?\\d+(?:\\.\\d+)?)")
            .matcher(card.path("detail").asText());
    return number.find() ? number.group(1) : "";
  }

  /** The indicators that numbers, as shown, may have by two thresholds. */
  static Set<String> indicators(double shown, double warning, double critical) {
    return Set.of(shown >= critical ? "critical" : shown >= warning ? "warning" : "info");
  }

  /** A stored statement must be valid by the guide. */
  void valid(JsonNode vector, JsonNode statement) {
    for (String error : guide.errors(statement.toString())) {
      breach(vector, statement.path("resourceType").asText() + " is not valid: " + error);
    }
  }

  void notTaken(JsonNode vector, String why) {
    out.printf("  %-38s not taken: %s%n", vector.path("id").asText(), why);
  }

  void breach(JsonNode vector, String what) {
    failures.add(vector.path("id").asText() + ": " + what);
  }

  /** Counts one vector's call. */
  int called() {
    return ++calls;
  }

  int calls() {
    return calls;
  }

  List<String> failures() {
    return failures;
  }
}
