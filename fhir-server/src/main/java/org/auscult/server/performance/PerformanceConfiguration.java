package org.auscult.server.performance;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.model.ModelCatalog;
import org.auscult.prediction.PredictionJournal;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.Database;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;
import org.auscult.server.timeline.InputDevices;
import org.auscult.server.timeline.TimelineHistories;
import org.auscult.server.training.AskedCohorts;
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
      MonitoredPredictions predictions,
      PredictionJournal journal,
      JdbcTemplate jdbc,
      AuscultSettings settings) {
    return new Descriptions(
        predictions,
        new TimelineHistories(jdbc),
        new PredictionInputs(journal, new InputDevices(jdbc)),
        settings.zone());
  }

  @Bean
  PredictionRows predictionRows(DataSource database, AuscultSettings settings) {
    return new PredictionRows(database, settings.zone());
  }

  @Bean
  Performance performance(PredictionRows rows, ModelCatalog models, DeploymentCatalog deployments) {
    return new Performance(rows, models, deployments);
  }

  @Bean
  OnDemand onDemand(Descriptions descriptions, Performance performance) {
    return new OnDemand(descriptions, performance);
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
      OnDemand demand,
      StoredReports stored,
      ModelCatalog models,
      DaoRegistry daos,
      AuscultSettings settings) {
    return new ModelWindows(
        performance,
        round,
        demand,
        new PerformanceReports(performance, stored, settings.zone()),
        models,
        daos.getResourceDao(MeasureReport.class),
        settings.zone());
  }

  @Bean
  FhirOperations performanceOperations(
      OnDemand demand, Performance performance, ReportEvents events, AskedCohorts cohorts) {
    return new FhirOperations(
        List.of(
            new PerformanceOperations(
                demand, performance, events, cohorts, InstantSource.system())));
  }

  @Bean(destroyMethod = "close")
  LeasedLoop performanceLoop(
      DataSource dataSource, PerformanceRound round, PerformanceSettings settings) {
    return LeasedLoop.beginRounds(dataSource, "performance", settings.interval(), round::run);
  }
}
