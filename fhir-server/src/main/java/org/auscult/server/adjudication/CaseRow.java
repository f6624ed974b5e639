package org.auscult.server.adjudication;

import java.time.Instant;
import java.util.List;
import org.auscult.monitoring.adjudication.Adjudication;

/**
 * A case that people look at.
 *
 * @param plan {@code url|version}
 * @param prediction the resource that keeps what the model said
 * @param output of the model
 * @param patient as the prediction names it
 * @param verdicts what was said so far, in the order in which it came
 */
record CaseRow(
    String id,
    String plan,
    String prediction,
    String output,
    String patient,
    Instant indexTime,
    List<Given> verdicts) {
  CaseRow {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * A verdict, and where it was given.
   *
   * @param response the QuestionnaireResponse, with its version
   */
  record Given(Adjudication.Verdict verdict, String response) {}

  /** How it stands. */
  Adjudication adjudication() {
    return new Adjudication(verdicts.stream().map(Given::verdict).toList());
  }

  /** The id of the Task that asks somebody. */
  String task(int place) {
    return id + "-" + place;
  }

  /** The id of the case of a Task; empty if it is none of ours. */
  static String idOf(String task) {
    return task.matches("adjudication-.+-[123]") ? task.substring(0, task.length() - 2) : "";
  }

  /** The id of the Observation of what people said. */
  String label() {
    return id + "-label";
  }
}
