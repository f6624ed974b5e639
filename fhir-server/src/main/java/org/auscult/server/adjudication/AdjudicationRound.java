package org.auscult.server.adjudication;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.auscult.monitoring.adjudication.AdjudicatedCase;
import org.auscult.monitoring.adjudication.AdjudicationPlan;
import org.auscult.monitoring.adjudication.LabelQuality;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.adjudication.AdjudicationRows.ChosenWindow;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Chooses cases for people to look at, and tells how good labels are.
 *
 * <p>A window is chosen once, when it is over, with all of its cases and their Tasks in one
 * transaction; its key keeps a second node, or the same one after a crash, from doing it again. The
 * choice follows from the labels as they stood at the window's end, so whoever makes it makes the
 * same.
 */
final class AdjudicationRound {
  private static final Logger LOG = LoggerFactory.getLogger(AdjudicationRound.class);

  /** So long after its end all that became known within a window is written. */
  static final Duration SETTLING = Duration.ofMinutes(10);

  /** Changes when the same rows would give another report. */
  private static final String FORMAT = "1:";

  private final StoredPlans plans;
  private final AdjudicationRows rows;
  private final Adjudications adjudications;
  private final TransactionTemplate transaction;
  private final Reporting reporting;

  /**
   * Where reports stand.
   *
   * @param zone in which windows begin
   */
  record Reporting(ReportStore reports, ReportEvents events, ZoneId zone) {}

  AdjudicationRound(
      StoredPlans plans,
      AdjudicationRows rows,
      Adjudications adjudications,
      TransactionTemplate transaction,
      Reporting reporting) {
    this.plans = plans;
    this.rows = rows;
    this.adjudications = adjudications;
    this.transaction = transaction;
    this.reporting = reporting;
  }

  /**
   * Does all that is to be done.
   *
   * @param goesOn asked before each window
   * @return how many cases were chosen
   */
  int run(Instant now, BooleanSupplier goesOn) {
    int chosen = 0;
    for (AdjudicationPlan plan : plans.active()) {
      for (ReportWindow window : plan.over(now.minus(SETTLING), reporting.zone())) {
        if (goesOn.getAsBoolean() && !rows.isChosen(plan, window)) {
          chosen += choose(plan, window, now);
        }
      }
    }
    ReportEvents.Known known = reporting.events().read();
    for (ChosenWindow window : rows.windows()) {
      if (goesOn.getAsBoolean()) {
        report(window, known, now);
      }
    }
    return chosen;
  }

  private int choose(AdjudicationPlan plan, ReportWindow window, Instant now) {
    try {
      Integer chosen = transaction.execute(status -> adjudications.choose(plan, window, now));
      LOG.info("{} cases of {} from {} are asked about", chosen, plan.canonical(), window.start());
      return chosen == null ? 0 : chosen;
    } catch (DuplicateKeyException | ResourceVersionConflictException e) {
      LOG.info("Somebody else chose the cases of {} from {}", plan.canonical(), window.start());
      LOG.debug("Cause", e);
    } catch (RuntimeException e) {
      // The message of a storage error may quote a resource; its type says enough.
      LOG.error(
          "Cases of {} from {} could not be chosen: {}",
          plan.canonical(),
          window.start(),
          e.getClass().getName());
      LOG.debug("Cause", e);
    }
    return 0;
  }

  private void report(ChosenWindow of, ReportEvents.Known known, Instant now) {
    List<AdjudicatedCase> cases = rows.cases(of, now);
    Instant start = of.window().start();
    Instant end = of.window().end();
    try {
      reporting
          .reports()
          .write(
              LabelQualityResources.id(of),
              FORMAT + fingerprint(cases) + known.fingerprint(start, end),
              () ->
                  Optional.of(
                      known.mark(
                          LabelQualityResources.of(of, LabelQuality.of(cases)), start, end)));
    } catch (DuplicateKeyException | ResourceVersionConflictException e) {
      LOG.info("Somebody else has written the report of {} from {}", of.plan(), start);
      LOG.debug("Cause", e);
    }
  }

  /** Verdicts are only added, and what is overdue is counted. */
  private static String fingerprint(List<AdjudicatedCase> cases) {
    return cases.size()
        + "/"
        + cases.stream().mapToInt(one -> one.adjudication().verdicts().size()).sum()
        + "/"
        + cases.stream().filter(AdjudicatedCase::isOverdue).count()
        + "/";
  }
}
