package org.auscult.server.use;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.model.ModelCatalog;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.prediction.PredictionJournal;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.Database;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.hook.StoredUserRoles;
import org.auscult.server.performance.PerformanceSettings;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;
import org.auscult.server.timeline.TimelineHistories;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What clinicians do with cards. */
@Configuration(proxyBeanMethods = false)
public class UseConfiguration {
  @Bean
  OrderRows orderRows(JdbcTemplate jdbc) {
    return new OrderRows(jdbc);
  }

  @Bean
  CardLedger cardLedger(JdbcTemplate jdbc, Database database, OrderRows orders) {
    return new CardLedger(jdbc, database.vendor(), orders);
  }

  @Bean
  FhirInterceptors orderInterceptors(OrderRows orders) {
    return new FhirInterceptors(List.of(new OrderChanges(orders)));
  }

  @Bean
  FollowedOrders followedOrders(
      OrderRows orders,
      OrderRulesCatalog rules,
      DaoRegistry daos,
      FhirContext fhir,
      PlatformTransactionManager transactions,
      AuscultSettings settings) {
    return new FollowedOrders(
        orders,
        new StoredOrders(daos, fhir, settings.zone()),
        rules,
        new TransactionTemplate(transactions));
  }

  @Bean
  CardDescriptions cardDescriptions(
      CardLedger ledger,
      PredictionJournal journal,
      HookEndpoint hooks,
      ModelCatalog models,
      StoredUserRoles users,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions) {
    return new CardDescriptions(
        ledger,
        journal,
        hooks::offered,
        models,
        users,
        new TimelineHistories(jdbc),
        new TransactionTemplate(transactions));
  }

  @Bean
  UseRound useRound(
      CardDescriptions descriptions,
      FollowedOrders orders,
      ReportStore reports,
      ReportEvents events,
      JdbcTemplate jdbc,
      AuscultSettings settings) {
    return new UseRound(descriptions, orders, new UseRows(jdbc), reports, events, settings.zone());
  }

  @Bean
  FhirOperations useOperations(
      CardDescriptions descriptions,
      FollowedOrders orders,
      ReportEvents events,
      JdbcTemplate jdbc) {
    return new FhirOperations(
        List.of(
            new UseOperations(
                descriptions, orders, new UseRows(jdbc), events, InstantSource.system())));
  }

  @Bean
  SeriesReports useReports(JdbcTemplate jdbc, StoredReports stored, AuscultSettings settings) {
    return new UseReports(new UseRows(jdbc), stored, settings.zone());
  }

  @Bean
  StoredUse storedUse(DaoRegistry daos) {
    return new StoredUse(daos.getResourceDao(MeasureReport.class));
  }

  @Bean(destroyMethod = "close")
  LeasedLoop useLoop(DataSource dataSource, UseRound round, PerformanceSettings settings) {
    return LeasedLoop.beginRounds(dataSource, "use", settings.interval(), round::run);
  }
}
