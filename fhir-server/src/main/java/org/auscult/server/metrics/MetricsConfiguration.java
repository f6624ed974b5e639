package org.auscult.server.metrics;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.auscult.server.background.NodeLoop;
import org.auscult.server.performance.PerformanceSettings;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics of what reports say. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {
  private static final Duration SELDOMEST = Duration.ofMinutes(5);

  @Bean
  ReportMetrics reportMetrics(DaoRegistry daos, MeterRegistry metrics) {
    return new ReportMetrics(daos.getResourceDao(MeasureReport.class), metrics);
  }

  /** On every node, as often as reports may change, and every five minutes at least. */
  @Bean
  NodeLoop metricsLoop(ReportMetrics metrics, PerformanceSettings settings) {
    Duration interval =
        settings.interval().compareTo(SELDOMEST) > 0 ? SELDOMEST : settings.interval();
    return new NodeLoop(
        "report-metrics", interval, goesOn -> metrics.refresh(InstantSource.system().instant()));
  }
}
