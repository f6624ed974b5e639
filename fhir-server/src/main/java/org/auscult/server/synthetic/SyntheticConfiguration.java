package org.auscult.server.synthetic;

import ca.uhn.fhir.context.FhirContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadPoolExecutor;
import javax.sql.DataSource;
import org.auscult.cds.LocalPatients;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.hook.Disclosure;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.cds.hook.HookPorts;
import org.auscult.cds.hook.HookSettings;
import org.auscult.cds.hook.UserRoles;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.model.ModelCatalog;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.PredictionService;
import org.auscult.server.alert.MonitoringIssues;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.journal.JdbcPredictionJournal;
import org.auscult.server.synthetic.SyntheticRows.Row;
import org.auscult.serving.Breaker;
import org.auscult.serving.DeploymentRunner;
import org.auscult.timeline.TimelineReader;
import org.auscult.unit.CodeUnits;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Requests about a patient who does not exist, on the road that real ones take. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SyntheticSettings.class)
public class SyntheticConfiguration {
  @Bean
  SyntheticCalls syntheticCalls(
      ModelCatalog models,
      TimelineReader timeline,
      LocalPatients localPatients,
      JdbcPredictionJournal stored,
      DisplayHistory history,
      OrderRulesCatalog orderRules,
      DeploymentCatalog deployments,
      PredictionService predictions,
      OrderCheckService orderChecks,
      @Qualifier("modelThreads") ThreadPoolExecutor modelThreads,
      CodeUnits units,
      HookSettings settings,
      FhirContext fhir) {
    RehearsedJournal journal = new RehearsedJournal(stored::rehearse);
    HookPorts ports =
        new HookPorts(
            models,
            timeline,
            localPatients,
            journal,
            history,
            CallerRecord.NONE,
            UserRoles.UNKNOWN,
            Disclosure.NONE,
            orderRules);
    HookEndpoint endpoint =
        new HookEndpoint(
            deployments,
            predictions,
            orderChecks,
            // A breaker of its own: what fails here stops no clinician's call, nor the reverse.
            new DeploymentRunner(
                predictions,
                orderChecks,
                modelThreads,
                new Breaker(Integer.MAX_VALUE, Duration.ZERO, InstantSource.system())),
            ports,
            new PrefetchReader(settings.zone(), units),
            settings,
            Clock.systemUTC());
    return new SyntheticCalls(endpoint, journal, deployments, predictions, orderRules, fhir);
  }

  @Bean
  SyntheticRound syntheticRound(
      SyntheticCalls calls,
      DataSource dataSource,
      MonitoringIssues issues,
      SyntheticSettings settings,
      MeterRegistry metrics) {
    SyntheticRows rows = new SyntheticRows(new JdbcTemplate(dataSource));
    InstantSource clock = InstantSource.system();
    Gauge.builder(
            "auscult.synthetic.failing",
            rows,
            r -> r.offered().filter(row -> !row.isSound()).count())
        .description("Services whose last request about a synthetic patient was not in order")
        .register(metrics);
    Gauge.builder(
            "auscult.synthetic.slowest.seconds",
            rows,
            r -> r.offered().mapToLong(Row::millis).max().orElse(0) / 1e3)
        .description("How long the slowest service took with its last one")
        .register(metrics);
    Gauge.builder(
            "auscult.synthetic.oldest.seconds",
            rows,
            r ->
                r.offered()
                        .mapToLong(row -> clock.millis() - row.askedAt().toEpochMilli())
                        .max()
                        .orElse(0)
                    / 1e3)
        .description("How long ago the service was asked that was asked the longest time ago")
        .register(metrics);
    return new SyntheticRound(calls, rows, issues, settings.interval());
  }

  @Bean(destroyMethod = "close")
  LeasedLoop syntheticLoop(
      DataSource dataSource, SyntheticRound round, SyntheticSettings settings) {
    return LeasedLoop.beginRounds(
        dataSource,
        "synthetic-requests",
        settings.looks(),
        settings.isNever() ? (now, goesOn) -> {} : round::run);
  }
}
