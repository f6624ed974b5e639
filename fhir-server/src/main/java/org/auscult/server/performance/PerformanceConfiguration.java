package org.auscult.server.performance;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.model.ModelCatalog;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.Database;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;
import org.auscult.server.timeline.TimelineHistories;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** How well models do. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PerformanceSettings.class)
public class PerformanceConfiguration {
  @Bean
  MonitoredPredictions monitoredPredictions(JdbcTemplate jdbc, Database database) {
    return new MonitoredPredictions(jdbc, database.vendor());
  }

  @Bean
  Descriptions descriptions(
      MonitoredPredictions predictions, JdbcTemplate jdbc, AuscultSettings settings) {
    return new Descriptions(predictions, new TimelineHistories(jdbc), settings.zone());
  }

  @Bean
  PredictionRows predictionRows(JdbcTemplate jdbc) {
    return new PredictionRows(jdbc);
  }

  @Bean
  Performance performance(PredictionRows rows, ModelCatalog models, DeploymentCatalog deployments) {
    return new Performance(rows, models, deployments);
  }

  @Bean
  PerformanceRound performanceRound(
      Descriptions descriptions,
      Performance performance,
      ReportStore reports,
      ReportEvents events,
      AuscultSettings settings) {
    return new PerformanceRound(descriptions, performance, reports, events, settings.zone());
  }

  @Bean
  SeriesReports performanceReports(
      Performance performance, StoredReports stored, AuscultSettings settings) {
    return new PerformanceReports(performance, stored, settings.zone());
  }

  @Bean
  ModelWindows modelWindows(
      Performance performance,
      PerformanceRound round,
      StoredReports stored,
      ModelCatalog models,
      DaoRegistry daos,
      AuscultSettings settings) {
    return new ModelWindows(
        performance,
        round,
        new PerformanceReports(performance, stored, settings.zone()),
        models,
        daos.getResourceDao(MeasureReport.class),
        settings.zone());
  }

  @Bean
  FhirOperations performanceOperations(
      Descriptions descriptions, Performance performance, ReportEvents events) {
    return new FhirOperations(
        List.of(
            new PerformanceOperations(descriptions, performance, events, InstantSource.system())));
  }

  @Bean(destroyMethod = "close")
  LeasedLoop performanceLoop(
      DataSource dataSource, PerformanceRound round, PerformanceSettings settings) {
    return LeasedLoop.beginRounds(dataSource, "performance", settings.interval(), round::run);
  }
}
