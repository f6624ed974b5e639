package org.auscult.server.retraining;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.model.ModelCatalog;
import org.auscult.server.alert.OpenIssues;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.life.PlanInterceptor;
import org.auscult.server.report.ReportEvents;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Task;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** When models are to be trained again. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetrainingSettings.class)
public class RetrainingConfiguration {
  @Bean
  RetrainingRows retrainingRows(JdbcTemplate jdbc) {
    return new RetrainingRows(jdbc);
  }

  @Bean
  RetrainingRound retrainingRound(
      DaoRegistry daos,
      OpenIssues issues,
      ReportEvents events,
      RetrainingRows rows,
      PlatformTransactionManager transactions,
      AuscultSettings settings) {
    return new RetrainingRound(
        daos.getResourceDao(PlanDefinition.class),
        issues,
        events,
        rows,
        new RetrainingTasks(daos.getResourceDao(Task.class)),
        new TransactionTemplate(transactions),
        settings.zone());
  }

  @Bean
  FhirInterceptors retrainingInterceptors(StoredDefinitions stored, ModelCatalog models) {
    return new FhirInterceptors(
        List.of(
            new PlanInterceptor(
                RetrainingPlans::isOne, plan -> RetrainingPlans.problems(plan, models), stored)));
  }

  @Bean(destroyMethod = "close")
  LeasedLoop retrainingLoop(
      DataSource dataSource, RetrainingRound round, RetrainingSettings settings) {
    return LeasedLoop.beginRounds(dataSource, "retraining", settings.interval(), round::run);
  }
}
