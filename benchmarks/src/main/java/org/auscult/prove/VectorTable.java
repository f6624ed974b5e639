package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What was expected of each vector and what was stored, as a table. */
final class VectorTable {
  private final PrintStream out;
  private final GuideValidator guide = new GuideValidator();
  private final List<String> failures = new ArrayList<>();

  VectorTable(PrintStream out) {
    this.out = out;
  }

  void head() {
    out.printf("  %-38s %-20s %14s %14s %7s%n", "vector", "output", "expected", "stored", "");
  }

  /** Compares an expected number with a stored one, to the decimals that the vector states. */
  void compare(JsonNode vector, String output, double stored) {
    compare(vector, output, vector.path("expected").path(output).asDouble(), stored, "");
  }

  /**
   * The same, where the expected number has another name.
   *
   * @param path by which shorter path the number was had; empty for the whole one
   */
  void compare(JsonNode vector, String output, double expected, double stored, String path) {
    double tolerance = 0.5 * Math.pow(10, -vector.path("decimals").asInt()) + 1e-9;
    boolean holds = Math.abs(stored - expected) <= tolerance;
    String id = vector.path("id").asText();
    out.printf(
        "  %-38s %-20s %14.8f %14.8f %7s%s%n",
        id,
        output,
        expected,
        stored,
        holds ? "holds" : "BREACH",
        path.isEmpty() ? "" : "  " + path);
    if (!holds) {
      failures.add(id + " " + output + ": expected " + expected + ", stored " + stored);
    }
  }

  /** Compares words: a band, a reason. */
  void compare(String what, String output, Set<String> expected, Set<String> stored) {
    boolean holds = expected.equals(stored);
    out.printf(
        "  %-38s %-20s %14s %14s %7s%n",
        what,
        output,
        String.join(" ", expected),
        String.join(" ", stored),
        holds ? "holds" : "BREACH");
    if (!holds) {
      failures.add(what + " " + output + ": expected " + expected + ", stored " + stored);
    }
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

  Verdict verdict() {
    return new Verdict(failures);
  }
}
