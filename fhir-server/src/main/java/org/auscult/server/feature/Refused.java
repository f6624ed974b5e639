package org.auscult.server.feature;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import org.auscult.feature.fhir.Problem;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Answers with everything that is wrong, as 422. */
public final class Refused {
  private Refused() {}

  /**
   * Does nothing if there is no problem.
   *
   * @throws UnprocessableEntityException with one issue for each problem
   */
  public static void ifAny(List<Problem> problems) {
    ifAny("The definition is refused", problems);
  }

  /**
   * The same of something else than a definition.
   *
   * @param message what is refused
   */
  public static void ifAny(String message, List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    OperationOutcome outcome = new OperationOutcome();
    for (Problem problem : problems) {
      outcome
          .addIssue()
          .setSeverity(IssueSeverity.ERROR)
          .setCode(IssueType.INVALID)
          .setDiagnostics(problem.toString())
          .addExpression(problem.where());
    }
    throw new UnprocessableEntityException(message, outcome);
  }
}
