package org.auscult.monitoring.alert;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.MonitoringFinding;

/**
 * How all series of one model stand under one rule, as far as the same people are told of them.
 *
 * @param findings of all series in breach, in the order of outputs and series
 * @param isInOrder whether a series was judged and is in order
 */
public record RuleStanding(List<MonitoringFinding> findings, boolean isInOrder) {
  public RuleStanding {
    findings = List.copyOf(findings);
  }

  /**
   * Judges the reports of a model. The same reports give the same standing.
   *
   * @param kind of the reports
   * @param zone in which windows are named
   * @param model {@code url|version}
   * @param outputs by the names of outputs that the rule watches; the empty one is the model as a
   *     whole
   * @return by the site whose people are told; empty for no single one
   */
  public static SortedMap<String, RuleStanding> bySite(
      AlertRule rule,
      FindingKind kind,
      ZoneId zone,
      String model,
      SortedMap<String, List<WindowReport>> outputs) {
    AlertFindings findings = new AlertFindings(kind, rule, zone);
    SortedMap<String, RuleStanding> sites = new TreeMap<>();
    for (Map.Entry<String, List<WindowReport>> output : outputs.entrySet()) {
      for (FigureSeries series : rule.series(output.getValue())) {
        Verdict verdict = rule.judge(series);
        List<MonitoringFinding> found =
            verdict instanceof Verdict.Breached breached
                ? findings.of(model, output.getKey(), series, breached)
                : List.of();
        sites.merge(
            AlertFindings.site(series),
            new RuleStanding(found, verdict instanceof Verdict.InOrder),
            RuleStanding::and);
      }
    }
    return Collections.unmodifiableSortedMap(sites);
  }

  private RuleStanding and(RuleStanding more) {
    List<MonitoringFinding> all = new ArrayList<>(findings);
    all.addAll(more.findings);
    return new RuleStanding(all, isInOrder || more.isInOrder);
  }
}
