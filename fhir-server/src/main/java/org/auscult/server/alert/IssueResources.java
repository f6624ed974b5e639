package org.auscult.server.alert;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.finding.Measured;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.server.report.Figures;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueEvidenceComponent;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueSeverity;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What monitoring found as a DetectedIssue. The same findings give the same resource. */
final class IssueResources {
  /** The latest breaches stand in an issue; the reports have the rest. */
  static final int MOST_EVIDENCE = 50;

  private IssueResources() {}

  /**
   * An issue that is open.
   *
   * @param findings one at least
   * @param device of the model; null if it is about none
   */
  static DetectedIssue open(
      IssueRow row,
      IssueKey key,
      IssueTerms terms,
      List<MonitoringFinding> findings,
      @Nullable Reference device) {
    DetectedIssue issue = new DetectedIssue();
    issue.setId(row.id());
    issue.getMeta().addProfile(AlertUrls.ISSUE);
    issue.setStatus(DetectedIssueStatus.PRELIMINARY);
    issue.setCode(code(key.kind().code()).setText(terms.title()));
    issue.setSeverity(severity(terms.severity()));
    issue.addExtension(AlertUrls.SEVERITY, new CodeType(terms.severity().code()));
    issue.addExtension(AlertUrls.EPISODE, new PositiveIntType(row.episode()));
    Period period = new Period();
    period.setStartElement(PredictionResources.instant(row.openedAt()));
    issue.setIdentified(period);
    if (device != null) {
      issue.addImplicated(device);
    }
    if (key.rule().contains("|")) {
      issue.setReference(key.rule());
    }
    List<MonitoringFinding> latest =
        findings.subList(Math.max(0, findings.size() - MOST_EVIDENCE), findings.size());
    latest.forEach(finding -> evidence(issue, finding));
    issue.setDetail(detail(findings, latest));
    return issue;
  }

  /** What was open is over. */
  static void close(DetectedIssue issue, String why, Instant at) {
    issue.setStatus(DetectedIssueStatus.FINAL);
    issue.getIdentifiedPeriod().setEndElement(PredictionResources.instant(at));
    issue
        .addMitigation()
        .setAction(new CodeableConcept().setText(why))
        .setDateElement(PredictionResources.instant(at));
  }

  static CodeableConcept code(String code) {
    return new CodeableConcept(new Coding(AlertUrls.KIND_SYSTEM, code, null));
  }

  private static String detail(List<MonitoringFinding> findings, List<MonitoringFinding> latest) {
    String said =
        latest.stream().map(MonitoringFinding::text).distinct().collect(Collectors.joining("\n"));
    int more = findings.size() - latest.size();
    return more == 0 ? said : said + "\nAnd " + more + " windows before.";
  }

  private static DetectedIssueSeverity severity(FindingSeverity severity) {
    return switch (severity) {
      case INFO -> DetectedIssueSeverity.LOW;
      case WARNING -> DetectedIssueSeverity.MODERATE;
      case CRITICAL -> DetectedIssueSeverity.HIGH;
    };
  }

  private static void evidence(DetectedIssue issue, MonitoringFinding finding) {
    if (finding.evidence() == null && finding.measured() == null) {
      return;
    }
    DetectedIssueEvidenceComponent evidence = issue.addEvidence();
    if (finding.evidence() != null) {
      evidence.addDetail(new Reference(finding.evidence()));
    }
    Measured measured = finding.measured();
    if (measured != null) {
      breach(evidence.addExtension().setUrl(AlertUrls.BREACH), finding, measured);
    }
  }

  private static void breach(Extension breach, MonitoringFinding finding, Measured measured) {
    text(breach, "output", finding.subject().output());
    breach.addExtension("figure", new CodeType(measured.figure()));
    measured.parameters().forEach(p -> breach.addExtension("parameter", new StringType(p)));
    text(breach, "by", measured.by());
    text(breach, "way", finding.subject().way());
    text(breach, "group", finding.subject().group());
    breach.addExtension("value", Figures.value(measured.value(), measured.interval()));
    breach.addExtension("n", new IntegerType(Math.toIntExact(measured.n())));
    limit(breach, "least", measured.least());
    limit(breach, "most", measured.most());
    breach.addExtension("period", Figures.period(measured.start(), measured.end()));
  }

  private static void text(Extension breach, String name, @Nullable String value) {
    if (value != null) {
      breach.addExtension(name, new StringType(value));
    }
  }

  private static void limit(Extension breach, String name, @Nullable Double limit) {
    if (limit != null) {
      breach.addExtension(name, new DecimalType(Figures.decimal(limit)));
    }
  }
}
