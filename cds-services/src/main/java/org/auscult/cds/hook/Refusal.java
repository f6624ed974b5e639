package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.ClientProfile;
import org.jspecify.annotations.Nullable;

/**
 * A call that gets no cards, with what a developer or a machine needs to mend it. Its texts are
 * ours and name fields, lines and keys; they never quote what the caller sent, because that is a
 * patient's.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String issue;
  private final @Nullable String where;

  /**
   * @param issue FHIR's issue type
   * @param where JSON path; null if it is not about one place
   */
  private Refusal(int status, String issue, @Nullable String where, String whatAndWhatToDo) {
    super(whatAndWhatToDo, null, false, false);
    this.status = status;
    this.issue = issue;
    this.where = where;
  }

  static Refusal malformed(String text) {
    return new Refusal(400, "structure", null, text);
  }

  static Refusal missing(String where, String text) {
    return new Refusal(400, "required", where, where + " is missing. " + text);
  }

  static Refusal invalid(String where, String text) {
    return new Refusal(400, "value", where, where + " " + text);
  }

  static Refusal wrongPatient(String where) {
    return new Refusal(
        400,
        "business-rule",
        where,
        where
            + " holds a resource of another patient than context.patientId, so nothing of this call "
            + "was used. Send resources of the one patient only.");
  }

  static Refusal wrongPatientFetched(String key) {
    return new Refusal(
        400,
        "business-rule",
        "fhirServer",
        "fhirServer answered the query of "
            + key
            + " with a resource of another patient than context.patientId, so nothing of this call "
            + "was used. Correct that server, or send prefetch of the one patient only.");
  }

  static Refusal unknownService(String text) {
    return new Refusal(404, "not-found", null, text);
  }

  static Refusal unknownCard(String where) {
    return new Refusal(
        404,
        "not-found",
        where,
        where + " is no card of this service. Send the uuid of a card as it was received.");
  }

  static Refusal noData(String where, String text) {
    return new Refusal(412, "required", where, text);
  }

  static Refusal tooLarge(ClientProfile client) {
    return new Refusal(
        413,
        "too-long",
        null,
        "The body is larger than this server takes (less than "
            + client.bodyLimit()
            + " bytes). Send only the prefetch that GET "
            + client.servicesPath()
            + " asks for, or leave the largest keys out and send fhirServer with fhirAuthorization,"
            + " so that they are fetched; or have the operator raise the client's body-limit.");
  }

  static Refusal unknownClient() {
    return new Refusal(
        404,
        "not-found",
        null,
        "No client of this name is configured here. Call /cds-services, or have the operator"
            + " configure auscult.clients.");
  }

  /** No permission is refused here, since nobody has been asked who they are: it contradicts. */
  static Refusal anothersServer() {
    return new Refusal(
        400,
        "business-rule",
        "fhirServer",
        "fhirServer belongs to another client than the one at whose path it was called. Call at"
            + " that client's own path.");
  }

  /** Here it is known who calls, by a token. */
  static Refusal notTheirServer() {
    return new Refusal(
        403,
        "forbidden",
        "fhirServer",
        "fhirServer belongs to another client than the one whose token this is. Send that of the"
            + " token's issuer.");
  }

  static Refusal caller(CallerVerdict.Refused refused) {
    return new Refusal(refused.reason().status(), refused.reason().issue(), null, refused.advice());
  }

  static Refusal contentType() {
    return new Refusal(
        415,
        "not-supported",
        null,
        "The body is not declared as plain JSON. Send Content-Type: application/json, without "
            + "Content-Encoding.");
  }

  static Refusal unavailable(String issue, String text) {
    return new Refusal(503, issue, null, text);
  }

  HookAnswer answer() {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.put("resourceType", "OperationOutcome");
    ObjectNode only = outcome.putArray("issue").addObject();
    only.put("severity", status >= 500 ? "fatal" : "error");
    only.put("code", issue);
    only.put("diagnostics", getMessage());
    if (where != null) {
      only.putArray("expression").add(where);
    }
    return new HookAnswer(status, outcome.toString());
  }
}
