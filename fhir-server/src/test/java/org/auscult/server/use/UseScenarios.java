package org.auscult.server.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.report.Series;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Calls of a deployment long before anything else that is asked here. */
final class UseScenarios {
  private static final String DEPLOYMENT = "https://example.org/PlanDefinition/used|1.0.0";
  private static final Instant JANUARY = Instant.parse("2019-01-10T12:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2019-02-10T12:00:00Z");
  private static final String ID = "use-test-";

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final UseRound round;
  private final ZoneId zone;

  UseScenarios(IGenericClient client, JdbcTemplate jdbc, UseRound round, ZoneId zone) {
    this.client = client;
    this.jdbc = jdbc;
    this.round = round;
    this.zone = zone;
  }

  void forget() {
    for (String table :
        new String[] {
          "deployment_call",
          "decided_card",
          "card_answer",
          "ordering_call",
          "asked_order",
          "card_order"
        }) {
      jdbc.update("delete from " + table + " where journal_id like '" + ID + "%'");
    }
    jdbc.update("delete from outcome_case where label_id like '" + ID + "%'");
  }

  private void call(int number, Instant at, String role) {
    jdbc.update(
        "insert into deployment_call (journal_id, deployment, asked_at, patient, user_name, traits)"
            + " values (?, ?, ?, ?, ?, ?)",
        ID + number,
        DEPLOYMENT,
        at.toEpochMilli(),
        "/p" + number,
        "/Practitioner/" + number % 10,
        "{\"role\":\"" + role + "\"}");
  }

  private void card(int number, @Nullable String withheld, @Nullable String stands) {
    String label = stands == null ? null : ID + number + ".label";
    jdbc.update(
        "insert into decided_card (card, journal_id, deployment, label_id, withheld, suggests,"
            + " warns) values (?, ?, ?, ?, ?, true, true)",
        ID + "c" + number,
        ID + number,
        DEPLOYMENT,
        label,
        withheld);
    if (label != null) {
      jdbc.update(
          "insert into outcome_case (label_id, prediction, output, outcome, patient, index_time,"
              + " stands, sequence) values (?, 'RiskAssessment/1', 'risk', 'o|1', 'p', ?, ?, 1)",
          label,
          JANUARY.toEpochMilli(),
          stands);
    }
  }

  private void answer(int number, String id, String outcome, @Nullable String reason, long at) {
    jdbc.update(
        "insert into card_answer (id, card, journal_id, outcome, reason, answered_at) values (?, ?,"
            + " ?, ?, ?, ?)",
        ID + id,
        ID + "c" + number,
        ID + number,
        outcome,
        reason,
        at);
  }

  /** A draft that the card proposed to take back. */
  private void draft(int number, String fate) {
    jdbc.update(
        "insert into ordering_call (journal_id, patient, asked_at, ids_ours, seen_epoch) values (?,"
            + " ?, 0, true, 0)",
        ID + number,
        ID + "nobody");
    jdbc.update(
        "insert into asked_order (journal_id, number, proposed, wanted, fate) values (?, 0, false,"
            + " '{}', ?)",
        ID + number,
        fate);
    jdbc.update(
        "insert into card_order (card, number, journal_id, proposal) values (?, 0, ?, 'removal')",
        ID + "c" + number,
        ID + number);
  }

  /** 60 calls in January: 48 with a card, of which 12 are withheld; of the shown a third each. */
  private void january() {
    for (int i = 0; i < 60; i++) {
      call(i, JANUARY.plusSeconds(i), i % 2 == 0 ? "nurse" : "doctor");
      if (i < 48) {
        card(i, i < 12 ? "below-threshold" : null, i % 4 == 0 ? "event|" : "no-event|");
      }
      if (i < 48) {
        draft(i, i < 36 ? "not-ordered" : "unchanged");
      }
      if (i >= 12 && i < 24) {
        answer(i, "a" + i, "ACCEPTED", null, 1);
      } else if (i >= 24 && i < 36) {
        answer(i, "a" + i, "OVERRIDDEN", i < 26 ? null : "s|known", 1);
      }
    }
  }

  private MeasureReport report(Instant in) {
    ReportWindow window =
        ReportWindow.endingWith(ReportWindow.Kind.MONTH, in.atZone(zone).toLocalDate(), zone);
    return client
        .read()
        .resource(MeasureReport.class)
        .withId(UseResources.id(DEPLOYMENT, window))
        .execute();
  }

  private int run() {
    return round.run(Instant.now(), () -> true);
  }

  private static MeasureReportGroupComponent group(MeasureReport report, String figure) {
    return report.getGroup().stream()
        .filter(group -> group.getCode().getCodingFirstRep().getCode().equals(figure))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Integer> counts(MeasureReport report, String group) {
    Map<String, Integer> counts = new TreeMap<>();
    group(report, group)
        .getPopulation()
        .forEach(
            p ->
                counts.put(
                    p.getCode().hasText()
                        ? p.getCode().getText()
                        : p.getCode().getCodingFirstRep().getCode(),
                    p.getCount()));
    return counts;
  }

  private static double value(MeasureReport report, String figure) {
    return group(report, figure).getMeasureScore().getValue().doubleValue();
  }

  void aWindowTellsOfItsCalls() {
    january();
    run();

    MeasureReport report = report(JANUARY);
    assertThat(counts(report, "cards"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("calls", 60),
                Map.entry("shown", 36),
                Map.entry("with-suggestions", 36),
                Map.entry("accepted", 12),
                Map.entry("overridden", 12),
                Map.entry("no-response-received", 12),
                Map.entry("users", 10),
                Map.entry("below-threshold", 12),
                Map.entry("orders-as-proposed", 24),
                Map.entry("orders-unchanged", 12),
                Map.entry("overridden-done", 12)));
    assertThat(counts(report, "override-reasons")).isEqualTo(Map.of("none", 2, "s|known", 10));
    assertThat(value(report, "calls-with-cards")).isEqualTo(0.6);
    assertThat(value(report, "acceptance-rate")).isEqualTo(1 / 3.0, offset(1e-12));
    assertThat(value(report, "agreement-rate")).isEqualTo(0.5);
    assertThat(value(report, "replacement-rate")).isEqualTo(2 / 3.0, offset(1e-12));
    assertThat(value(report, "order-changed-rate")).isEqualTo(2 / 3.0, offset(1e-12));
    assertThat(value(report, "acted-otherwise-rate")).isEqualTo(0.5);
    assertThat(group(report, "enhancement-rate").hasMeasureScore()).isFalse();
    assertThat(group(report, "calls-with-cards").getStratifierFirstRep().getStratum())
        .extracting((StratifierGroupComponent stratum) -> stratum.getValue().getText())
        .containsExactly("doctor", "nurse");
    // Nine events among the shown: too few to tell whose warnings came true.
    assertThat(group(report, "reliance").hasMeasureScore()).isFalse();
    OperationOutcome said =
        (OperationOutcome) client.validate().resource(report).execute().getOperationOutcome();
    assertThat(said.getIssue())
        .filteredOn(
            issue ->
                issue.getSeverity() == IssueSeverity.ERROR
                    || issue.getSeverity() == IssueSeverity.FATAL)
        .isEmpty();
  }

  /** As alert rules see it: a deployment in the place of a model. */
  void aDeploymentIsASeriesOfWindows(StoredReports stored) {
    january();
    run();
    SeriesReports reports = new UseReports(new UseRows(jdbc), stored, zone);
    Series series = new Series(DEPLOYMENT, "");
    assertThat(reports.kind()).isEqualTo(FindingKind.USE);
    assertThat(reports.series()).contains(series);
    WindowReport month =
        reports.of(series, Instant.now()).stream()
            .filter(report -> report.window().kind() == ReportWindow.Kind.MONTH)
            .findFirst()
            .orElseThrow();
    assertThat(month.reference()).startsWith("MeasureReport/use-").endsWith("/_history/1");
    assertThat(month.figures())
        .filteredOn(figure -> figure.name().equals("override-rate") && figure.way() == null)
        .singleElement()
        .satisfies(
            figure -> {
              assertThat(figure.value()).isEqualTo(1 / 3.0, offset(1e-12));
              assertThat(figure.n()).isEqualTo(36);
            });
    assertThat(reports.of(new Series("nobody|1", ""), Instant.now())).isEmpty();
  }

  /** As pages tell it. */
  void aReportIsToldOnPages(StoredUse stored) {
    january();
    run();
    ReportWindow window =
        ReportWindow.endingWith(ReportWindow.Kind.MONTH, JANUARY.atZone(zone).toLocalDate(), zone);
    StoredUse.Told told = stored.of(DEPLOYMENT, window).orElseThrow();
    assertThat(told.source()).isEqualTo(report(JANUARY).getIdElement().toUnqualified().getValue());
    assertThat(told.use().counts())
        .containsEntry("shown", 36L)
        .containsEntry("withheld: below-threshold", 12L)
        .containsEntry("overridden, reason s|known", 10L);
    assertThat(told.use().figures())
        .allSatisfy(figure -> assertThat(figure.way()).isNull())
        .anySatisfy(
            figure -> {
              assertThat(figure.name()).isEqualTo("calls-with-cards");
              assertThat(figure.value()).isEqualTo(0.6);
            })
        .anySatisfy(
            figure -> {
              assertThat(figure.name()).isEqualTo("reliance");
              assertThat(figure.unknown()).isNotBlank();
            });
    assertThat(stored.of(DEPLOYMENT + "0", window)).isEmpty();
  }

  private MeasureReport asked(String deployment, @Nullable String start, String end) {
    Parameters asked = new Parameters();
    asked.addParameter("deployment", deployment);
    if (start != null) {
      asked.addParameter("start", start);
    }
    asked.addParameter("end", end);
    return client
        .operation()
        .onServer()
        .named("$card-use")
        .withParameters(asked)
        .returnResourceType(MeasureReport.class)
        .execute();
  }

  /** At once, and of these calls alone. */
  void anyStretchOfTimeIsTold() {
    january();
    MeasureReport report =
        asked(DEPLOYMENT, "2019-01-10T12:00:00Z", JANUARY.plusSeconds(48).toString());
    assertThat(counts(report, "cards")).containsEntry("calls", 48).containsEntry("shown", 36);
    assertThat(value(report, "replacement-rate")).isEqualTo(2 / 3.0, offset(1e-12));
    assertThat(report.getExtension())
        .extracting(Extension::getUrl)
        .containsExactly(UseUrls.DEPLOYMENT);
    OperationOutcome said =
        (OperationOutcome) client.validate().resource(report).execute().getOperationOutcome();
    assertThat(said.getIssue())
        .noneMatch(issue -> issue.getSeverity().compareTo(IssueSeverity.ERROR) <= 0);
    assertThatThrownBy(() -> asked(DEPLOYMENT + "0", null, "yesterday"))
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            e ->
                assertThat(((OperationOutcome) e.getOperationOutcome()).getIssue())
                    .extracting(issue -> issue.getDiagnostics().replaceAll("^[^:]*: ", ""))
                    .satisfiesExactly(
                        what -> assertThat(what).startsWith("deployment:"),
                        what -> assertThat(what).startsWith("start:"),
                        what -> assertThat(what).startsWith("end:")));
  }

  void nothingIsWrittenTwiceAndTheLastAnswerCounts() {
    january();
    call(200, FEBRUARY, "nurse");
    card(200, null, null);
    run();
    assertThat(run()).isZero();
    long january = report(JANUARY).getIdElement().getVersionIdPartAsLong();
    assertThat(counts(report(FEBRUARY), "cards")).containsEntry("no-response-received", 1);

    answer(200, "late", "ACCEPTED", null, 20);
    answer(200, "early", "OVERRIDDEN", "s|known", 10);
    // February, and the three months that end with it and the two after it.
    assertThat(run()).isEqualTo(4);
    assertThat(counts(report(FEBRUARY), "cards"))
        .containsEntry("accepted", 1)
        .doesNotContainKeys("overridden", "no-response-received");
    draft(200, "open");
    jdbc.update("update ordering_call set changes = 1 where journal_id = ?", ID + 200);
    assertThat(run()).isEqualTo(4);
    assertThat(counts(report(FEBRUARY), "cards")).containsEntry("orders-open", 1);
    assertThat(report(JANUARY).getIdElement().getVersionIdPartAsLong()).isEqualTo(january);
  }
}
