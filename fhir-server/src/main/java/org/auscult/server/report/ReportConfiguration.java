package org.auscult.server.report;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Instant;
import java.util.Collection;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.timeline.PatientChanges;
import org.hl7.fhir.r4.model.EventDefinition;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where reports of monitoring stand. */
@Configuration(proxyBeanMethods = false)
public class ReportConfiguration {
  @Bean
  ReportStore reportStore(
      DaoRegistry daos, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new ReportStore(
        daos.getResourceDao(MeasureReport.class), jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  StoredReports storedReports(ReportStore store, DaoRegistry daos) {
    return new StoredReports(store, daos.getResourceDao(MeasureReport.class));
  }

  @Bean
  ReportEvents reportEvents(DaoRegistry daos, AuscultSettings settings) {
    return new ReportEvents(daos.getResourceDao(EventDefinition.class), settings.zone());
  }

  @Bean
  PatientChanges reportsOfErasedRecords(JdbcTemplate jdbc) {
    return new PatientChanges() {
      @Override
      public void changed(Collection<String> patients, Instant knownAt) {}

      @Override
      public void erased() {
        jdbc.update("delete from monitoring_report");
      }
    };
  }
}
