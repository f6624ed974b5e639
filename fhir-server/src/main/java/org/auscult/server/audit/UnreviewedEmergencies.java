package org.auscult.server.audit;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.auscult.access.fhir.ReviewTasks;
import org.auscult.server.audit.Suspicion.Rule;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * Finds the Tasks by which emergency accesses are reviewed, and which nobody has dealt with. The
 * latest ones: an older one was found when its time was up.
 */
final class UnreviewedEmergencies implements BreachRules.Emergencies {
  private static final int MOST = 1_000;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final List<TaskStatus> OPEN =
      List.of(
          TaskStatus.DRAFT,
          TaskStatus.REQUESTED,
          TaskStatus.RECEIVED,
          TaskStatus.ACCEPTED,
          TaskStatus.READY,
          TaskStatus.INPROGRESS,
          TaskStatus.ONHOLD);

  private final IFhirResourceDao<Task> tasks;

  UnreviewedEmergencies(IFhirResourceDao<Task> tasks) {
    this.tasks = tasks;
  }

  @Override
  public List<Suspicion> unreviewed(Instant before) {
    TokenOrListParam open = new TokenOrListParam();
    OPEN.forEach(status -> open.add(new TokenParam(status.getSystem(), status.toCode())));
    SearchParameterMap asked = SearchParameterMap.newSynchronous();
    asked.add(
        Task.SP_CODE, new TokenParam(ReviewTasks.CODE.getSystem(), ReviewTasks.CODE.getCode()));
    asked.add(Task.SP_STATUS, open);
    asked.add(Task.SP_AUTHORED_ON, new DateParam(ParamPrefixEnum.LESSTHAN, Date.from(before)));
    asked.setSort(new SortSpec(Task.SP_AUTHORED_ON, SortOrderEnum.DESC));
    asked.setLoadSynchronousUpTo(MOST);
    return tasks.search(asked, new SystemRequestDetails()).getAllResources().stream()
        .map(task -> suspicion((Task) task))
        .toList();
  }

  private static Suspicion suspicion(Task task) {
    Instant from = task.getAuthoredOn().toInstant();
    Date end = task.getRestriction().getPeriod().getEnd();
    return new Suspicion(
        Rule.UNREVIEWED_EMERGENCY,
        Objects.requireNonNullElse(task.getRequester().getReference(), ""),
        Objects.requireNonNullElse(task.getFor().getReferenceElement().getIdPart(), ""),
        from,
        end == null ? from.plus(LONGEST) : end.toInstant(),
        "");
  }
}
