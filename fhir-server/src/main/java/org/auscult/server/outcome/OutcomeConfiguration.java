package org.auscult.server.outcome;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.server.background.NodeLoop;
import org.auscult.server.config.Database;
import org.auscult.timeline.TimelineReader;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outcome loop. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutcomeSettings.class)
public class OutcomeConfiguration {
  @Bean
  OutcomeInbox outcomeInbox(JdbcTemplate jdbc) {
    return new OutcomeInbox(jdbc);
  }

  @Bean
  OutcomeCases outcomeCases(JdbcTemplate jdbc, Database database, OutcomeInbox inbox) {
    return new OutcomeCases(jdbc, database.vendor(), inbox);
  }

  @Bean
  OutcomeRound outcomeRound(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      OutcomeCases cases,
      OutcomeCatalog catalog,
      OutcomeLabeller labeller,
      TimelineReader reader,
      DaoRegistry daos,
      ProtectedCodes codes,
      MeterRegistry metrics) {
    OutcomeRound round =
        new OutcomeRound(
            jdbc,
            new TransactionTemplate(transactions),
            cases,
            catalog,
            labeller,
            reader,
            new FhirLabelWriter(daos, codes),
            InstantSource.system());
    Gauge.builder("auscult.outcomes.backlog", round, OutcomeRound::backlog)
        .description("Writes whose consequences for labels have not been looked at")
        .register(metrics);
    return round;
  }

  @Bean
  NodeLoop outcomeLoop(OutcomeRound round, OutcomeSettings settings) {
    return new NodeLoop("outcomes", settings.interval(), round::runAll);
  }
}
