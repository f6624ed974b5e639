package org.auscult.server.alert;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.audit.AuditTrail;
import org.auscult.model.ModelCatalog;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.deployment.DeploymentOperations;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.life.PlanInterceptor;
import org.auscult.server.report.SeriesReports;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Task;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Alert rules, and what becomes of what monitoring finds. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertSettings.class)
public class AlertConfiguration {
  @Bean
  AlertRules alertRules(FhirContext fhir) {
    return new AlertRules(fhir);
  }

  @Bean
  Suspensions suspensions(
      JdbcTemplate jdbc, DeploymentOperations deployments, DaoRegistry daos, AuditTrail audit) {
    return new Suspensions(
        new IssueRows(jdbc), deployments, daos.getResourceDao(Provenance.class), audit);
  }

  @Bean
  OpenIssues openIssues(JdbcTemplate jdbc, DaoRegistry daos) {
    return new OpenIssues(new IssueRows(jdbc), daos.getResourceDao(DetectedIssue.class));
  }

  @Bean
  MonitoringIssues monitoringIssues(
      JdbcTemplate jdbc,
      DaoRegistry daos,
      Suspensions suspensions,
      ModelCatalog models,
      FhirContext fhir,
      PlatformTransactionManager transactions,
      AlertSettings settings,
      AuscultSettings server,
      IssueWatcher watcher,
      MeterRegistry metrics) {
    MonitoringIssues issues =
        new MonitoringIssues(
            new IssueRows(jdbc),
            daos.getResourceDao(DetectedIssue.class),
            new IssueTasks(daos.getResourceDao(Task.class), server.zone()),
            suspensions,
            models,
            fhir,
            new TransactionTemplate(transactions),
            settings,
            watcher);
    for (FindingSeverity severity : FindingSeverity.values()) {
      Gauge.builder("auscult.alerts.open", issues, i -> i.open(severity))
          .description("Issues found by monitoring that are open")
          .tag("severity", severity.code())
          .register(metrics);
    }
    InstantSource clock = InstantSource.system();
    Gauge.builder("auscult.alerts.held.back", issues, i -> i.heldBackNow(clock.instant()))
        .description("Open warnings that nobody was told of, since the alert budget was spent")
        .register(metrics);
    return issues;
  }

  @Bean
  ModelIssues modelIssues(DaoRegistry daos, JdbcTemplate jdbc) {
    return new ModelIssues(
        daos.getResourceDao(DetectedIssue.class),
        daos.getResourceDao(Task.class),
        daos.getResourceDao(PlanDefinition.class),
        new IssueRows(jdbc));
  }

  @Bean
  AlertRound alertRound(
      DaoRegistry daos,
      AlertRules rules,
      List<SeriesReports> reports,
      MonitoringIssues issues,
      AuscultSettings settings) {
    return new AlertRound(
        new StoredAlertRules(daos.getResourceDao(PlanDefinition.class), rules),
        reports,
        issues,
        settings.zone());
  }

  @Bean
  FhirInterceptors alertInterceptors(
      AlertRules rules, StoredDefinitions stored, ModelCatalog models) {
    return new FhirInterceptors(
        List.of(
            new PlanInterceptor(
                AlertRules::isOne, plan -> rules.problems(plan, models, stored), stored),
            new AnswerInterceptor(InstantSource.system())));
  }

  @Bean(destroyMethod = "close")
  LeasedLoop alertLoop(DataSource dataSource, AlertRound round, AlertSettings settings) {
    return LeasedLoop.beginRounds(dataSource, "alerts", settings.interval(), round::run);
  }
}
