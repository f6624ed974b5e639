package org.auscult.server.use;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import javax.sql.DataSource;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.model.ModelCatalog;
import org.auscult.prediction.PredictionJournal;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.Database;
import org.auscult.server.hook.StoredUserRoles;
import org.auscult.server.performance.PerformanceSettings;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;
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
  CardLedger cardLedger(JdbcTemplate jdbc, Database database) {
    return new CardLedger(jdbc, database.vendor());
  }

  @Bean
  UseRound useRound(
      CardLedger ledger,
      PredictionJournal journal,
      HookEndpoint hooks,
      ModelCatalog models,
      StoredUserRoles users,
      ReportStore reports,
      ReportEvents events,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      AuscultSettings settings) {
    return new UseRound(
        new CardDescriptions(
            ledger,
            journal,
            hooks.suggestions(),
            models,
            users,
            new TransactionTemplate(transactions)),
        new UseRows(jdbc),
        reports,
        events,
        settings.zone());
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
