package org.auscult.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.model.ModelCatalog;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.page.Sheet;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.auscult.monitoring.plot.Digits;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.performance.ModelWindows;
import org.auscult.server.report.FigureReader;
import org.auscult.server.report.Series;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Pages of months long before anything else that is predicted here. */
class ModelReportTest extends ServerTest {
  private static final String MODEL =
      "https://auscult.org/fhir/Library/kfre-4var-north-america|1.0.0";
  private static final String ID = "model-report-test-";
  private static final int PATIENTS = 300;

  @Autowired private JdbcTemplate jdbc;
  @Autowired private ModelCatalog models;
  @Autowired private ModelWindows windows;
  @Autowired private KeyRing keys;

  private String output = "";

  @BeforeEach
  void predict() {
    forget();
    output = models.find(MODEL).orElseThrow().model().outputs().get(0).name();
    insert(rows());
  }

  @AfterEach
  void forget() {
    jdbc.update("delete from monitored_prediction where id like '" + ID + "%'");
    jdbc.update("delete from outcome_case where label_id like '" + ID + "%'");
    jdbc.update("delete from outcome_inbox where patient like '" + ID + "%'");
  }

  /** A prediction. */
  private record Row(int number, Instant at, double score, boolean event, String site) {}

  private static List<Row> rows() {
    Random random = new Random(17);
    List<Row> rows = new ArrayList<>();
    for (String month : List.of("2016-01", "2016-02")) {
      for (int i = 0; i < PATIENTS; i++) {
        double score = random.nextInt(1000) / 1000.0;
        rows.add(
            new Row(
                rows.size(),
                Instant.parse(month + "-10T12:00:00Z").plusSeconds(i),
                score,
                random.nextDouble() < score,
                i < 6 ? "tiny" : i % 2 == 0 ? "north" : "south"));
      }
    }
    return rows;
  }

  private void insert(List<Row> rows) {
    for (Row row : rows) {
      jdbc.update(
          "insert into monitored_prediction (id, model, output, patient, index_time, score,"
              + " described, episode, traits) values (?, ?, ?, ?, ?, ?, true, null, ?)",
          ID + row.number(),
          MODEL,
          output,
          ID + "p" + row.number(),
          row.at().toEpochMilli(),
          row.score(),
          "{\"site\":\"" + row.site() + "\"}");
      jdbc.update(
          "insert into outcome_case (label_id, prediction, output, outcome, patient, index_time,"
              + " stands, sequence) values (?, 'RiskAssessment/1', ?, ?, ?, ?, ?, 1)",
          ID + row.number(),
          output,
          // Of no outcome that is here: the server's own round labels none of them anew.
          "https://example.org/fhir/Library/outcome-of-pages|1",
          ID + "p" + row.number(),
          row.at().toEpochMilli(),
          row.event() ? "event|" : "no-event|");
    }
  }

  private HttpRequest.Builder request(String window, String more) {
    return caller()
        .request(
            "/fhir/$model-report?model="
                + URLEncoder.encode(MODEL, StandardCharsets.UTF_8)
                + "&output="
                + URLEncoder.encode(output, StandardCharsets.UTF_8)
                + "&window="
                + window
                + more);
  }

  private String page(String window, String more) throws Exception {
    HttpResponse<String> answer = caller().send(request(window, more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static final String STRETCH = "&start=2016-01-20T00:00:00Z&end=2016-02-20T12:00:00Z";

  /**
   * Any stretch of time, everybody's, a site's or a cohort's: what {@code $monitor} tells of it.
   */
  @Test
  void aStretchOfTimeIsWorkedOutAtOnce() throws Exception {
    String everybody = page("", STRETCH);
    assertThat(everybody)
        .contains("20 January 2016 to 20 February 2016", "everybody", "Calibration curve")
        .contains("worked out for this page, and not stored")
        .doesNotContain("Over time")
        .doesNotContain(ID);
    assertThat(everybody).contains(figure(null, "auroc"));
    String north = page("", STRETCH + "&site=north");
    assertThat(north)
        .contains("patients of the site north alone", figure("north", "auroc"))
        .doesNotContain("What is wrong");
    // Both months of the stretch hold the same site's whole month.
    assertThat(page("2016-02", "&site=north")).contains(figure("north", "auroc"));
    List<Row> rows = rows();
    Collections.shuffle(rows, new Random(6));
    forget();
    insert(rows);
    assertThat(page("", STRETCH)).isEqualTo(everybody);
    assertThat(page("", STRETCH + "&site=north")).isEqualTo(north);
  }

  @Test
  void aCohortHasAPageWithoutCurves() throws Exception {
    Group group = new Group();
    group.setType(Group.GroupType.PERSON).setActual(true);
    for (int i = PATIENTS; i < PATIENTS + 80; i++) {
      Patient patient = new Patient();
      patient.setId(ID + "p" + i);
      client().update().resource(patient).execute();
      group.addMember().setEntity(new Reference("Patient/" + ID + "p" + i));
    }
    String id = client().create().resource(group).execute().getId().toUnqualified().getValue();
    String page = page("2016-02", "&cohort=" + id.substring(0, id.indexOf("/_history")));
    assertThat(page)
        .contains("members of " + id + " alone", "Not told of a cohort")
        .contains("AUROC", "No group can be shown.")
        .doesNotContain("ROC curve");
  }

  /** As {@code $monitor} tells it, as a page writes it. */
  private String figure(@Nullable String site, String name) {
    Parameters asked = new Parameters();
    asked.addParameter("model", new StringType(MODEL));
    asked.addParameter("output", new StringType(output));
    asked.addParameter("start", new StringType("2016-01-20T00:00:00Z"));
    asked.addParameter("end", new StringType("2016-02-20T12:00:00Z"));
    if (site != null) {
      asked.addParameter("site", new StringType(site));
    }
    MeasureReport report =
        (MeasureReport)
            client()
                .operation()
                .onServer()
                .named("$monitor")
                .withParameters(asked)
                .returnResourceType(Bundle.class)
                .execute()
                .getEntryFirstRep()
                .getResource();
    double value =
        FigureReader.figures(report).stream()
            .filter(figure -> figure.name().equals(name) && figure.way() == null)
            .map(ReportedFigure::value)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return "<data value=\"" + Digits.exact(value) + "\">" + Digits.shown(value);
  }

  @Test
  void tellsWhatTheStoredReportTells() throws Exception {
    page("2016-01", "");
    String page = page("2016-02", "");

    Series series = new Series(MODEL, output);
    MeasureReport report =
        windows
            .told(series, Kind.MONTH, YearMonth.parse("2016-02"), Instant.now())
            .orElseThrow()
            .report();
    assertThat(page).contains(report.getIdElement().toUnqualified().getValue());
    int told = 0;
    for (ReportedFigure figure : FigureReader.figures(report)) {
      Double value = figure.value();
      if (value != null && figure.way() == null) {
        assertThat(page)
            .as(figure.name())
            .contains("<data value=\"" + Digits.exact(value) + "\">" + Digits.shown(value));
        told++;
      }
    }
    assertThat(told).isGreaterThan(15);
    assertThat(page)
        .contains("Calibration curve")
        .contains("ROC curve")
        .contains("2016-01")
        .contains("north")
        .doesNotContain("tiny")
        .doesNotContain(ID);
  }

  @Test
  void theSameDataGiveTheSameBytes() throws Exception {
    List<String> asked = List.of("", "&kind=quarter", "&summary=true");
    List<String> first = new ArrayList<>();
    for (String more : asked) {
      first.add(page("2016-02", more));
    }
    List<Row> rows = rows();
    Collections.shuffle(rows, new Random(5));
    forget();
    insert(rows);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(page("2016-02", asked.get(i))).isEqualTo(first.get(i));
    }
    jdbc.update(
        "update outcome_case set sequence = 2, stands = 'event|' where label_id in (select id from"
            + " monitored_prediction where id like '"
            + ID
            + "3%')");
    assertThat(page("2016-02", "")).isNotEqualTo(first.get(0));
  }

  @Test
  void aPageMayUseItsOwnStyleAndNothingElse() throws Exception {
    HttpResponse<String> answer = caller().send(request("2016-02", "&summary=true"));
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly(
            "default-src 'none'; style-src " + Sheet.styleHash() + "; frame-ancestors 'none'");
    Matcher address = Pattern.compile("https?://[^<\" |]+").matcher(answer.body());
    while (address.find()) {
      assertThat(address.group()).startsWith("http://www.w3.org/1999/xhtml");
    }
  }

  /** Whoever may ask {@code $monitor} may ask for pages, and nobody else. */
  @Test
  void isForInformaticistsAndSafetyOfficers() throws Exception {
    for (String role : List.of("informaticist", "safety-officer")) {
      assertThat(status(role)).as(role).isEqualTo(200);
    }
    for (String role :
        List.of("clinician", "approver", "model-author", "reviewer", "auditor", "administrator")) {
      assertThat(status(role)).as(role).isEqualTo(403);
    }
    assertThat(
            caller()
                .send(request("2016-02", "").header("Authorization", "Bearer none"))
                .statusCode())
        .isEqualTo(401);
  }

  private int status(String role) throws Exception {
    String token = TokenHolder.ofUser(rootUrl(), keys, role);
    return caller()
        .send(request("2016-02", "").header("Authorization", "Bearer " + token))
        .statusCode();
  }

  @Test
  void whatCannotBeToldIsSaidWithARemedy() throws Exception {
    assertThat(problems(request("2015-06", "")))
        .singleElement()
        .asString()
        .contains("no prediction in the window that ends with 2015-06")
        .contains("It was first asked in 2016-01");
    assertThat(problems(request("May", "&kind=week&summary=yes")))
        .satisfiesExactly(
            p -> assertThat(p).contains("kind: 'week'").contains("month or quarter"),
            p -> assertThat(p).contains("summary: 'yes'"),
            p -> assertThat(p).contains("window: 'May' is no month").contains("2024-03"));
    assertThat(
            problems(request("2016-02", "&start=2016-02-01&summary=true&cohort=Group/no&site=s")))
        .satisfiesExactly(
            p -> assertThat(p).contains("summary: there is one of a window's own report alone"),
            p -> assertThat(p).contains("window: it is given together with a start"),
            p -> assertThat(p).contains("start: '2016-02-01' is no time"),
            p -> assertThat(p).contains("end: it is missing"),
            p -> assertThat(p).contains("cohort: Group/no is not here"),
            p -> assertThat(p).contains("cohort: it is given together with a site"));
    assertThat(problems(request("", "&start=2015-01-01T00:00:00Z&end=2015-02-01T00:00:00Z")))
        .singleElement()
        .asString()
        .contains("start: the model made no prediction in this stretch of time");
    assertThat(
            problems(caller().request("/fhir/$model-report?model=https://none%7C1&window=2016-02")))
        .singleElement()
        .asString()
        .contains("has made no prediction here");
  }

  private List<String> problems(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = caller().send(request.header("Accept", "application/fhir+json"));
    assertThat(answer.statusCode()).isEqualTo(422);
    return fhirContext
        .newJsonParser()
        .parseResource(OperationOutcome.class, answer.body())
        .getIssue()
        .stream()
        .map(issue -> issue.getDiagnostics())
        .toList();
  }
}
