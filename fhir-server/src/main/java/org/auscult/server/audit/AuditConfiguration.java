package org.auscult.server.audit;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.auscult.audit.fhir.AuditEventGuard;
import org.auscult.audit.fhir.AuditInterceptor;
import org.auscult.model.ModelCatalog;
import org.auscult.model.RegisteredModel;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.Protection;
import org.auscult.prediction.Redaction;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.ConnectionSource;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.config.FhirEndpointConfiguration.RestInterceptors;
import org.auscult.server.keys.KeyRing;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Task;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** The audit log. It is always on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AuditSettings.class, BreachSettings.class})
public class AuditConfiguration {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Writer, sequencer, and one that reads. */
  private static final int CONNECTIONS = 3;

  /** Leaves in one archive: a file of some hundred megabytes at the most. */
  private static final long MOST_ARCHIVED = 1_000_000;

  /** Before all filters that may refuse. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

  /**
   * The log's own connections: it neither waits for those that answer requests nor takes one away.
   * No bean of type DataSource, which would be taken for the server's.
   *
   * @param node a new name at each start of the process
   */
  record AuditDatabase(HikariDataSource dataSource, String node) implements AutoCloseable {
    @Override
    public void close() {
      dataSource.close();
    }
  }

  /**
   * @param migrated the server's own pool: its tables are there when it is
   */
  @Bean
  AuditDatabase auditDatabase(ConnectionSource connections, DataSource migrated) {
    HikariConfig config = connections.pool("audit");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE.toMillis());
    return new AuditDatabase(new HikariDataSource(config), UUID.randomUUID().toString());
  }

  @Bean
  TreeHeads treeHeads(DataSource dataSource, KeyRing keys, AuditSettings settings) {
    return new TreeHeads(dataSource, keys, InstantSource.system(), settings.headInterval());
  }

  @Bean
  SequencerLoop sequencerLoop(AuditDatabase database, TreeHeads heads) {
    Lease lease = new Lease("sequencer", database.node(), LEASE);
    return new SequencerLoop(new Sequencer(database.dataSource(), lease), heads);
  }

  @Bean
  GroupCommit auditTrail(
      AuditDatabase database,
      AuscultSettings settings,
      KeyRing keys,
      SequencerLoop loop,
      MeterRegistry metrics) {
    GroupCommit trail =
        new GroupCommit(
            new PendingLeaves(database.dataSource()),
            new Spool(settings.dataDir().resolve("audit.spool"), new SpoolSeal(keys)),
            database.node(),
            InstantSource.system(),
            loop::wake);
    Gauge.builder("auscult.audit.spooling", trail, t -> t.isSpooling() ? 1 : 0)
        .description(
            "1 while audit leaves wait on this node's disk, since the database refused them")
        .register(metrics);
    return trail;
  }

  @Bean
  HookLeaves hookLeaves(AuditDatabase database) {
    return new HookLeaves(database.node(), Clock.systemUTC());
  }

  @Bean
  FilterRegistrationBean<AuditFilter> auditFilter(GroupCommit trail, AuditSettings settings) {
    FilterRegistrationBean<AuditFilter> filter =
        new FilterRegistrationBean<>(
            new AuditFilter(new RequestRecorder(trail::keep, settings.emergencyReads())));
    filter.addUrlPatterns(
        "/fhir/*", "/cds-services/*", "/ehr/*", "/oauth2/*", "/login", "/logout", "/userinfo");
    filter.setOrder(ORDER);
    return filter;
  }

  @Bean
  RestInterceptors auditInterceptors() {
    return new RestInterceptors(List.of(new AuditInterceptor(), new UnknownTotal()));
  }

  @Bean
  FhirInterceptors auditGuard() {
    return new FhirInterceptors(List.of(new AuditEventGuard()));
  }

  @Bean
  LogReader logReader(DataSource dataSource, TreeHeads heads) {
    return new LogReader(dataSource, heads, InstantSource.system());
  }

  @Bean
  AuditEvents auditEvents(AuscultSettings settings) {
    String base = settings.publicBaseUrl();
    return new AuditEvents(base == null ? "Auscult" : base);
  }

  @Bean
  AuditOperations logOperations(LogReader log, TreeHeads heads) {
    return new AuditOperations(log, heads);
  }

  @Bean
  FhirOperations auditOperations(
      DataSource dataSource, LogReader log, AuditOperations operations, AuditEvents events) {
    return new FhirOperations(List.of(operations, new AuditEventProvider(dataSource, log, events)));
  }

  @Bean
  Breaches breaches(
      DataSource dataSource,
      LogReader log,
      AuditTrail trail,
      DaoRegistry daos,
      BreachSettings settings) {
    return new Breaches(
        dataSource,
        log,
        trail,
        daos.getResourceDao(Task.class),
        settings.deadline(),
        InstantSource.system());
  }

  @Bean
  FhirOperations breachOperations(Breaches breaches) {
    return new FhirOperations(List.of(new BreachOperation(breaches, InstantSource.system())));
  }

  @Bean(destroyMethod = "close")
  BreachWatch breachWatch(
      DataSource dataSource,
      Breaches breaches,
      AuditOperations operations,
      AuditDatabase database,
      DaoRegistry daos,
      BreachSettings settings) {
    return new BreachWatch(
            dataSource,
            new BreachRules(
                dataSource, settings, new UnreviewedEmergencies(daos.getResourceDao(Task.class))),
            breaches,
            operations::checked,
            new Lease("breach-watch", database.node(), settings.interval().multipliedBy(3)),
            InstantSource.system())
        .begin(settings.interval());
  }

  @Bean
  FhirOperations auditArchives(
      DataSource dataSource,
      LogReader log,
      TreeHeads heads,
      KeyRing keys,
      AuditTrail trail,
      AuscultSettings settings,
      AuditSettings audit) {
    Path folder =
        Objects.requireNonNullElseGet(
            audit.archiveDir(), () -> settings.dataDir().resolve("audit-archive"));
    LogArchive archives =
        new LogArchive(
            dataSource,
            log,
            heads,
            keys,
            trail,
            new LogArchive.Rules(folder, audit.retention(), MOST_ARCHIVED),
            InstantSource.system());
    return new FhirOperations(List.of(new ArchiveOperations(archives)));
  }

  @Bean
  FhirOperations auditReports(
      DataSource dataSource,
      LogReader log,
      DaoRegistry daos,
      PredictionJournal journal,
      AuditEvents events,
      AccessSessions sessions,
      ModelCatalog models,
      AuscultSettings settings) {
    PatientNames names = new PatientNames(daos.getResourceDao(Patient.class));
    return new FhirOperations(
        List.of(
            new AccessReports(dataSource, log, names, events, settings.zone()),
            new AiReport(
                dataSource,
                log,
                journal,
                names,
                (request, entry) -> shown(sessions, models, request, entry),
                settings.zone())));
  }

  private static JournalEntry shown(
      AccessSessions sessions, ModelCatalog models, RequestDetails request, JournalEntry entry) {
    Protection protection = entry.protection();
    boolean isNamed =
        protection == null
            || sessions.mayName(
                request,
                "$ai-report",
                request.getId().getIdPart(),
                Set.copyOf(protection.labels()));
    return isNamed
        ? entry
        : Redaction.without(entry, canonical -> models.find(canonical).map(RegisteredModel::model));
  }

  @Bean
  ChangedSettings changedSettings(DataSource dataSource, KeyRing keys, Environment environment) {
    return new ChangedSettings(dataSource, keys, environment);
  }

  /** That the server runs, with what settings, and that it is about to stop, are events too. */
  @Bean
  ApplicationListener<ApplicationContextEvent> lifeInTheLog(
      GroupCommit trail, ChangedSettings settings) {
    return event -> {
      if (event instanceof ContextRefreshedEvent && trail.isRunning()) {
        recordSettings(trail, settings);
        trail.record(ofServer("start"));
      } else if (event instanceof ContextClosedEvent && trail.isRunning()) {
        trail.record(ofServer("stop"));
      }
    };
  }

  /** Recorded first and remembered then: a change may stand in the log twice, but never not. */
  private static void recordSettings(AuditTrail trail, ChangedSettings settings) {
    List<String> changed = settings.names();
    if (!changed.isEmpty()) {
      trail.record(
          AuditEntry.of(AuditKind.CONFIGURATION, AuditAction.UPDATE, "settings")
              .by(AuditAgent.server("server"))
              .detail("changed", String.join(" ", changed))
              .build());
      settings.keep();
    }
  }

  private static AuditEntry ofServer(String what) {
    return AuditEntry.of(AuditKind.SYSTEM, AuditAction.EXECUTE, what)
        .by(AuditAgent.server("server"))
        .build();
  }
}
