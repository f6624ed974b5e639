package org.auscult.server.timeline;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.auscult.interceptor.TimelineInterceptor;
import org.auscult.server.background.NodeLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.Database;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.timeline.TimelineReader;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The clinical event timeline. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TimelineSettings.class)
public class TimelineConfiguration {
  /** How often changed Medications are looked for. */
  private static final Duration MEDICATIONS = Duration.ofSeconds(1);

  @Bean
  CodeUnits codeUnits() {
    return CodeUnits.standard();
  }

  @Bean
  FactProjector factProjector(AuscultSettings settings, CodeUnits units) {
    return new FactProjector(settings.zone(), units);
  }

  @Bean
  StoredMedications storedMedications(JdbcTemplate jdbc, Database database) {
    return new StoredMedications(jdbc, database.vendor());
  }

  @Bean
  TimelineWriter timelineWriter(
      JdbcTemplate jdbc,
      Database database,
      StoredMedications medications,
      List<PatientChanges> listeners) {
    return new TimelineWriter(
        jdbc, database.vendor(), medications, PatientChanges.toAll(listeners));
  }

  @Bean
  MedicationRound medicationRound(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      StoredMedications medications,
      TimelineWriter writer,
      DaoRegistry daos,
      MeterRegistry metrics) {
    VersionReader versions = new VersionReader(daos);
    MedicationRound round =
        new MedicationRound(
            jdbc,
            new TransactionTemplate(transactions),
            medications,
            writer,
            id -> versions.read(Medication.class, id),
            InstantSource.system());
    Gauge.builder("auscult.medications.backlog", round, MedicationRound::backlog)
        .description("Medications that changed and that not all orders have followed")
        .register(metrics);
    return round;
  }

  @Bean
  NodeLoop medicationLoop(MedicationRound round) {
    return new NodeLoop("medications", MEDICATIONS, round::runAll);
  }

  @Bean
  TimelineReader timelineReader(
      JdbcTemplate jdbc, TimelineSettings settings, MeterRegistry metrics) {
    if (settings.cachedFacts() == 0) {
      return storeBacked(jdbc);
    }
    CachedTimelineReader cached =
        new CachedTimelineReader(new JdbcTimelineReader(jdbc), settings.cachedFacts());
    CaffeineCacheMetrics.monitor(metrics, cached.cache(), "auscult.timeline");
    return cached;
  }

  /** A reader for those who measure it without a server. */
  public static TimelineReader storeBacked(JdbcTemplate jdbc) {
    return new JdbcTimelineReader(jdbc);
  }

  /** One that keeps what it read, for the same. */
  public static TimelineReader cached(JdbcTemplate jdbc, long facts) {
    return new CachedTimelineReader(new JdbcTimelineReader(jdbc), facts);
  }

  @Bean
  TimelinePages timelinePages(JdbcTemplate jdbc) {
    return new TimelinePages(jdbc);
  }

  @Bean
  TimelineRebuild timelineRebuild(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      TimelineWriter writer,
      FactProjector projector,
      StoredMedications medications,
      DaoRegistry daos) {
    return new TimelineRebuild(
        jdbc,
        new TransactionTemplate(transactions),
        writer,
        projector,
        new VersionReader(daos),
        medications);
  }

  @Bean
  FhirInterceptors timelineInterceptors(
      FactProjector projector, TimelineWriter writer, EntityManagerFactory record) {
    Deletions deletions =
        new Deletions(SharedEntityManagerCreator.createSharedEntityManager(record));
    return new FhirInterceptors(List.of(interceptor(projector, writer, deletions::at)));
  }

  private static TimelineInterceptor interceptor(
      FactProjector projector, TimelineWriter writer, Function<Resource, Instant> deletedAt) {
    return new TimelineInterceptor(new TransactionalChangeRecorder(projector, writer, deletedAt));
  }

  /**
   * What keeps the timeline, for those who try it without a server: it is to be told of what is
   * stored within a transaction of Spring on this database.
   */
  public static TimelineInterceptor interceptor(
      JdbcTemplate jdbc, Database.Vendor vendor, FactProjector projector, PatientChanges listener) {
    StoredMedications medications = new StoredMedications(jdbc, vendor);
    TimelineWriter writer = new TimelineWriter(jdbc, vendor, medications, listener);
    return interceptor(projector, writer, deleted -> Instant.now());
  }
}
