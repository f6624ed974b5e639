package org.auscult.access.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.auscult.access.Decision;
import org.auscult.access.RefusalReason;
import org.auscult.access.Whose;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;

/** Answers to what is refused; each leaves its reason in the request for the audit log. */
final class Refusals {
  private Refusals() {}

  /** 403 with what is refused and what to do. */
  static BaseServerResponseException forbidden(
      RequestDetails request, RefusalReason reason, String text) {
    request.setAttribute(RefusalReason.ATTRIBUTE, reason.code());
    return new ForbiddenOperationException(text, outcome(text));
  }

  static BaseServerResponseException forbidden(RequestDetails request, Decision decision) {
    Decision.Refused refused = (Decision.Refused) decision;
    return forbidden(request, refused.reason(), refused.text());
  }

  /** 404: what is out of reach is answered as what is not there. */
  static BaseServerResponseException absent(
      RequestDetails request, String type, @Nullable String id) {
    request.setAttribute(RefusalReason.ATTRIBUTE, RefusalReason.OUT_OF_REACH.code());
    return notKnown(type, id);
  }

  /** The same; the audit log alone knows that a patient withholds it. */
  static BaseServerResponseException absent(
      RequestDetails request, Whose whose, String type, @Nullable String id) {
    RefusalReason reason =
        whose == Whose.WITHHELD ? RefusalReason.WITHHELD : RefusalReason.OUT_OF_REACH;
    request.setAttribute(RefusalReason.ATTRIBUTE, reason.code());
    return notKnown(type, id);
  }

  /** The same words for what is out of reach, what never was, and what was deleted. */
  static BaseServerResponseException notKnown(String type, @Nullable String id) {
    String text = type + (id == null ? "" : "/" + id) + " is not known here.";
    OperationOutcome outcome = outcome(text);
    outcome.getIssueFirstRep().setCode(IssueType.NOTFOUND);
    return new ResourceNotFoundException(text, outcome);
  }

  static OperationOutcome outcome(String text) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(IssueType.FORBIDDEN)
        .setDiagnostics(text);
    return outcome;
  }
}
