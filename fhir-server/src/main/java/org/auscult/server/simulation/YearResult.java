package org.auscult.server.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.performance.Standing;
import org.auscult.server.simulation.Year.Suspended;
import org.jspecify.annotations.Nullable;

/**
 * What came of a year.
 *
 * @param issues in the order in which they were opened first
 * @param findings in the order in which they were told
 * @param suspended null if nothing suspended the deployment
 * @param mended from when on the laboratory sends what can be read again; null if nobody told it
 */
record YearResult(
    YearPlan plan,
    PredictionModel model,
    Ledger ledger,
    ReportWriter writer,
    List<IssueLog.Issue> issues,
    List<Findings.Told> findings,
    List<Proposals.Proposal> proposals,
    @Nullable Suspended suspended,
    @Nullable Instant mended) {
  YearResult {
    issues = List.copyOf(issues);
    findings = List.copyOf(findings);
    proposals = List.copyOf(proposals);
  }

  /** By what each change was found first, from when on it would be planted; no other ones. */
  Map<Planted, Findings.Told> found() {
    Map<Planted, Findings.Told> found = new EnumMap<>(Planted.class);
    for (Planted planted : Planted.values()) {
      findings.stream()
          .filter(told -> Evidence.of(planted).showsSince(told, plan.from(planted)))
          .findFirst()
          .ifPresent(told -> found.put(planted, told));
    }
    return found;
  }

  /** An episode of an issue, with what it may be about. */
  record Episode(IssueLog.Issue issue, IssueLog.Episode episode, Optional<Planted> during) {}

  /** All of them, in the order in which they were opened. */
  List<Episode> episodes() {
    List<Episode> all = new ArrayList<>();
    for (IssueLog.Issue issue : issues) {
      for (IssueLog.Episode episode : issue.episodes()) {
        all.add(new Episode(issue, episode, during(episode)));
      }
    }
    all.sort(Comparator.comparing(one -> one.episode().opened()));
    return all;
  }

  /**
   * What was planted latest and still held while a window lasted that is out of order; empty for a
   * false alarm.
   */
  private Optional<Planted> during(IssueLog.Episode episode) {
    Planted latest = null;
    for (Planted planted : Planted.values()) {
      boolean isAbout =
          plan.planted().contains(planted)
              && episode.first().stream()
                  .anyMatch(
                      finding ->
                          finding.measured() != null
                              && finding.measured().end().isAfter(plan.from(planted))
                              && (planted != Planted.UNIT
                                  || mended == null
                                  || finding.measured().start().isBefore(mended)));
      latest = isAbout ? planted : latest;
    }
    return Optional.ofNullable(latest);
  }

  /**
   * Charts that were opened over a stretch of time, and the cards that were shown, or would have
   * been.
   *
   * @param withLabel of whom it is known by the year's end what became of them
   * @param cards of those with a label, at or above the limit
   * @param falseAlarms of these cards those without the event
   * @param missed of those with a label and no card, those with the event
   */
  record Cards(long charts, long withLabel, long cards, long falseAlarms, long missed) {
    /** Cards that were false alarms, and events that had no card. */
    long wrong() {
      return falseAlarms + missed;
    }
  }

  /** Counts them, whoever saw them. */
  Cards cards(Instant start, Instant end) {
    Predicate<Served> isIn =
        one -> !one.stay().predicted().isBefore(start) && one.stay().predicted().isBefore(end);
    List<Served> charts = ledger.all().stream().filter(isIn).toList();
    List<Served> labelled =
        charts.stream().filter(one -> one.score() != null && isLabelled(one)).toList();
    return new Cards(
        charts.size(),
        labelled.size(),
        labelled.stream().filter(Served::isWarning).count(),
        labelled.stream().filter(one -> one.isWarning() && !isEvent(one)).count(),
        labelled.stream().filter(one -> !one.isWarning() && isEvent(one)).count());
  }

  /** How many cards somebody saw. */
  long shown(Instant start, Instant end) {
    return ledger.all().stream()
        .filter(Served::isShown)
        .filter(one -> !one.stay().predicted().isBefore(start))
        .filter(one -> one.stay().predicted().isBefore(end))
        .count();
  }

  /** Whole days from when something was planted until a time. */
  long daysUntil(Planted planted, Instant at) {
    return Duration.between(plan.from(planted), at).toDays();
  }

  /** Episodes of issues that no change explains. */
  long falseAlarms() {
    return episodes().stream().filter(one -> one.during().isEmpty()).count();
  }

  private boolean isLabelled(Served one) {
    Standing standing = ledger.standing(one);
    return standing == Standing.EVENT || standing == Standing.NO_EVENT;
  }

  private boolean isEvent(Served one) {
    return ledger.standing(one) == Standing.EVENT;
  }
}
