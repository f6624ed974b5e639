package org.auscult.server.journal;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.model.ModelCatalog;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.PredictionJournal;
import org.auscult.server.config.FhirEndpointConfiguration.RestInterceptors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The prediction journal and its materialiser. */
@Configuration(proxyBeanMethods = false)
public class JournalConfiguration {
  private static final int BATCH = 25;

  @Bean
  Materialiser materialiser(
      DataSource dataSource,
      IFhirSystemDao<Bundle, Meta> systemDao,
      ModelCatalog models,
      MeterRegistry metrics) {
    Materialiser materialiser =
        new Materialiser(
            dataSource, new FhirResourceWriter(systemDao, models), BATCH, InstantSource.system());
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
  MaterialiserLoop materialiserLoop(Materialiser materialiser) {
    return new MaterialiserLoop(materialiser);
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
  PredictionJournal predictionJournal(DataSource dataSource, MaterialiserLoop loop) {
    return new JdbcPredictionJournal(dataSource, loop::wake);
  }
}
