package org.auscult.server.alert;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.auscult.monitoring.alert.AlertRule;
import org.auscult.monitoring.alert.RuleStanding;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.server.report.Series;
import org.auscult.server.report.SeriesReports;

/**
 * Holds the reports of models against the rules that are active. All that it writes follows from
 * the reports, so that doing it again changes nothing.
 */
public final class AlertRound {
  private static final String IN_ORDER = "All figures that this rule watches are in order again.";
  private static final String NOT_WATCHED =
      "The rule is not active any more, or there are no such figures any more: nobody watches this.";

  private final StoredAlertRules rules;
  private final List<SeriesReports> sources;
  private final MonitoringIssues issues;
  private final ZoneId zone;

  AlertRound(
      StoredAlertRules rules, List<SeriesReports> sources, MonitoringIssues issues, ZoneId zone) {
    this.rules = rules;
    this.sources = List.copyOf(sources);
    this.issues = issues;
    this.zone = zone;
  }

  /**
   * Does all that is to be done.
   *
   * @param goesOn asked before each rule and model
   * @return how many issues were opened
   */
  public int run(Instant now, BooleanSupplier goesOn) {
    Set<String> known = new HashSet<>();
    int opened = 0;
    List<AlertRule> active = rules.active();
    for (SeriesReports source : sources) {
      opened += run(active, source, known, now, goesOn);
    }
    if (goesOn.getAsBoolean()) {
      for (FindingKind kind : FindingKind.values()) {
        if (kind.isOfRules()) {
          issues.overBut(kind, known, NOT_WATCHED, now);
        }
      }
    }
    issues.attend(now);
    return opened;
  }

  private int run(
      List<AlertRule> active,
      SeriesReports source,
      Set<String> known,
      Instant now,
      BooleanSupplier goesOn) {
    Map<Series, List<WindowReport>> read = new HashMap<>();
    int opened = 0;
    List<Series> series = source.series();
    for (AlertRule rule : active) {
      Map<String, List<Series>> models = new TreeMap<>();
      series.stream()
          .filter(one -> rule.watches(one.model(), one.output()))
          .forEach(one -> models.computeIfAbsent(one.model(), m -> new ArrayList<>()).add(one));
      for (Map.Entry<String, List<Series>> model : models.entrySet()) {
        if (!goesOn.getAsBoolean()) {
          return opened;
        }
        SortedMap<String, List<WindowReport>> outputs = new TreeMap<>();
        for (Series one : model.getValue()) {
          outputs.put(one.output(), read.computeIfAbsent(one, s -> source.of(s, now)));
        }
        SortedMap<String, RuleStanding> sites =
            RuleStanding.bySite(rule, source.kind(), zone, model.getKey(), outputs);
        opened += settle(source.kind(), rule, model.getKey(), sites, known, now);
      }
    }
    return opened;
  }

  private int settle(
      FindingKind kind,
      AlertRule rule,
      String model,
      Map<String, RuleStanding> sites,
      Set<String> known,
      Instant now) {
    int opened = 0;
    for (Map.Entry<String, RuleStanding> site : sites.entrySet()) {
      IssueKey key = new IssueKey(kind, rule.canonical(), model, site.getKey());
      known.add(key.id());
      RuleStanding standing = site.getValue();
      if (!standing.findings().isEmpty()) {
        IssueTerms terms = new IssueTerms(rule.title(), rule.severity(), rule.escalation());
        opened += issues.found(key, terms, standing.findings(), now) ? 1 : 0;
      } else if (standing.isInOrder()) {
        issues.over(key, IN_ORDER, now);
      }
    }
    return opened;
  }
}
