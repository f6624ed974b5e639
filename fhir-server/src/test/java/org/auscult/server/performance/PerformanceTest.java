package org.auscult.server.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.auscult.model.ModelCatalog;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.Standing;
import org.auscult.server.ServerTest;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.report.Series;
import org.auscult.statistics.estimate.Estimate;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reports of windows long before anything else that is predicted here. */
class PerformanceTest extends ServerTest {
  private static final String MODEL =
      "https://auscult.org/fhir/Library/kfre-4var-north-america|1.0.0";
  private static final Instant JANUARY = Instant.parse("2019-01-10T12:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2019-02-10T12:00:00Z");
  private static final String ID = "performance-test-";

  @Autowired private JdbcTemplate jdbc;
  @Autowired private PerformanceRound round;
  @Autowired private ModelCatalog models;
  @Autowired private AuscultSettings settings;

  private Series series = new Series(MODEL, "");
  private final Random random = new Random(11);
  private final List<Double> scores = new ArrayList<>();
  private final List<Boolean> events = new ArrayList<>();
  private final List<String> sites = new ArrayList<>();

  @BeforeEach
  void predict() {
    forget();
    series = new Series(MODEL, models.find(MODEL).orElseThrow().model().outputs().get(0).name());
    for (int i = 0; i < 120; i++) {
      double score = random.nextInt(1000) / 1000.0;
      boolean event = random.nextDouble() < score;
      String site = i % 2 == 0 ? "north" : "south";
      add(i, "p" + i, JANUARY.plusSeconds(i), score, event ? "event|" : "no-event|", null, site);
      scores.add(score);
      events.add(event);
      sites.add(site);
    }
  }

  @AfterEach
  void forget() {
    jdbc.update("delete from monitored_prediction where id like '" + ID + "%'");
    jdbc.update("delete from outcome_case where label_id like '" + ID + "%'");
  }

  private void add(
      int number,
      String patient,
      Instant at,
      double score,
      @Nullable String stands,
      @Nullable String episode,
      String site) {
    jdbc.update(
        "insert into monitored_prediction (id, model, output, patient, index_time, score, described,"
            + " episode, traits) values (?, ?, ?, ?, ?, ?, true, ?, ?)",
        ID + number,
        series.model(),
        series.output(),
        ID + patient,
        at.toEpochMilli(),
        score,
        episode,
        "{\"site\":\"" + site + "\"}");
    jdbc.update(
        "insert into outcome_case (label_id, prediction, output, outcome, patient, index_time,"
            + " stands, sequence) values (?, 'RiskAssessment/1', ?, ?, ?, ?, ?, ?)",
        ID + number,
        series.output(),
        "https://auscult.org/fhir/Library/outcome-new-ckd-stage-3|1.0.0",
        ID + patient,
        at.toEpochMilli(),
        stands,
        stands == null ? 0 : 1);
  }

  private int run() {
    return round.run(Instant.now(), () -> true);
  }

  private MeasureReport month(Instant in) {
    ReportWindow window =
        ReportWindow.endingWith(ReportWindow.Kind.MONTH, in.atZone(zone()).toLocalDate(), zone());
    return read(window);
  }

  private MeasureReport quarter(Instant in) {
    return read(
        ReportWindow.endingWith(
            ReportWindow.Kind.QUARTER, in.atZone(zone()).toLocalDate(), zone()));
  }

  private ZoneId zone() {
    return settings.zone();
  }

  private MeasureReport read(ReportWindow window) {
    return client()
        .read()
        .resource(MeasureReport.class)
        .withId(ReportResources.id(series, window))
        .execute();
  }

  private static MeasureReportGroupComponent group(MeasureReport report, String figure) {
    return report.getGroup().stream()
        .filter(group -> group.getCode().getCodingFirstRep().getCode().equals(figure))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Integer> counts(MeasureReport report) {
    Map<String, Integer> counts = new TreeMap<>();
    for (MeasureReportGroupPopulationComponent population :
        group(report, "predictions").getPopulation()) {
      counts.put(population.getCode().getCodingFirstRep().getCode(), population.getCount());
    }
    return counts;
  }

  @Test
  void aWindowsFiguresAreThoseOfItsPredictions() {
    run();

    MeasureReport report = month(JANUARY);
    ObservedPredictions.Builder rows = ObservedPredictions.builder();
    for (int i = 0; i < scores.size(); i++) {
      rows.add(
          scores.get(i),
          events.get(i) ? Standing.EVENT : Standing.NO_EVENT,
          Map.of("site", sites.get(i)));
    }
    PerformanceReport expected = PerformanceReport.of(rows.build(), List.of());
    for (Estimate figure : expected.figures()) {
      MeasureReportGroupComponent group = group(report, figure.definition().name());
      assertThat(group.getPopulationFirstRep().getCount()).isEqualTo((int) figure.n());
      if (figure.optional().isPresent()) {
        assertThat(group.getMeasureScore().getValue().doubleValue())
            .as(figure.definition().name())
            .isEqualTo(figure.get(), offset(1e-12));
      }
    }
    assertThat(counts(report))
        .containsEntry("event", (int) events.stream().filter(e -> e).count())
        .containsEntry("no-event", (int) events.stream().filter(e -> !e).count());
    assertThat(group(report, "auroc").getStratifierFirstRep().getStratum())
        .extracting(stratum -> stratum.getValue().getText())
        .containsExactly("north", "south");
    assertThat(report.getSubject().getReference()).startsWith("Device/");
    assertThat(report.getPeriod().getStart()).isBefore(report.getPeriod().getEnd());
    OperationOutcome said =
        (OperationOutcome) client().validate().resource(report).execute().getOperationOutcome();
    assertThat(said.getIssue())
        .filteredOn(
            issue ->
                issue.getSeverity() == IssueSeverity.ERROR
                    || issue.getSeverity() == IssueSeverity.FATAL)
        .isEmpty();
  }

  @Test
  void nothingIsWrittenTwiceAndALateLabelChangesItsWindowsAlone() {
    for (int i = 200; i < 220; i++) {
      add(i, "p" + i, FEBRUARY.plusSeconds(i), i / 300.0, null, null, "north");
    }
    run();
    assertThat(run()).isZero();
    long january = month(JANUARY).getIdElement().getVersionIdPartAsLong();
    MeasureReport february = month(FEBRUARY);
    long quarter = quarter(FEBRUARY).getIdElement().getVersionIdPartAsLong();
    assertThat(counts(february)).isEqualTo(Map.of("pending", 20));
    assertThat(group(february, "auroc").hasMeasureScore()).isFalse();

    jdbc.update(
        "update outcome_case set stands = 'event|', sequence = 1 where label_id = ?", ID + 200);
    assertThat(run()).isEqualTo(4);
    assertThat(month(JANUARY).getIdElement().getVersionIdPartAsLong()).isEqualTo(january);
    assertThat(month(FEBRUARY).getIdElement().getVersionIdPartAsLong())
        .isEqualTo(february.getIdElement().getVersionIdPartAsLong() + 1);
    assertThat(quarter(FEBRUARY).getIdElement().getVersionIdPartAsLong()).isEqualTo(quarter + 1);
    assertThat(counts(month(FEBRUARY))).isEqualTo(Map.of("event", 1, "pending", 19));
  }

  /** Safety: 30. The first eligible prediction of a patient and an episode counts. */
  @Test
  void theFirstEligibleOfAnEpisodeCounts() {
    add(300, "a", FEBRUARY, 0.1, "excluded|", "stay", "north");
    add(301, "a", FEBRUARY.plusSeconds(1), 0.2, "event|", "stay", "north");
    add(302, "a", FEBRUARY.plusSeconds(2), 0.3, "event|", "stay", "north");
    add(303, "a", FEBRUARY.plusSeconds(3), 0.4, "event|", "other", "north");
    add(304, "b", FEBRUARY, 0.5, "no-event|", null, "north");
    add(305, "b", FEBRUARY.plusSeconds(1), 0.6, "no-event|", null, "north");
    // It was the first of its episode, in January.
    add(306, "c", JANUARY, 0.7, "event|", "long", "north");
    add(307, "c", FEBRUARY, 0.8, "event|", "long", "north");
    // These came first in January, and take nobody's place: one about which is not asked, one of
    // another patient, one outside of any stay.
    add(308, "d", JANUARY, 0.7, "excluded|", "asked later", "north");
    add(309, "d", FEBRUARY, 0.8, "event|", "asked later", "north");
    add(310, "e", FEBRUARY, 0.8, "event|", "long", "north");
    add(311, "f", JANUARY, 0.7, "no-event|", null, "north");
    add(312, "f", FEBRUARY, 0.8, "no-event|", null, "north");
    run();
    assertThat(counts(month(FEBRUARY)))
        .isEqualTo(Map.of("event", 4, "no-event", 2, "excluded", 1, "repeated", 3));
  }

  @Test
  void anyStretchOfTimeCanBeAsked() {
    run();
    MeasureReport stored = month(JANUARY);
    Parameters asked = new Parameters();
    asked.addParameter("model", new StringType(MODEL));
    asked.addParameter("output", new StringType(series.output()));
    asked.addParameter("start", new StringType("2019-01-05T00:00:00Z"));
    asked.addParameter("end", new StringType("2019-01-20T00:00:00Z"));
    MeasureReport report = (MeasureReport) monitor(asked).getEntryFirstRep().getResource();
    assertThat(report.getGroup()).hasSameSizeAs(stored.getGroup());
    for (int i = 0; i < stored.getGroup().size(); i++) {
      assertThat(report.getGroup().get(i).equalsDeep(stored.getGroup().get(i))).isTrue();
    }
    asked.addParameter("site", new StringType("north"));
    MeasureReport north = (MeasureReport) monitor(asked).getEntryFirstRep().getResource();
    assertThat(group(north, "auroc").getPopulationFirstRep().getCount()).isEqualTo(60);
  }

  /** A month is of one year, and says nothing of it. */
  @Test
  void severalYearsAreToldApart() {
    for (int i = 400; i < 460; i++) {
      String stands = i % 3 == 0 ? "event|" : "no-event|";
      add(i, "p" + i, Instant.parse("2018-12-31T23:00:00Z"), i / 500.0, stands, null, "north");
    }
    run();
    assertThat(ways(month(JANUARY))).containsExactly("site");
    MeasureReport quarter = quarter(JANUARY);
    assertThat(ways(quarter)).containsExactly("site", "year");
    assertThat(group(quarter, "auroc").getStratifier().get(1).getStratum())
        .extracting(
            stratum -> stratum.getValue().getText(),
            stratum -> stratum.getPopulationFirstRep().getCount())
        .containsExactly(tuple("2018", 60), tuple("2019", 120));
  }

  private static List<String> ways(MeasureReport report) {
    return group(report, "auroc").getStratifier().stream()
        .map(stratifier -> stratifier.getCodeFirstRep().getText())
        .toList();
  }

  /** Its absence cannot be known yet, so the event does not count yet. */
  @Test
  void whatIsLabelledWhileItsHorizonIsOpenCountsWhenThatCloses() {
    Instant closes = Instant.now().plusSeconds(3_600);
    for (int i = 500; i < 530; i++) {
      add(i, "p" + i, FEBRUARY.plusSeconds(i), i / 600.0, i < 515 ? "event|" : null, null, "north");
      jdbc.update(
          "update outcome_case set closes_at = ? where label_id = ?",
          closes.toEpochMilli(),
          ID + i);
    }
    run();
    MeasureReport open = month(FEBRUARY);
    assertThat(counts(open)).isEqualTo(Map.of("early", 15, "pending", 15));
    assertThat(group(open, "prevalence").getPopulationFirstRep().getCount()).isZero();
    assertThat(run()).isZero();

    // Nothing is written, and time goes by.
    assertThat(round.run(closes, () -> true)).isPositive();
    MeasureReport closed = month(FEBRUARY);
    assertThat(counts(closed)).isEqualTo(Map.of("event", 15, "pending", 15));
    assertThat(group(closed, "prevalence").getPopulationFirstRep().getCount()).isEqualTo(15);
  }

  @Test
  void whatCannotBeAskedIsToldAtOnce() {
    Parameters asked = new Parameters();
    asked.addParameter("model", new StringType(MODEL));
    asked.addParameter("output", new StringType("none"));
    asked.addParameter("start", new StringType("yesterday"));
    assertThatThrownBy(() -> monitor(asked))
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            e ->
                assertThat(((OperationOutcome) e.getOperationOutcome()).getIssue())
                    .extracting(issue -> issue.getDiagnostics().replaceAll("^[^:]*: ", ""))
                    .satisfiesExactly(
                        what -> assertThat(what).startsWith("output:"),
                        what -> assertThat(what).startsWith("start:")));
  }

  private Bundle monitor(Parameters asked) {
    return client()
        .operation()
        .onServer()
        .named("$monitor")
        .withParameters(asked)
        .returnResourceType(Bundle.class)
        .execute();
  }
}
