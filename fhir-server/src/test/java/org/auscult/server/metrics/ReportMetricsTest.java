package org.auscult.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.server.ServerTest;
import org.auscult.server.performance.PerformanceUrls;
import org.auscult.server.report.Figures;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.ReportUrls;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Reason;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.yaml.snakeyaml.Yaml;

/** What a scraper gets, and that our dashboards and alert rules ask for what is there. */
class ReportMetricsTest extends ServerTest {
  private static final String MODEL = "https://example.org/Library/watched|1.0.0";
  private static final Path FILES = Path.of("../docs/operations");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:auscult|http_server|hikaricp|jvm|process)_[a-z_]+");
  private static final Instant NOW = Instant.now();

  @Autowired private ReportStore store;
  @Autowired private ReportMetrics metrics;
  @Autowired private JdbcTemplate jdbc;

  private void report(String id, Duration age, String window, double auroc) {
    MeasureReport report = new MeasureReport();
    report.getMeta().addProfile(PerformanceUrls.REPORT);
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure(PerformanceUrls.MEASURE + "|1.0.0");
    report.setPeriod(
        Figures.period(NOW.minus(age).minus(Duration.ofDays(90)), NOW.minus(age).plusSeconds(60)));
    report.addExtension(PerformanceUrls.MODEL, new CanonicalType(MODEL));
    report.addExtension(PerformanceUrls.OUTPUT, new StringType("risk"));
    report.addExtension(ReportUrls.WINDOW, new CodeType(window));
    Figures.count(
        report.addGroup().setCode(Figures.code("predictions")),
        PerformanceUrls.STANDING_SYSTEM,
        "event",
        12);
    Figures.add(report, Definition.of("auroc", "area").known(100, auroc));
    Figures.add(
        report, Definition.of("brier", "squares").unknown(0, Reason.TOO_FEW, "there are none"));
    store.write(id, "test", () -> Optional.of(report));
  }

  @AfterEach
  void forget() {
    for (String id : List.of("metrics-now", "metrics-before", "metrics-month")) {
      if (store.has(id)) {
        client().delete().resourceById("MeasureReport", id).execute();
        jdbc.update("delete from monitoring_report where id = ?", id);
      }
    }
    metrics.refresh(NOW);
  }

  private String scraped() throws Exception {
    HttpResponse<String> answer = caller().send(caller().request("/actuator/prometheus"));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void theNewestReportIsTold() throws Exception {
    report("metrics-before", Duration.ofDays(10), "quarter", 0.6);
    report("metrics-now", Duration.ZERO, "quarter", 0.75);
    report("metrics-month", Duration.ZERO, "month", 0.8);
    metrics.refresh(NOW);

    List<String> told = scraped().lines().filter(line -> line.contains(MODEL)).toList();
    assertThat(told)
        .hasSize(2)
        .anyMatch(
            line ->
                line.startsWith("auscult_report_figure{")
                    && line.contains("what=\"auroc\"")
                    && line.contains("of=\"risk\"")
                    && line.contains("report=\"model-performance\"")
                    && line.endsWith(" 0.75"))
        .anyMatch(
            line ->
                line.startsWith("auscult_report_count{") && line.endsWith("what=\"event\"} 12.0"));
  }

  @Test
  void whatIsGoneIsNotToldAnyMore() throws Exception {
    report("metrics-now", Duration.ZERO, "quarter", 0.75);
    metrics.refresh(NOW);
    assertThat(scraped()).contains(MODEL);
    forget();
    assertThat(scraped()).doesNotContain(MODEL);
  }

  @Test
  void dashboardsAndRulesAskForMetricsThatAreThere() throws Exception {
    report("metrics-now", Duration.ZERO, "quarter", 0.75);
    metrics.refresh(NOW);
    caller().send(caller().request("/cds-services"));
    // Somebody who proves nothing.
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(rootUrl() + "/cds-services")).build(),
            HttpResponse.BodyHandlers.discarding());
    Set<String> there = new TreeSet<>();
    scraped()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> there.add(line.replaceAll("[{ ].*", "")));

    Set<String> asked = new TreeSet<>();
    for (String text : List.of(panels(), rules())) {
      Matcher name = NAME.matcher(text);
      while (name.find()) {
        asked.add(name.group());
      }
    }
    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(there).containsAll(asked);
  }

  private static String panels() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(FILES.resolve("grafana.json").toFile());
    assertThat(dashboard.path("title").asText()).isEqualTo("Auscult");
    StringBuilder asked = new StringBuilder();
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      assertThat(panel.path("title").asText()).isNotEmpty();
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
      }
      panel.path("targets").forEach(t -> asked.append(t.path("expr").asText()).append('\n'));
    }
    return asked.toString();
  }

  @SuppressWarnings("unchecked")
  private static String rules() throws Exception {
    Map<String, List<Map<String, Object>>> file =
        new Yaml().load(Files.readString(FILES.resolve("prometheus-rules.yml")));
    StringBuilder asked = new StringBuilder();
    for (Map<String, Object> group : file.getOrDefault("groups", List.of())) {
      for (Map<String, Object> rule :
          (List<Map<String, Object>>) group.getOrDefault("rules", List.of())) {
        assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
        assertThat((Map<String, Object>) rule.get("annotations"))
            .containsKeys("summary", "description");
        asked.append(rule.get("expr")).append('\n');
      }
    }
    return asked.toString();
  }
}
