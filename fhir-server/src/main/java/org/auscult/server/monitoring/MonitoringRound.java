package org.auscult.server.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.monitoring.freshness.EvidenceAges;
import org.auscult.monitoring.freshness.SilenceRule;
import org.auscult.monitoring.freshness.SilenceRule.Silence;
import org.auscult.monitoring.skew.SkewCheck;
import org.auscult.monitoring.skew.SkewReport;
import org.auscult.server.alert.IssueKey;
import org.auscult.server.alert.MonitoringIssues;
import org.auscult.server.monitoring.HeardSources.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at what was served, and at who has fallen silent. */
final class MonitoringRound {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoringRound.class);

  private final JournalSample journal;
  private final SkewCheck check;
  private final HeardSources sources;
  private final SilenceRule rule;
  private final MonitoringIssues issues;
  private volatile SkewReport last = new SkewReport.Tally().report();
  private volatile int silent;

  MonitoringRound(
      JournalSample journal,
      SkewCheck check,
      HeardSources sources,
      SilenceRule rule,
      MonitoringIssues issues) {
    this.journal = journal;
    this.check = check;
    this.sources = sources;
    this.rule = rule;
    this.issues = issues;
  }

  /**
   * How a source stands.
   *
   * @param lastHour the last hour since 1970 in which it was heard; null if not within the baseline
   * @param judged whether there is enough to judge by
   */
  record Standing(@Nullable Long lastHour, boolean judged, Optional<Silence> silence) {}

  /** Notes which sources were heard. */
  void listen() {
    sources.listen();
  }

  /** Looks, and tells people what is found. */
  void look(Instant now, Duration window, int sample, long seed) {
    sources.listen();
    int silences = 0;
    for (Map.Entry<Source, Standing> source : standings(now).entrySet()) {
      IssueKey key = Findings.key(source.getKey());
      Optional<Silence> silence = source.getValue().silence();
      if (silence.isPresent()) {
        silences++;
        MonitoringFinding finding = Findings.of(source.getKey(), silence.get());
        if (issues.found(key, Findings.SILENCE, List.of(finding), now)) {
          LOG.warn("{} is silent since {}", source.getKey(), silence.get().lastHeard());
        }
      } else if (source.getValue().judged()) {
        issues.over(key, "It is heard again.", now);
      }
    }
    silent = silences;
    SkewReport report = skew(now.minus(window), sample, seed);
    last = report;
    report
        .lines()
        .forEach(
            line ->
                issues.found(
                    Findings.key(line, now), Findings.SKEW, List.of(Findings.of(line)), now));
    issues.overBefore(
        FindingKind.SKEW,
        now.truncatedTo(ChronoUnit.DAYS),
        "The day is over: what still differs is told anew.",
        now);
    if (report.different() > 0) {
      LOG.error(
          "Served vectors cannot be made again: {} of {}, {}",
          report.different(),
          report.vectors(),
          report.lines().stream().map(SkewReport.Line::difference).toList());
    }
    LOG.info(
        "{} served vectors held against the record: {} equal, {} different, {} % not checked {}",
        report.vectors(),
        report.equal(),
        report.different(),
        Math.round(report.uncheckedShare() * 1000) / 10.0,
        new TreeMap<>(report.unchecked()));
  }

  /** Holds a sample against the record. */
  SkewReport skew(Instant since, int sample, long seed) {
    SkewReport.Tally tally = new SkewReport.Tally();
    journal.draw(since, sample, seed, entry -> tally.add(entry.id(), check.check(entry)));
    return tally.report();
  }

  /** How old the evidence of a sample was. */
  EvidenceAges ages(Instant since, int sample, long seed) {
    EvidenceAges ages = new EvidenceAges();
    journal.draw(since, sample, seed, ages::add);
    return ages;
  }

  /**
   * How each source stands that was ever heard; one not heard within the baseline is not judged.
   */
  Map<Source, Standing> standings(Instant now) {
    Map<Source, NavigableSet<Long>> heard = sources.since(now.minus(rule.baseline()));
    Map<Source, Standing> standings = new TreeMap<>();
    for (Source source : sources.all()) {
      NavigableSet<Long> hours = heard.get(source);
      standings.put(
          source,
          hours == null
              ? new Standing(null, false, Optional.empty())
              : new Standing(hours.last(), rule.canJudge(hours, now), rule.judge(hours, now)));
    }
    return standings;
  }

  /** What the last look found. */
  SkewReport last() {
    return last;
  }

  /** How many sources were silent at the last look. */
  int silent() {
    return silent;
  }
}
