package org.auscult.server.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.alert.AlertRule;
import org.auscult.monitoring.alert.RuleStanding;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.Measured;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.monitoring.retraining.RetrainingFacts;
import org.auscult.server.alert.IssueKey;
import org.jspecify.annotations.Nullable;

/**
 * What alert rules have found: issues that open, close, and open again as their next episode, as
 * the server's DetectedIssues do.
 */
final class IssueLog {
  private final List<AlertRule> rules;
  private final Map<String, Issue> issues = new LinkedHashMap<>();

  /** An issue with all of its episodes. Changes as monitoring goes on. */
  static final class Issue {
    private final IssueKey key;
    private final AlertRule rule;
    private final List<Episode> episodes = new ArrayList<>();

    private Issue(IssueKey key, AlertRule rule) {
      this.key = key;
      this.rule = rule;
    }

    IssueKey key() {
      return key;
    }

    AlertRule rule() {
      return rule;
    }

    List<Episode> episodes() {
      return List.copyOf(episodes);
    }

    private @Nullable Episode open() {
      Episode last = episodes.isEmpty() ? null : episodes.get(episodes.size() - 1);
      return last == null || last.closed() != null ? null : last;
    }
  }

  /**
   * One episode.
   *
   * @param number from 1 on
   * @param closed null while it is open
   * @param findings those of the last look while it was open
   * @param first those with which it was opened
   */
  record Episode(
      int number,
      Instant opened,
      @Nullable Instant closed,
      List<MonitoringFinding> first,
      List<MonitoringFinding> findings) {
    Episode {
      first = List.copyOf(first);
      findings = List.copyOf(findings);
    }

    private Episode with(@Nullable Instant newClosed, List<MonitoringFinding> latest) {
      return new Episode(number, opened, newClosed, first, latest);
    }
  }

  /** An issue that was opened by a look. */
  record Opened(Issue issue, Episode episode) {}

  IssueLog(List<AlertRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** All of them, in the order in which they were opened first. */
  List<Issue> all() {
    return List.copyOf(issues.values());
  }

  /**
   * Holds reports of one kind against the rules.
   *
   * @param model {@code url|version} of the model, or of the deployment
   * @param outputs reports by the name of the output; the empty one is the model as a whole
   * @return what was opened, in the order of rules
   */
  List<Opened> look(
      FindingKind kind, String model, SortedMap<String, List<WindowReport>> outputs, Instant now) {
    List<Opened> opened = new ArrayList<>();
    for (AlertRule rule : rules) {
      SortedMap<String, List<WindowReport>> watched = new TreeMap<>(outputs);
      watched.keySet().removeIf(output -> !rule.watches(model, output));
      for (Map.Entry<String, RuleStanding> site :
          RuleStanding.bySite(rule, kind, YearPlan.ZONE, model, watched).entrySet()) {
        IssueKey key = new IssueKey(kind, rule.canonical(), model, site.getKey());
        settle(key, rule, site.getValue(), now, opened);
      }
    }
    return opened;
  }

  private void settle(
      IssueKey key, AlertRule rule, RuleStanding standing, Instant now, List<Opened> opened) {
    List<MonitoringFinding> findings = standing.findings();
    if (!findings.isEmpty()) {
      Issue issue = issues.computeIfAbsent(key.id(), id -> new Issue(key, rule));
      Episode open = issue.open();
      if (open == null) {
        Episode next = new Episode(issue.episodes.size() + 1, now, null, findings, findings);
        issue.episodes.add(next);
        opened.add(new Opened(issue, next));
      } else {
        issue.episodes.set(issue.episodes.size() - 1, open.with(null, findings));
      }
    } else if (standing.isInOrder() && issues.containsKey(key.id())) {
      Issue issue = Objects.requireNonNull(issues.get(key.id()));
      Episode open = issue.open();
      if (open != null) {
        issue.episodes.set(issue.episodes.size() - 1, open.with(now, open.findings()));
      }
    }
  }

  /** Those about a model that are open, for those who act on them. */
  List<RetrainingFacts.OpenIssue> open(String model) {
    List<RetrainingFacts.OpenIssue> open = new ArrayList<>();
    for (Issue issue : issues.values()) {
      Episode episode = issue.open();
      if (episode != null && issue.key().about().equals(model)) {
        open.add(
            new RetrainingFacts.OpenIssue(
                issue.key().id(),
                episode.number(),
                issue.key().kind(),
                issue.key().rule(),
                issue.rule().title(),
                issue.key().site(),
                began(episode.findings())));
      }
    }
    open.sort(Comparator.comparing(RetrainingFacts.OpenIssue::id));
    return open;
  }

  /** When the first window begins that is out of order. */
  static @Nullable Instant began(List<MonitoringFinding> findings) {
    return findings.stream()
        .map(MonitoringFinding::measured)
        .filter(Objects::nonNull)
        .map(Measured::start)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
