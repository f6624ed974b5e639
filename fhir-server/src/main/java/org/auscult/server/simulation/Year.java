package org.auscult.server.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.model.RegisteredModel;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.server.drift.DriftReports;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Lives a year, day by day, on a clock of its own.
 *
 * <p>Idea: patients come into hospital and their charts are opened; each midnight monitoring looks,
 * as a server's rounds do, and what it has found has the consequences that it would have: a
 * critical finding suspends the deployment, the retraining plan asks people, and people who are
 * told which laboratory sends an unreadable unit see to it that it does not. What was planted
 * decides what happens to patients, and is known to nobody who looks.
 *
 * <p>While the deployment is suspended the model is asked on, so that what suspension spared can be
 * told; monitoring knows nothing of these.
 */
final class Year {
  private final YearPlan plan;
  private final RegisteredModel model;
  private final Ward ward;
  private final ReportWriter writer;
  private final IssueLog issues;
  private final Proposals proposals;
  private final Findings findings;
  private final PlanDefinition deployment;
  private final List<HospitalStay> stays;
  private @Nullable Suspended suspended;
  private @Nullable Instant mended;

  /**
   * What suspended the deployment.
   *
   * @param by the issue
   */
  record Suspended(Instant at, IssueLog.Opened by) {}

  private Year(YearPlan plan, Pack pack, RegisteredModel model) {
    this.plan = plan;
    this.model = model;
    this.ward = new Ward(plan, pack, model);
    this.writer = new ReportWriter(pack, model.model(), ward.ledger(), ward.hospital());
    this.issues = new IssueLog(pack.rules());
    this.proposals = new Proposals(pack.retraining(), ward.ledger(), plan.begin());
    this.findings = new Findings(writer.reports());
    this.deployment = pack.deploymentPlan();
    Deployments.setMode(deployment, Deployments.LIVE);
    this.stays = new Admissions(plan, BundledPatient.all(model.features())).all();
  }

  /**
   * Lives it.
   *
   * @param progress told the first day of each month, as it begins
   */
  static YearResult live(YearPlan plan, Consumer<LocalDate> progress) {
    Pack pack = new Pack();
    RegisteredModel model = pack.model();
    try (var scorer = model.scorer()) {
      Objects.requireNonNull(scorer);
      return new Year(plan, pack, model).live(progress);
    }
  }

  private YearResult live(Consumer<LocalDate> progress) {
    int next = 0;
    for (LocalDate day = plan.start();
        day.isBefore(plan.start().plusYears(1));
        day = day.plusDays(1)) {
      if (day.getDayOfMonth() == 1) {
        progress.accept(day);
      }
      Instant midnight = YearPlan.midnight(day.plusDays(1));
      while (next < stays.size() && stays.get(next).predicted().isBefore(midnight)) {
        open(stays.get(next++));
      }
      ward.dischargeBefore(midnight);
      if (plan.looks(day.plusDays(1)) || midnight.equals(plan.end())) {
        look(midnight);
      }
    }
    return new YearResult(
        plan,
        model.model(),
        ward.ledger(),
        writer,
        issues.all(),
        findings.all(),
        proposals.all(),
        suspended,
        mended);
  }

  private void open(HospitalStay stay) {
    ward.dischargeBefore(stay.predicted());
    boolean isUnreadable =
        plan.isPlanted(Planted.UNIT, stay.predicted())
            && (mended == null || stay.predicted().isBefore(mended));
    ward.open(stay, isUnreadable, Deployments.isLive(deployment) ? writer::journal : null);
  }

  /** What a server's rounds do. */
  private void look(Instant now) {
    writer.write(now);
    Reports reports = writer.reports();
    List<IssueLog.Opened> opened = new ArrayList<>();
    String output = model.model().outputs().get(0).name();
    String canonical = model.model().canonical();
    opened.addAll(
        issues.look(
            FindingKind.PERFORMANCE,
            canonical,
            new TreeMap<>(Map.of(output, reports.figures(FindingKind.PERFORMANCE))),
            now));
    SortedMap<String, List<WindowReport>> drift = new TreeMap<>();
    for (String of : List.of("", output)) {
      drift.put(
          of,
          reports.figures(FindingKind.DRIFT).stream()
              .map(report -> DriftReports.ofOutput(report, of))
              .toList());
    }
    opened.addAll(issues.look(FindingKind.DRIFT, canonical, drift, now));
    opened.addAll(
        issues.look(
            FindingKind.USE,
            Deployments.read(deployment).orThrow().canonical(),
            new TreeMap<>(Map.of("", reports.figures(FindingKind.USE))),
            now));
    findings.take(issues.all(), now);
    opened.forEach(one -> suspend(one, now));
    proposals.look(issues.open(canonical), now);
    answer();
  }

  /** As the server does: by a critical finding about a model of a deployment that wants it. */
  private void suspend(IssueLog.Opened opened, Instant now) {
    boolean isAsked =
        opened.issue().rule().severity() == FindingSeverity.CRITICAL
            && Deployments.isSuspendedByFindings(deployment)
            && Deployments.read(deployment)
                .orThrow()
                .canonicals()
                .contains(opened.issue().key().about());
    if (isAsked && plan.suspends() && Deployments.isLive(deployment)) {
      Deployments.setSuspension(
          deployment,
          opened.issue().rule().title(),
          "DetectedIssue/" + opened.issue().key().id(),
          now);
      Deployments.setMode(deployment, Deployments.SUSPENDED);
      suspended = new Suspended(now, opened);
    }
  }

  /** People who were told that a unit cannot be read have the laboratory mend it. */
  private void answer() {
    if (mended == null) {
      mended =
          findings
              .first(told -> Evidence.UNIT.shows(told))
              .map(told -> told.at().plus(Proposals.ANSWERED_AFTER))
              .orElse(null);
    }
  }
}
