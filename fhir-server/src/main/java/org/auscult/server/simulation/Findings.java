package org.auscult.server.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.auscult.feature.fhir.Problems;
import org.auscult.monitoring.alert.AlertRule;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.Measured;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.server.report.ReportUrls;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;

/** What was told, each finding once: when it was told first, and the causes that went with it. */
final class Findings {
  private static final String FEATURE = "feature = ";

  private final Reports reports;
  private final List<Told> all = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  /**
   * A finding.
   *
   * @param feature that it is about; null if it is about none
   * @param causes why the feature drifted, as the report names them
   */
  record Told(
      Instant at,
      AlertRule rule,
      MonitoringFinding finding,
      @Nullable String feature,
      List<NamedCause> causes) {
    Told {
      causes = List.copyOf(causes);
    }

    /** What is out of order. */
    Measured measured() {
      return Objects.requireNonNull(finding.measured());
    }
  }

  /**
   * A cause as a report names it.
   *
   * @param kind such as {@code unit}
   * @param value such as the unit
   * @param since day; null if the report tells none
   * @param text for people
   */
  record NamedCause(String kind, String value, @Nullable String since, String text) {}

  Findings(Reports reports) {
    this.reports = reports;
  }

  List<Told> all() {
    return List.copyOf(all);
  }

  /** The one that was told first. */
  Optional<Told> first(Predicate<Told> which) {
    return all.stream().filter(which).findFirst();
  }

  /** Takes what stands now and was not told before. */
  void take(List<IssueLog.Issue> issues, Instant now) {
    for (IssueLog.Issue issue : issues) {
      for (IssueLog.Episode episode : issue.episodes()) {
        if (episode.closed() == null) {
          episode.findings().forEach(finding -> take(issue.rule(), finding, now));
        }
      }
    }
  }

  private void take(AlertRule rule, MonitoringFinding finding, Instant now) {
    Measured measured = finding.measured();
    if (measured == null) {
      return;
    }
    String key =
        String.join(
            "\n",
            rule.canonical(),
            finding.subject().toString(),
            measured.figure(),
            measured.parameters().toString(),
            measured.start().toString(),
            measured.end().toString());
    if (known.add(key)) {
      String feature =
          measured.parameters().stream()
              .filter(parameter -> parameter.startsWith(FEATURE))
              .map(parameter -> parameter.substring(FEATURE.length()))
              .findFirst()
              .orElse(null);
      all.add(new Told(now, rule, finding, feature, causes(finding, feature)));
    }
  }

  private List<NamedCause> causes(MonitoringFinding finding, @Nullable String feature) {
    List<NamedCause> causes = new ArrayList<>();
    if (finding.kind() == FindingKind.DRIFT && finding.evidence() != null && feature != null) {
      reports
          .find(FindingKind.DRIFT, finding.evidence())
          .ifPresent(
              told -> {
                for (Extension cause : told.report().getExtensionsByUrl(ReportUrls.CAUSE)) {
                  if (feature.equals(Problems.part(cause, "feature"))) {
                    causes.add(
                        new NamedCause(
                            String.valueOf(Problems.part(cause, "kind")),
                            String.valueOf(Problems.part(cause, "value")),
                            Problems.part(cause, "since"),
                            String.valueOf(Problems.part(cause, "text"))));
                  }
                }
              });
    }
    return causes;
  }
}
