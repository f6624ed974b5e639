package org.auscult.server.audit;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.AuditTrail;
import org.auscult.audit.fhir.Touched;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * Opens suspected breaches: a leaf in the log that names the persons and records touched and who is
 * suspected, and a Task with the deadline that points at it.
 *
 * <p>The Task itself names nobody: Tasks are read by many, the suspected among them, and the log by
 * a privacy officer and an auditor alone. The leaf is written first, so that no Task points at
 * nothing.
 */
final class Breaches {
  /** The most events that are gone through; the leaf says if there were more. */
  private static final int MOST_EVENTS = 20_000;

  private static final String SUSPECT = "suspect";
  private static final String TASK = "Task/";

  private final DataSource dataSource;
  private final LogReader log;
  private final AuditTrail trail;
  private final IFhirResourceDao<Task> tasks;
  private final Duration deadline;
  private final InstantSource clock;

  Breaches(
      DataSource dataSource,
      LogReader log,
      AuditTrail trail,
      IFhirResourceDao<Task> tasks,
      Duration deadline,
      InstantSource clock) {
    this.dataSource = dataSource;
    this.log = log;
    this.trail = trail;
    this.tasks = tasks;
    this.deadline = deadline;
    this.clock = clock;
  }

  /**
   * Opens one, unless it is open already.
   *
   * @param by who opens it
   * @return the Task that was opened; empty if there was one
   */
  Optional<Task> open(Suspicion suspicion, AuditAgent by) {
    String id = suspicion.taskId();
    if (isThere(id)) {
      return Optional.empty();
    }
    Instant until = clock.instant().plus(deadline).truncatedTo(ChronoUnit.SECONDS);
    Touched touched = new Touched();
    touched.entity(TASK + id, Set.of());
    boolean isWhole = touched(suspicion, touched);
    AuditEntry.Builder entry =
        AuditEntry.of(AuditKind.BREACH, AuditAction.CREATE, "breach " + suspicion.rule().code())
            .by(by);
    touched.into(entry);
    if (!suspicion.reason().isEmpty()) {
      entry.reason(Touched.text(suspicion.reason()));
    }
    if (suspicion.agent() != null) {
      entry.detail(SUSPECT, Touched.text(suspicion.agent()));
    }
    AuditEntry leaf =
        entry
            .detail("deadline", until.toString())
            .detail("from", suspicion.from().toString())
            .detail("to", suspicion.to().toString())
            .detail("whole", String.valueOf(isWhole))
            .build();
    trail.record(leaf);
    Task task = task(id, suspicion, leaf.patients().size(), until);
    tasks.update(task, new SystemRequestDetails());
    return Optional.of(task);
  }

  private boolean isThere(String id) {
    try {
      tasks.read(new IdType("Task", id), new SystemRequestDetails());
      return true;
    } catch (ResourceGoneException e) {
      // Somebody deleted it: it is not opened again.
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  /** Whether these are all. */
  private boolean touched(Suspicion suspicion, Touched touched) {
    if (suspicion.agent() == null && suspicion.patient() == null) {
      return true;
    }
    AuditEventSearch search =
        new AuditEventSearch()
            .from(suspicion.from().toEpochMilli())
            .to(suspicion.to().toEpochMilli());
    if (suspicion.agent() != null) {
      search.term(EventRows.AGENT, List.of(suspicion.agent()));
    }
    if (suspicion.patient() != null) {
      search.in("patient", List.of(suspicion.patient()));
    }
    AuditEventSearch.Page page =
        search.page(dataSource, AuditEventSearch.Order.LATEST_FIRST, 0, MOST_EVENTS);
    for (AuditEventSearch.Found found : page.found()) {
      log.leaf(found.index())
          .map(leaf -> new LeafEvents(AuditLeaf.read(leaf).entry()).all().get(found.number()))
          .ifPresent(event -> add(touched, event));
    }
    return page.isLast();
  }

  private static void add(Touched touched, LeafEvents.Event event) {
    String patient = event.patient();
    Set<String> about = patient == null ? Set.of() : Set.of(patient);
    if (patient != null) {
      touched.patient(patient);
    }
    event.entities().forEach(entity -> touched.entity(entity, about));
  }

  private Task task(String id, Suspicion suspicion, int patients, Instant until) {
    Task task = new Task();
    task.setId(id);
    task.getMeta().addProfile(AuditUrls.BREACH_TASK);
    task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
    task.setPriority(TaskPriority.URGENT);
    task.setCode(new CodeableConcept(new Coding(AuditUrls.KIND_SYSTEM, "breach", null)));
    task.setReasonCode(
        new CodeableConcept(
            new Coding(AuditUrls.BREACH_RULE_SYSTEM, suspicion.rule().code(), null)));
    task.setAuthoredOn(Date.from(clock.instant()));
    task.getRestriction().getPeriod().setEnd(Date.from(until));
    task.setDescription(
        "A suspected breach is to be looked into. The persons and records touched, and who is"
            + " suspected, stand in the audit log: AuditEvent?type=breach&entity="
            + TASK
            + id);
    input(task, "persons").setValue(new IntegerType(patients));
    input(task, "events").setValue(new StringType("AuditEvent?type=breach&entity=" + TASK + id));
    return task;
  }

  private static Task.ParameterComponent input(Task task, String name) {
    Task.ParameterComponent input = task.addInput();
    input.getType().setText(name);
    return input;
  }
}
