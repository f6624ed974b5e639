package org.auscult.server.access;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.auscult.access.fhir.ReviewTasks;
import org.auscult.access.fhir.TieRecorder;
import org.auscult.access.fhir.TieRecorder.Kind;
import org.auscult.access.fhir.TieRecorder.Tie;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.auscult.audit.fhir.Touched;
import org.auscult.feature.fhir.FeatureUrls;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens a patient's record to one person in an emergency, for a limited time and with a reason,
 * although the patient's consent or a label of special protection withholds it. The access, the
 * Task by which a privacy officer reviews it, and the leaf of the audit log are there together or
 * not at all.
 */
public final class EmergencyAccess {
  /** The purpose of use that each of its reads has in the audit log. */
  public static final String PURPOSE = "BTG";

  static final int SHORTEST_REASON = 10;
  static final int LONGEST_REASON = 1000;

  private final IFhirResourceDao<Task> tasks;
  private final TieRecorder ties;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;
  private final Duration lasts;
  private final Clock clock;

  EmergencyAccess(
      IFhirResourceDao<Task> tasks,
      TieRecorder ties,
      AuditTrail trail,
      TransactionTemplate transaction,
      Duration lasts,
      Clock clock) {
    this.tasks = tasks;
    this.ties = ties;
    this.trail = trail;
    this.transaction = transaction;
    this.lasts = lasts;
    this.clock = clock;
  }

  /**
   * Breaks the glass.
   *
   * @param reason why it must be, in the requester's words
   */
  @Operation(
      name = "$break-glass",
      type = Patient.class,
      idempotent = false,
      canonicalUrl = FeatureUrls.BASE + "/OperationDefinition/patient-break-glass")
  public Parameters open(
      @IdParam IdType patient,
      @OperationParam(name = "reason", min = 1) @Nullable StringType reason,
      RequestDetails request) {
    if (!(request.getAttribute(Requester.ATTRIBUTE) instanceof Requester who)
        || who.fhirUser() == null
        || who.roles().contains(Role.SYSTEM)) {
      throw new ForbiddenOperationException("Only a person, known by an access token, may do this");
    }
    String why = reason == null ? "" : Objects.requireNonNullElse(reason.getValue(), "").strip();
    if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
      throw new InvalidRequestException(
          "reason takes " + SHORTEST_REASON + " to " + LONGEST_REASON + " characters: say why");
    }
    Instant now = clock.instant();
    Instant until = now.plus(lasts);
    String task =
        Objects.requireNonNull(
            transaction.execute(
                status -> opened(patient.getIdPart(), who, why, now, until, request)));
    Parameters opened = new Parameters();
    opened.addParameter().setName("until").setValue(new InstantType(Date.from(until)));
    opened.addParameter().setName("review").setValue(new Reference(task));
    return opened;
  }

  private String opened(
      String patient,
      Requester who,
      String why,
      Instant now,
      Instant until,
      RequestDetails request) {
    Task task = task(patient, who, why, now, until);
    String id = "Task/" + tasks.create(task, new SystemRequestDetails()).getId().getIdPart();
    List<Tie> opened = new ArrayList<>();
    opened.add(new Tie(patient, Kind.OPENED, who.person(), until));
    if (who.fhirUser() != null) {
      // Cards in an EHR know this person by this name alone.
      String onCards = Requester.ofCard("", who.fhirUser(), Set.of()).person();
      opened.add(new Tie(patient, Kind.OPENED, onCards, until));
    }
    ties.record(id, opened, Set.of(patient));
    trail.record(entry(patient, who, why, id, until, request));
    return id;
  }

  private static Task task(String patient, Requester who, String why, Instant now, Instant until) {
    Task task = new Task();
    task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
    task.setPriority(TaskPriority.URGENT);
    task.getCode().addCoding(ReviewTasks.CODE.copy());
    task.setDescription("Review an emergency access to a record that was withheld");
    task.getFor().setReference("Patient/" + patient);
    task.getRequester().setReference(who.fhirUser());
    task.getReasonCode().setText(why);
    task.setAuthoredOn(Date.from(now));
    task.addPerformerType(new CodeableConcept().setText("privacy officer"));
    task.getRestriction().getPeriod().setStart(Date.from(now)).setEnd(Date.from(until));
    return task;
  }

  private static AuditEntry entry(
      String patient,
      Requester who,
      String why,
      String task,
      Instant until,
      RequestDetails request) {
    return AuditEntry.of(AuditKind.BREAK_GLASS, AuditAction.EXECUTE, "Patient/$break-glass")
        .by(
            new AuditAgent(
                Touched.text(who.issuer()),
                Touched.text(who.subject()),
                who.fhirUser() == null ? null : Touched.text(who.fhirUser()),
                Touched.text(who.client()),
                who.roles().stream().map(Role::code).toList(),
                PURPOSE,
                null))
        .at(new TreeSet<>(who.sites()).stream().toList())
        .request(Objects.requireNonNullElse(request.getRequestId(), ""))
        .patients(List.of(patient))
        .entities(List.of(task))
        .reason(Touched.text(why))
        .detail("until", until.toString())
        .build();
  }
}
