package org.auscult.server.audit;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.auscult.audit.AuditAgent;
import org.auscult.server.audit.Suspicion.Rule;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** A privacy officer opens a suspected breach. */
public final class BreachOperation {
  private final Breaches breaches;
  private final InstantSource clock;

  BreachOperation(Breaches breaches, InstantSource clock) {
    this.breaches = breaches;
    this.clock = clock;
  }

  /**
   * Opens one, with the persons and records that somebody touched, or that were touched of one
   * person.
   *
   * @param reason in words
   * @param user who is suspected: a reference, a name or a client's id
   * @param patient whose data are concerned: an id
   * @param start first instant
   * @param end last instant; now if not given
   */
  @Operation(name = "$open-breach", canonicalUrl = AuditUrls.OPEN_BREACH)
  public Parameters open(
      @OperationParam(name = "reason", min = 1) @Nullable StringType reason,
      @OperationParam(name = "user") @Nullable StringType user,
      @OperationParam(name = "patient") @Nullable StringType patient,
      @OperationParam(name = "start", min = 1) @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end) {
    if (reason == null || reason.getValueNotNull().isBlank()) {
      throw new InvalidRequestException("reason is missing: say why this may be a breach.");
    }
    if (user == null && patient == null) {
      throw new InvalidRequestException("Give user, or patient, or both.");
    }
    Instant from = instant("start", start);
    Instant to = end == null ? clock.instant() : instant("end", end);
    var request = CurrentRequest.get();
    AuditAgent by = request == null ? AuditAgent.server("breach") : RequestRecorder.agent(request);
    Task task =
        breaches
            .open(
                new Suspicion(
                    Rule.REPORTED,
                    user == null ? null : user.getValueNotNull(),
                    patient == null ? null : patient.getValueNotNull().replace("Patient/", ""),
                    from,
                    to,
                    reason.getValueNotNull()),
                by)
            .orElseThrow();
    Parameters answer = new Parameters();
    answer.addParameter("task", new StringType("Task/" + task.getIdElement().getIdPart()));
    answer.addParameter("deadline", task.getRestriction().getPeriod().getEndElement());
    return answer;
  }

  private static Instant instant(String name, @Nullable StringType given) {
    try {
      // An unescaped plus in a query arrives as a blank.
      String text = given == null ? "" : given.getValueNotNull().replace(' ', '+');
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidRequestException(name + " takes a time such as 2024-05-03T10:00:00Z.");
    }
  }
}
