package org.auscult.server.adjudication;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Profiles;
import org.auscult.monitoring.adjudication.Adjudication;
import org.auscult.server.feature.Refused;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * How people judge: by a QuestionnaireResponse that names its Task. What follows from it (the Task
 * is completed, a third is asked, the label is written) is written in its transaction, while the
 * case is locked: so two at once are one after the other, and all of it is there or nothing.
 *
 * <p>An answer never changes, and of its Task others change no more than how far it is, and whose.
 */
@Interceptor
public final class AdjudicationAnswers {
  private static final Set<TaskStatus> ON_THE_WAY =
      EnumSet.of(
          TaskStatus.REQUESTED,
          TaskStatus.RECEIVED,
          TaskStatus.ACCEPTED,
          TaskStatus.INPROGRESS,
          TaskStatus.ONHOLD);

  private static final String REFUSED = "The answer is refused";

  private final AnswerReader reader;
  private final AdjudicationRows rows;
  private final Adjudications adjudications;
  private final StoredPlans plans;
  private final InstantSource clock;

  AdjudicationAnswers(
      AdjudicationRows rows, Adjudications adjudications, StoredPlans plans, InstantSource clock) {
    this.reader = new AnswerReader(rows, adjudications, plans);
    this.rows = rows;
    this.adjudications = adjudications;
    this.plans = plans;
    this.clock = clock;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource, @Nullable RequestDetails request) {
    if (!isOfOthers(request)) {
      return;
    }
    if (resource instanceof Task task && isOurs(task)) {
      Refused.ifAny(REFUSED, List.of(own("Task")));
    } else if (resource instanceof QuestionnaireResponse response && isOurs(response)) {
      List<Problem> problems = new ArrayList<>();
      reader.read(response, request, problems);
      Refused.ifAny(REFUSED, problems);
      response.setAuthored(Date.from(clock.instant()));
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource, @Nullable RequestDetails request) {
    if (!isOfOthers(request)
        || !(resource instanceof QuestionnaireResponse response)
        || !isOurs(response)) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    AnswerReader.Answer answer = reader.read(response, request, problems);
    Refused.ifAny(REFUSED, problems);
    if (answer != null) {
      Adjudication.Verdict verdict = answer.verdict();
      adjudications.answered(
          answer.of(),
          new CaseRow.Given(verdict, response.getIdElement().toUnqualified().getValue()),
          clock.instant());
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updating(
      IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    if (!isOfOthers(request)) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    if (before instanceof QuestionnaireResponse former
        && after instanceof QuestionnaireResponse response
        && (isOurs(former) || isOurs(response))) {
      problems.add(settled());
    } else if (before instanceof Task former && after instanceof Task task && isOurs(former)) {
      handOver(former, task, problems);
    } else if (after instanceof Task task && isOurs(task)) {
      problems.add(own("Task"));
    }
    Refused.ifAny(REFUSED, problems);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleting(IBaseResource resource, @Nullable RequestDetails request) {
    if (!isOfOthers(request)) {
      return;
    }
    if (resource instanceof QuestionnaireResponse response && isOurs(response)) {
      Refused.ifAny(REFUSED, List.of(settled()));
    } else if (resource instanceof Task task && isOurs(task)) {
      Refused.ifAny(REFUSED, List.of(own("Task")));
    }
  }

  private static boolean isOfOthers(@Nullable RequestDetails request) {
    return request != null && !(request instanceof SystemRequestDetails);
  }

  private static boolean isOurs(Task task) {
    return Profiles.claims(task, AdjudicationUrls.TASK);
  }

  /** Whether it answers an adjudicator's Task, or claims to. */
  static boolean isOurs(QuestionnaireResponse response) {
    return Profiles.claims(response, AdjudicationUrls.RESPONSE)
        || response.hasExtension(AdjudicationUrls.OF_TASK);
  }

  private static Problem own(String where) {
    return new Problem(
        where,
        "only this server makes and removes Tasks of adjudicators",
        "Leave out the profile; to hand a Task over, change its owner.");
  }

  private static Problem settled() {
    return new Problem(
        "QuestionnaireResponse",
        "what somebody judged never changes",
        "Leave it; a case is judged anew under a new version of its plan.");
  }

  /** How far it is, and whose: another one of the plan's people. */
  private void handOver(Task former, Task task, List<Problem> problems) {
    if (!comparable(former).equalsDeep(comparable(task))) {
      problems.add(
          new Problem(
              "Task",
              "more than its status and its owner differs",
              "Change status, owner and lastModified only."));
    }
    if (!ON_THE_WAY.contains(task.getStatus()) || !ON_THE_WAY.contains(former.getStatus())) {
      problems.add(
          new Problem(
              "Task.status",
              "it is completed by an answer alone, and then stays",
              "Store a QuestionnaireResponse that names it by "
                  + AdjudicationUrls.OF_TASK
                  + " instead."));
    }
    boolean isAsked =
        rows.locked(CaseRow.idOf(former.getIdElement().getIdPart()))
            .map(row -> plans.plan(row.plan()).performers())
            .filter(people -> people.contains(task.getOwner().getReference()))
            .isPresent();
    if (!isAsked) {
      problems.add(
          new Problem(
              "Task.owner", "it is nobody whom the plan names", "Name one of its performers."));
    }
  }

  /** Without how far it is and whose, and what the server sets. */
  private static Task comparable(Task task) {
    Task copy = task.copy();
    copy.getMeta().setVersionId(null).setLastUpdated(null).setSource(null);
    copy.setId((String) null);
    copy.setText(null);
    copy.setStatus(null);
    copy.setOwner(null);
    copy.setLastModified(null);
    return copy;
  }
}
