package org.auscult.server.drift;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.feature.FeatureCatalog;
import org.auscult.model.ModelCatalog;
import org.auscult.monitoring.cause.CauseFinder;
import org.auscult.monitoring.drift.DriftCalendar;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.performance.PredictionRows;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether models are given what they were given. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DriftSettings.class)
public class DriftConfiguration {
  @Bean
  DriftStore driftStore(JdbcTemplate jdbc) {
    return new DriftStore(jdbc);
  }

  @Bean
  ServedJournal servedJournal(JdbcTemplate jdbc, AuscultSettings settings) {
    return new ServedJournal(jdbc, settings.zone());
  }

  @Bean
  DriftLabels driftLabels(PredictionRows rows) {
    return new DriftLabels(rows, InstantSource.system());
  }

  @Bean
  Drift drift(
      FeatureCatalog features, JdbcTemplate jdbc, DriftLabels labels, AuscultSettings settings) {
    return new Drift(
        new ModelSources(features),
        new LookedRows(jdbc),
        new CauseFinder(CodeUnits.standard(), settings.zone()),
        labels);
  }

  @Bean
  DriftReferences driftReferences(
      DriftStore store,
      ServedJournal journal,
      Drift drift,
      DaoRegistry daos,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      AuscultSettings settings,
      DriftSettings of) {
    return new DriftReferences(
        store,
        journal,
        drift,
        daos.getResourceDao(MeasureReport.class),
        jdbc,
        new TransactionTemplate(transactions),
        new DriftCalendar(of.referenceWeeks(), settings.zone()));
  }

  @Bean
  DriftRound driftRound(
      PredictionRows predictions,
      ModelCatalog models,
      DriftReferences references,
      ServedJournal journal,
      Drift drift,
      DriftLabels labels,
      ReportStore store,
      ReportEvents events,
      DaoRegistry daos,
      AuscultSettings settings) {
    return new DriftRound(
        predictions,
        models,
        references,
        journal,
        drift,
        labels,
        store,
        events,
        daos.getResourceDao(MeasureReport.class),
        settings.zone());
  }

  @Bean
  SeriesReports driftReports(
      PredictionRows predictions,
      DriftStore references,
      StoredReports stored,
      AuscultSettings settings) {
    return new DriftReports(predictions, references, stored, settings.zone());
  }

  @Bean
  StoredDrift storedDrift(StoredReports stored, AuscultSettings settings) {
    return new StoredDrift(stored, settings.zone());
  }

  @Bean
  FhirOperations driftOperations(
      ModelCatalog models,
      DriftReferences references,
      ServedJournal journal,
      Drift drift,
      ReportEvents events) {
    return new FhirOperations(
        List.of(
            new DriftOperations(
                models, references, journal, drift, events, InstantSource.system())));
  }

  @Bean(destroyMethod = "close")
  LeasedLoop driftLoop(DataSource dataSource, DriftRound round, DriftSettings settings) {
    return LeasedLoop.beginRounds(dataSource, "drift", settings.interval(), round::run);
  }
}
