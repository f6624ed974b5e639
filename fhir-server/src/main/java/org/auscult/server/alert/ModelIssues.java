package org.auscult.server.alert;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.feature.fhir.Problems;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.page.PageIssue;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/** What monitoring found of a model, and what people did about it. */
public final class ModelIssues {
  private static final Comparator<PageIssue> GRAVEST_FIRST =
      Comparator.comparing(PageIssue::severity)
          .reversed()
          .thenComparing(PageIssue::since)
          .thenComparing(PageIssue::reference);

  private final IFhirResourceDao<DetectedIssue> issues;
  private final IFhirResourceDao<Task> tasks;
  private final IFhirResourceDao<PlanDefinition> plans;
  private final IssueRows rows;

  ModelIssues(
      IFhirResourceDao<DetectedIssue> issues,
      IFhirResourceDao<Task> tasks,
      IFhirResourceDao<PlanDefinition> plans,
      IssueRows rows) {
    this.issues = issues;
    this.tasks = tasks;
    this.plans = plans;
    this.rows = rows;
  }

  /**
   * Those that are open, and those whose last episode touches a stretch of time; the gravest first.
   *
   * @param device reference of the model's Device
   * @param end exclusive
   */
  public List<PageIssue> of(String device, Instant start, Instant end) {
    SearchParameterMap search =
        SearchParameterMap.newSynchronous()
            .add(DetectedIssue.SP_IMPLICATED, new ReferenceParam(device));
    return issues.search(search, new SystemRequestDetails()).getAllResources().stream()
        .filter(DetectedIssue.class::isInstance)
        .map(DetectedIssue.class::cast)
        .filter(issue -> issue.getMeta().hasProfile(AlertUrls.ISSUE))
        .flatMap(issue -> issue(issue).stream())
        .filter(issue -> touches(issue, start, end))
        .sorted(GRAVEST_FIRST)
        .toList();
  }

  private static boolean touches(PageIssue issue, Instant start, Instant end) {
    Instant until = issue.until();
    return until == null || (issue.since().isBefore(end) && until.isAfter(start));
  }

  private Optional<PageIssue> issue(DetectedIssue issue) {
    String severity = Problems.text(issue.getExtensionByUrl(AlertUrls.SEVERITY));
    String episode = Problems.text(issue.getExtensionByUrl(AlertUrls.EPISODE));
    boolean isOver = issue.getStatus() == DetectedIssueStatus.FINAL;
    if (severity == null || episode == null || !issue.getIdentifiedPeriod().hasStart()) {
      return Optional.empty();
    }
    String id = issue.getIdElement().getIdPart();
    return FindingSeverity.of(severity)
        .map(
            of ->
                new PageIssue(
                    issue.getIdElement().toUnqualified().getValue(),
                    of,
                    issue.getCode().getText(),
                    issue.getDetail().lines().toList(),
                    issue.getIdentifiedPeriod().getStart().toInstant(),
                    isOver ? issue.getIdentifiedPeriod().getEnd().toInstant() : null,
                    Integer.parseInt(episode),
                    answer(id, episode),
                    rows.suspendedBy(id).stream().map(this::suspension).toList()));
  }

  /** An episode that began in the silence of the one before has no Task, and is silent, too. */
  private PageIssue.@Nullable Answer answer(String id, String episode) {
    Task task = Existing.find(tasks, id + "-" + episode);
    if (task == null) {
      return rows.silentUntil(id)
          .map(until -> new PageIssue.Answer(TaskStatus.ONHOLD.toCode(), "", until))
          .orElse(null);
    }
    if (task.getStatus() == TaskStatus.REQUESTED) {
      return null;
    }
    String reason = task.getStatusReason().getText();
    boolean isSilent =
        task.getStatus() == TaskStatus.ONHOLD && task.getRestriction().getPeriod().hasEnd();
    return new PageIssue.Answer(
        task.getStatus().toCode(),
        reason == null ? "" : reason,
        isSilent ? task.getRestriction().getPeriod().getEnd().toInstant() : null);
  }

  private PageIssue.Suspension suspension(IssueRows.Suspended suspended) {
    PlanDefinition plan = Existing.find(plans, suspended.plan());
    return new PageIssue.Suspension(
        plan == null || !plan.hasTitle() ? "PlanDefinition/" + suspended.plan() : plan.getTitle(),
        suspended.at(),
        plan != null && Deployments.isLive(plan));
  }
}
