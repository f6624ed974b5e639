package org.auscult.server.metrics;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.UriParam;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.auscult.server.drift.DriftUrls;
import org.auscult.server.metrics.ReportFigures.Row;
import org.auscult.server.performance.PerformanceUrls;
import org.auscult.server.use.UseUrls;
import org.hl7.fhir.r4.model.MeasureReport;

/**
 * The figures and counts of the newest reports, for whoever scrapes this node: of performance and
 * use the three months that end with this one, of drift the last week that is over. No label of it
 * is a patient's, and there are as many series as models, outputs and features.
 *
 * <p>Threads: one refreshes, any may read.
 */
final class ReportMetrics {
  private static final Duration BACK = Duration.ofDays(20);
  private static final Set<String> WINDOWS = Set.of("quarter", "week");

  private final IFhirResourceDao<MeasureReport> reports;
  private final MultiGauge figures;
  private final MultiGauge counts;

  ReportMetrics(IFhirResourceDao<MeasureReport> reports, MeterRegistry metrics) {
    this.reports = reports;
    this.figures =
        MultiGauge.builder("auscult.report.figure")
            .description("Figures of the newest reports of models and deployments")
            .register(metrics);
    this.counts =
        MultiGauge.builder("auscult.report.count")
            .description("Predictions and cards that the newest reports count")
            .register(metrics);
  }

  /** Tells the reports as they stand. */
  void refresh(Instant now) {
    List<MeasureReport> newest = newest(now);
    figures.register(rows(newest, ReportFigures::figures), true);
    counts.register(rows(newest, ReportFigures::counts), true);
  }

  private static List<MultiGauge.Row<?>> rows(
      List<MeasureReport> reports, Function<MeasureReport, List<Row>> of) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (MeasureReport report : reports) {
      for (Row row : of.apply(report)) {
        Tags tags =
            Tags.of(
                "report", row.report(), "about", row.about(), "of", row.of(), "what", row.what());
        rows.add(MultiGauge.Row.of(tags, row.value()));
      }
    }
    return rows;
  }

  /** One of each kind and of what it is about. */
  private List<MeasureReport> newest(Instant now) {
    Map<String, MeasureReport> newest = new TreeMap<>();
    for (String profile : List.of(PerformanceUrls.REPORT, UseUrls.REPORT, DriftUrls.REPORT)) {
      SearchParameterMap search = SearchParameterMap.newSynchronous();
      search.add("_profile", new UriParam(profile));
      search.add("period", new DateRangeParam(Date.from(now.minus(BACK)), Date.from(now)));
      reports.search(search, new SystemRequestDetails()).getAllResources().stream()
          .map(MeasureReport.class::cast)
          .filter(report -> WINDOWS.contains(ReportFigures.window(report)))
          .filter(ReportFigures::isTold)
          .forEach(
              report ->
                  newest.merge(
                      String.join(
                          "\n",
                          ReportFigures.name(report),
                          ReportFigures.about(report),
                          ReportFigures.output(report)),
                      report,
                      ReportMetrics::later));
    }
    return List.copyOf(newest.values());
  }

  /** The windows of one kind overlap; the one that ends last holds the present. */
  private static MeasureReport later(MeasureReport one, MeasureReport other) {
    Comparator<MeasureReport> end = Comparator.comparing(report -> report.getPeriod().getEnd());
    return end.compare(one, other) >= 0 ? one : other;
  }
}
