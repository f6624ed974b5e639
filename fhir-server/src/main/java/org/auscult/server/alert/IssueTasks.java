package org.auscult.server.alert;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Tells people of issues by Tasks that name no patient: one for each episode. A Task that somebody
 * deleted is not opened again.
 */
final class IssueTasks {
  private static final String PERFORMER = "informaticist";

  private final IFhirResourceDao<Task> tasks;
  private final ZoneId zone;

  /**
   * @param zone in which weeks are counted
   */
  IssueTasks(IFhirResourceDao<Task> tasks, ZoneId zone) {
    this.tasks = tasks;
    this.zone = zone;
  }

  /** Asks somebody to look into an episode. */
  void open(
      IssueRow row, IssueKey key, IssueTerms terms, List<MonitoringFinding> findings, Instant now) {
    Task task = task(row.task(), key.kind().code(), now);
    task.setPriority(
        terms.severity() == FindingSeverity.CRITICAL ? TaskPriority.ASAP : TaskPriority.URGENT);
    task.setFocus(new Reference("DetectedIssue/" + row.id()));
    task.setDescription(terms.title() + "\n" + findings.get(findings.size() - 1).text());
    input(task, "severity", new StringType(terms.severity().code()));
    if (key.rule().contains("|")) {
      input(task, "rule", new StringType(key.rule()));
      input(task, "model", new StringType(key.about()));
    }
    if (!key.site().isEmpty() && findings.get(0).details().isEmpty()) {
      input(task, "site", new StringType(key.site()));
    }
    findings.get(0).details().forEach(d -> input(task, d.name(), new StringType(d.value())));
    tasks.update(task, new SystemRequestDetails());
  }

  /**
   * Looks whether somebody has answered.
   *
   * @return since when it waits for an acknowledgement, if that has changed
   */
  Optional<Instant> attend(IssueRow row, Instant now) {
    Task task = find(row.task());
    if (task == null) {
      return Optional.empty();
    }
    if (task.getStatus() == TaskStatus.ONHOLD && !silence(task).isAfter(now)) {
      task.setStatus(TaskStatus.REQUESTED);
      note(task, "The silence that was asked for is over, and what was found still stands.", now);
      tasks.update(task, new SystemRequestDetails());
      return Optional.of(now);
    }
    Instant since = row.raisedAt();
    boolean isOverdue = since != null && !now.isBefore(since.plus(row.escalation()));
    if (isWaiting(task) && isOverdue && task.getPriority() != TaskPriority.STAT) {
      TaskPriority raised =
          task.getPriority() == TaskPriority.ASAP ? TaskPriority.STAT : TaskPriority.ASAP;
      task.setPriority(raised);
      note(
          task,
          "Nobody has acknowledged this for "
              + words(row.escalation())
              + ": its priority is now "
              + raised.toCode()
              + ".",
          now);
      tasks.update(task, new SystemRequestDetails());
      return Optional.of(now);
    }
    return Optional.empty();
  }

  /**
   * The episode is over: nobody needs to answer any more who has not.
   *
   * @return until when people asked for silence; null if they did not
   */
  @Nullable Instant close(IssueRow row, String why, Instant now) {
    Task task = find(row.task());
    if (task == null) {
      return null;
    }
    boolean isSilent = task.getStatus() == TaskStatus.ONHOLD;
    if (isWaiting(task) || isSilent) {
      task.setStatus(TaskStatus.CANCELLED);
      task.setStatusReason(new CodeableConcept().setText(why));
      tasks.update(task, new SystemRequestDetails());
    } else if (task.getStatus() == TaskStatus.ACCEPTED
        || task.getStatus() == TaskStatus.INPROGRESS) {
      note(task, why, now);
      tasks.update(task, new SystemRequestDetails());
    }
    return isSilent ? silence(task) : null;
  }

  /**
   * Tells once a week and site how many warnings nobody was told of, outside of any transaction.
   */
  void heldBack(String site, List<IssueRow> rows, int budget, Instant now) {
    String week =
        now.atZone(zone).get(IsoFields.WEEK_BASED_YEAR)
            + "-W"
            + now.atZone(zone).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    String id =
        "alerts-held-back-"
            + UUID.nameUUIDFromBytes((site + "\n" + week).getBytes(StandardCharsets.UTF_8));
    Task before = find(id);
    if (before != null && !isWaiting(before)) {
      return;
    }
    if (before == null && isThere(id)) {
      return;
    }
    Task task = task(id, "held-back", before == null ? now : before.getAuthoredOn().toInstant());
    task.setPriority(TaskPriority.ROUTINE);
    task.setDescription(
        "More warnings stand than the alert budget of "
            + budget
            + " in seven days lets people be told of. They are in the issues named here; critical"
            + " ones were never held back.");
    if (!site.isEmpty()) {
      input(task, "site", new StringType(site));
    }
    input(task, "week", new StringType(week));
    input(task, "warnings", new IntegerType(rows.size()));
    rows.forEach(row -> input(task, "issue", new Reference("DetectedIssue/" + row.id())));
    tasks.update(task, new SystemRequestDetails());
  }

  private static Task task(String id, String code, Instant authored) {
    Task task = new Task();
    task.setId(id);
    task.getMeta().addProfile(AlertUrls.TASK);
    task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
    task.setCode(IssueResources.code(code));
    task.setAuthoredOn(Date.from(authored));
    task.addPerformerType().setText(PERFORMER);
    return task;
  }

  private static void input(Task task, String name, Type value) {
    task.addInput().setValue(value).getType().setText(name);
  }

  private static void note(Task task, String text, Instant now) {
    task.addNote().setText(text).setTimeElement(PredictionResources.instant(now));
  }

  private static boolean isWaiting(Task task) {
    return task.getStatus() == TaskStatus.REQUESTED || task.getStatus() == TaskStatus.RECEIVED;
  }

  /** Until when; the beginning of time if it does not say. */
  private static Instant silence(Task task) {
    Date end = task.getRestriction().getPeriod().getEnd();
    return end == null ? Instant.EPOCH : end.toInstant();
  }

  private static String words(Duration length) {
    return length.toMinutes() < 120 ? length.toSeconds() + " s" : length.toHours() + " h";
  }

  private @Nullable Task find(String id) {
    return Existing.find(tasks, id);
  }

  /** Whether it is there, or was and somebody deleted it. */
  private boolean isThere(String id) {
    try {
      tasks.read(new IdType("Task", id), new SystemRequestDetails());
      return true;
    } catch (ResourceGoneException e) {
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }
}
