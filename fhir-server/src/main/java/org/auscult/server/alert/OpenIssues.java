package org.auscult.server.alert;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.retraining.RetrainingFacts.OpenIssue;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/** What alert rules have found and is not over, for those who act on it. */
public final class OpenIssues {
  private final IssueRows rows;
  private final IFhirResourceDao<DetectedIssue> issues;

  OpenIssues(IssueRows rows, IFhirResourceDao<DetectedIssue> issues) {
    this.rows = rows;
    this.issues = issues;
  }

  /**
   * Those about a model, in the order of their ids.
   *
   * @param model {@code url|version}
   */
  public List<OpenIssue> about(String model) {
    return rows.open().stream().flatMap(row -> about(model, row).stream()).toList();
  }

  /** An issue's id says what it is about: the one of the same rule and site about this model. */
  private Optional<OpenIssue> about(String model, IssueRow row) {
    Optional<FindingKind> kind = FindingKind.of(row.kind()).filter(FindingKind::isOfRules);
    if (kind.isEmpty()
        || !new IssueKey(kind.get(), row.rule(), model, row.site()).id().equals(row.id())) {
      return Optional.empty();
    }
    DetectedIssue issue = Existing.find(issues, row.id());
    String title = issue == null ? row.rule() : issue.getCode().getText();
    return Optional.of(
        new OpenIssue(
            row.id(), row.episode(), kind.get(), row.rule(), title, row.site(), began(issue)));
  }

  /** When the first window begins that is out of order. */
  private static @Nullable Instant began(@Nullable DetectedIssue issue) {
    return issue == null
        ? null
        : issue.getEvidence().stream()
            .flatMap(evidence -> evidence.getExtensionsByUrl(AlertUrls.BREACH).stream())
            .map(breach -> breach.getExtensionByUrl("period"))
            .map(Extension::getValue)
            .map(Period.class::cast)
            .map(period -> period.getStart().toInstant())
            .min(Comparator.naturalOrder())
            .orElse(null);
  }
}
