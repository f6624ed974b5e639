package org.auscult.server.alert;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.access.Requester;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Profiles;
import org.auscult.server.feature.Refused;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * How people answer monitoring: by its Tasks, each time with who and why; silence besides with
 * until when. What monitoring itself says, in issues and in the rest of the Task, stays its own.
 */
@Interceptor
public final class AnswerInterceptor {
  /** Longer, silence would be forgotten. */
  private static final Duration LONGEST_SILENCE = Duration.ofDays(90);

  private static final Set<TaskStatus> ANSWERS =
      EnumSet.of(
          TaskStatus.ACCEPTED,
          TaskStatus.INPROGRESS,
          TaskStatus.ONHOLD,
          TaskStatus.COMPLETED,
          TaskStatus.REJECTED,
          TaskStatus.CANCELLED,
          TaskStatus.FAILED);

  private final InstantSource clock;

  AnswerInterceptor(InstantSource clock) {
    this.clock = clock;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource, @Nullable RequestDetails request) {
    if (isOfOthers(request)) {
      Refused.ifAny("Monitoring writes this itself", foreign(resource));
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updating(
      IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    if (!isOfOthers(request)) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    if (before instanceof Task former && after instanceof Task task && isAlert(former)) {
      answer(former, task, request, problems);
    } else if (before instanceof DetectedIssue issue && isIssue(issue)) {
      problems.add(
          new Problem(
              "DetectedIssue",
              "what monitoring found is not changed by others",
              "Answer in its Task: Task?focus=DetectedIssue/"
                  + issue.getIdElement().getIdPart()
                  + "."));
    } else {
      problems.addAll(foreign(after));
    }
    Refused.ifAny("The answer is refused", problems);
  }

  private static boolean isOfOthers(@Nullable RequestDetails request) {
    return request != null && !(request instanceof SystemRequestDetails);
  }

  private static boolean isIssue(DetectedIssue issue) {
    return Profiles.claims(issue, AlertUrls.ISSUE);
  }

  private static boolean isAlert(Task task) {
    return Profiles.claims(task, AlertUrls.TASK);
  }

  private static List<Problem> foreign(IBaseResource resource) {
    boolean isForeign =
        (resource instanceof Task task && isAlert(task))
            || (resource instanceof DetectedIssue issue && isIssue(issue));
    return isForeign
        ? List.of(
            new Problem(
                "Resource.meta.profile",
                "only this server's monitoring writes resources of this profile",
                "Leave out the profile."))
        : List.of();
  }

  private void answer(
      Task former, Task task, @Nullable RequestDetails request, List<Problem> problems) {
    if (!comparable(former).equalsDeep(comparable(task))) {
      problems.add(
          new Problem(
              "Task",
              "more than the answer differs",
              "Change status, statusReason, businessStatus, owner, restriction.period, note and"
                  + " lastModified only."));
    }
    if (!ANSWERS.contains(task.getStatus())) {
      return;
    }
    if (!task.hasOwner()
        && request != null
        && request.getAttribute(Requester.ATTRIBUTE) instanceof Requester who
        && who.fhirUser() != null) {
      task.setOwner(new Reference(who.fhirUser()));
    }
    if (!task.getOwner().hasReference()) {
      problems.add(
          new Problem("Task.owner", "nobody answers", "Name the person who looks into it."));
    }
    if (!task.getStatusReason().hasText()) {
      problems.add(
          new Problem(
              "Task.statusReason.text",
              "it is missing",
              "Say why, or what you are doing about it."));
    }
    if (task.getStatus() == TaskStatus.ONHOLD) {
      silence(task, problems);
    }
  }

  private void silence(Task task, List<Problem> problems) {
    Date end = task.getRestriction().getPeriod().getEnd();
    Instant now = clock.instant();
    if (end == null
        || !end.toInstant().isAfter(now)
        || end.toInstant().isAfter(now.plus(LONGEST_SILENCE))) {
      problems.add(
          new Problem(
              "Task.restriction.period.end",
              "silence has no end within " + LONGEST_SILENCE.toDays() + " days",
              "Say until when there is to be silence."));
    }
  }

  /** Without what an answer consists of, and what the server sets. */
  private static Task comparable(Task task) {
    Task copy = task.copy();
    copy.getMeta().setVersionId(null).setLastUpdated(null).setSource(null);
    copy.setId((String) null);
    copy.setText(null);
    copy.setStatus(null);
    copy.setStatusReason(null);
    copy.setBusinessStatus(null);
    copy.setOwner(null);
    copy.setRestriction(null);
    copy.setNote(null);
    copy.setLastModified(null);
    return copy;
  }
}
