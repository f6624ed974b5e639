package org.auscult.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.Standing;
import org.auscult.monitoring.use.Reply;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A model that says the truth of the next thirty days, and a look while the horizons of half of its
 * predictions are open: events are known as they happen, their absence when thirty days are over.
 */
class OpenWindowTest {
  private static final LocalDate START = LocalDate.of(2025, 1, 1);
  private static final Instant BEGIN = YearPlan.midnight(START);
  private static final Instant END = YearPlan.midnight(START.plusMonths(1));
  private static final Instant HALF = YearPlan.midnight(START.plusDays(46));
  private static final Instant CLOSED = YearPlan.midnight(START.plusDays(62));
  private static final Duration HORIZON = Duration.ofDays(30);

  private final Pack pack = new Pack();
  private final Ledger ledger = new Ledger("https://example.org/d|1", "https://example.org/o|1");

  @AfterEach
  void close() {
    pack.model().scorer().close();
  }

  /** What is known at a time. */
  private void live(Instant looked) {
    List<HospitalStay> stays =
        new Admissions(
                new YearPlan(5, START, 500, 7, Set.of(), true),
                BundledPatient.all(pack.model().features()))
            .all();
    Random random = new Random(9);
    for (HospitalStay stay : stays) {
      if (!stay.predicted().isBefore(END)) {
        return;
      }
      double risk = 0.05 + 0.4 * random.nextDouble();
      boolean isEvent = random.nextDouble() < risk;
      Instant happens = stay.predicted().plusSeconds(random.nextInt(30 * 86_400));
      Instant closes = stay.predicted().plus(HORIZON);
      ledger.add(new Served(stay, risk, false, true, Reply.NONE, null, Map.of()));
      if (isEvent && !happens.isAfter(looked)) {
        ledger.label(stay.patient(), Standing.EVENT, closes);
      } else if (!isEvent && !closes.isAfter(looked)) {
        ledger.label(stay.patient(), Standing.NO_EVENT, closes);
      }
    }
  }

  private static Interval ratio(ObservedPredictions observed) {
    return PerformanceReport.of(observed, List.of()).figures().stream()
        .filter(figure -> figure.definition().name().equals("observed-to-expected"))
        .map(figure -> ((Estimate.Known) figure).certainty().interval())
        .findFirst()
        .orElseThrow();
  }

  /** Every label that is known, as if it counted. */
  private ObservedPredictions allLabels() {
    ObservedPredictions.Builder rows = ObservedPredictions.builder();
    ledger
        .all()
        .forEach(
            one ->
                rows.add(Objects.requireNonNull(one.score()), ledger.standing(one), one.groups()));
    return rows.build();
  }

  private ObservedPredictions read(Instant looked) {
    return ledger.read(BEGIN, END, looked).observed();
  }

  @Test
  void labelsThatCameEarlyWouldShowMoreEventsThanThereAre() {
    live(HALF);
    assertThat(ratio(allLabels()).lower()).isGreaterThan(1.2);

    ObservedPredictions observed = read(HALF);
    assertThat(ratio(observed).lower()).isLessThan(1);
    assertThat(ratio(observed).upper()).isGreaterThan(1);
    assertThat(observed.count(Standing.EARLY)).isGreaterThan(100);
    assertThat(observed.count(Standing.PENDING)).isGreaterThan(100);
    // Estimates of before labels arrive are of all.
    assertThat(observed.all().size()).isEqualTo(ledger.all().size());
  }

  @Test
  void whenAllHorizonsAreClosedEveryLabelCounts() {
    live(CLOSED);
    ObservedPredictions observed = read(CLOSED);
    assertThat(observed.standings()).containsOnlyKeys(Standing.EVENT, Standing.NO_EVENT);
    assertThat(ratio(observed)).isEqualTo(ratio(allLabels()));
    assertThat(ratio(observed).lower()).isLessThan(1);
    assertThat(ratio(observed).upper()).isGreaterThan(1);
  }

  /** A report is written anew when a horizon closes, though nothing is labelled. */
  @Test
  void horizonsThatCloseAreChanges() {
    live(HALF);
    long before = ledger.changes(BEGIN, END, HALF);
    assertThat(ledger.changes(BEGIN, END, HALF)).isEqualTo(before);
    assertThat(ledger.changes(BEGIN, END, HALF.plus(Duration.ofDays(1)))).isGreaterThan(before);
  }
}
