package org.auscult.server.adjudication;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** People who look at labels. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdjudicationSettings.class)
public class AdjudicationConfiguration {
  @Bean
  AdjudicationRows adjudicationRows(JdbcTemplate jdbc) {
    return new AdjudicationRows(jdbc);
  }

  @Bean
  AdjudicationPlans adjudicationPlans(AuscultSettings settings) {
    return new AdjudicationPlans(settings.zone());
  }

  @Bean
  StoredPlans storedAdjudicationPlans(DaoRegistry daos, AdjudicationPlans reader) {
    return new StoredPlans(daos, reader);
  }

  @Bean
  Adjudications adjudications(
      AdjudicationRows rows,
      StoredPlans plans,
      OutcomeCatalog outcomes,
      ProtectedCodes codes,
      DaoRegistry daos) {
    return new Adjudications(rows, plans, outcomes, codes, daos);
  }

  @Bean
  FhirInterceptors adjudicationInterceptors(
      AdjudicationPlans reader,
      StoredPlans plans,
      OutcomeCatalog outcomes,
      AdjudicationRows rows,
      Adjudications adjudications) {
    return new FhirInterceptors(
        List.of(
            new AdjudicationPlanInterceptor(reader, plans, outcomes),
            new AnswersApart(rows),
            new AdjudicationAnswers(rows, adjudications, plans, InstantSource.system())));
  }

  @Bean
  AdjudicationRound adjudicationRound(
      StoredPlans plans,
      AdjudicationRows rows,
      Adjudications adjudications,
      PlatformTransactionManager transactions,
      ReportStore reports,
      ReportEvents events,
      AuscultSettings settings) {
    return new AdjudicationRound(
        plans,
        rows,
        adjudications,
        new TransactionTemplate(transactions),
        new AdjudicationRound.Reporting(reports, events, settings.zone()));
  }

  @Bean
  SeriesReports labelQualityReports(AdjudicationRows rows, StoredReports stored) {
    return new LabelQualityReports(rows, stored);
  }

  @Bean(destroyMethod = "close")
  LeasedLoop adjudicationLoop(
      DataSource dataSource, AdjudicationRound round, AdjudicationSettings settings) {
    return LeasedLoop.beginRounds(dataSource, "adjudication", settings.interval(), round::run);
  }
}
