package org.auscult.server.journal;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.svc.IIdHelperService;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.model.ModelCatalog;
import org.auscult.prediction.DisplayHistory;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.RestInterceptors;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.SharedEntityManagerCreator;

/** The prediction journal and its materialiser. */
@Configuration(proxyBeanMethods = false)
public class JournalConfiguration {
  private static final int BATCH = 50;

  @Bean
  Materialiser materialiser(
      DataSource dataSource,
      DaoRegistry daos,
      IHapiTransactionService transactions,
      IIdHelperService<JpaPid> ids,
      EntityManagerFactory record,
      ModelCatalog models,
      List<PredictionWatch> watches,
      CardWatch cards,
      AuscultSettings settings,
      MeterRegistry metrics) {
    FhirResourceWriter writer =
        new FhirResourceWriter(
            daos,
            transactions,
            ids,
            SharedEntityManagerCreator.createSharedEntityManager(record),
            models,
            (made, model) -> watches.forEach(watch -> watch.predicted(made, model)),
            cards);
    Materialiser materialiser =
        new Materialiser(
            dataSource, writer, BATCH, settings.dbPoolSize() / 4, InstantSource.system());
    Gauge.builder("auscult.journal.backlog", materialiser, Materialiser::backlog)
        .description("Journal rows that are not yet FHIR resources")
        .register(metrics);
    Gauge.builder("auscult.journal.parked", materialiser, Materialiser::parked)
        .description("Journal rows that could not become FHIR resources")
        .register(metrics);
    return materialiser;
  }

  /** Instead of HAPI's own, for every resource. */
  @Bean
  @Primary
  ISearchParamExtractor predictionIndexes() {
    return new PredictionIndexes();
  }

  @Bean
  FilterRegistrationBean<CallsInFlight> callsInFlight() {
    FilterRegistrationBean<CallsInFlight> filter =
        new FilterRegistrationBean<>(new CallsInFlight());
    filter.addUrlPatterns("/cds-services/*");
    return filter;
  }

  @Bean
  MaterialiserLoop materialiserLoop(
      Materialiser materialiser, FilterRegistrationBean<CallsInFlight> calls) {
    return new MaterialiserLoop(materialiser, calls.getFilter());
  }

  @Bean
  RestInterceptors pendingReads(Materialiser materialiser) {
    return new RestInterceptors(List.of(new PendingReadInterceptor(materialiser)));
  }

  @Bean
  DisplayHistory displayHistory(DataSource dataSource) {
    return new JdbcDisplayHistory(dataSource);
  }

  @Bean
  JdbcPredictionJournal predictionJournal(
      DataSource dataSource, JournalLeaves leaves, MaterialiserLoop loop) {
    return new JdbcPredictionJournal(dataSource, leaves, loop::wake);
  }
}
