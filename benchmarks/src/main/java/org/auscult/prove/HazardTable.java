package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.Ehr.Person;
import org.auscult.prove.Ehr.Reply;

/** Each hazard of the safety rules that a proof provoked, and what came of it, as a table. */
final class HazardTable {
  private final Ehr ehr;
  private final PrintStream out;
  private final List<String> failures = new ArrayList<>();
  private int rows;

  HazardTable(Ehr ehr, PrintStream out) {
    this.ehr = ehr;
    this.out = out;
  }

  void head() {
    out.println("  | Rule | Hazard | Sent | Expected | Measured | Holds |");
    out.println("  | --- | --- | --- | --- | --- | --- |");
  }

  /** One row; what is measured must be what is expected, to the letter. */
  void row(String rule, String hazard, String sent, String expected, String measured) {
    rows++;
    boolean holds = expected.equals(measured);
    out.printf(
        "  | %s | %s | %s | %s | %s | %s |%n",
        rule,
        hazard,
        sent,
        expected.replace("|", "\\|"),
        measured.replace("|", "\\|"),
        holds ? "holds" : "BREACH");
    if (!holds) {
      failures.add(
          "rule " + rule + ", " + sent + ": expected " + expected + ", measured " + measured);
    }
  }

  /**
   * A call on which there is nothing to say: no card if the model is not made for this patient,
   * else one that says "not assessed"; the reason stands in the record.
   *
   * @param expected the reason with its kind, {@code not-eligible/on-dialysis}
   */
  void silent(
      String rule,
      String hazard,
      String sent,
      Person patient,
      String service,
      String hook,
      String expected)
      throws IOException, InterruptedException {
    ObjectNode call = patient.call(service, hook);
    Reply reply = ehr.send(service, call);
    row(
        rule,
        hazard,
        sent + " (" + patient.road() + ", " + hook + ")",
        (expected.startsWith("not-eligible") ? "no card" : "info card \"not assessed\"")
            + "; "
            + expected,
        said(reply)
            + "; "
            + String.join(", ", patient.reasons(call.path("hookInstance").asText())));
  }

  private static String said(Reply reply) {
    JsonNode card = reply.card();
    return reply.status() == 200
            && reply.cards().size() == 1
            && card.path("indicator").asText().equals("info")
            && card.path("summary").asText().contains(" not assessed: ")
            && Ehr.prediction(card).isEmpty()
        ? "info card \"not assessed\""
        : reply.inWords();
  }

  int rows() {
    return rows;
  }

  List<String> failures() {
    return failures;
  }
}
