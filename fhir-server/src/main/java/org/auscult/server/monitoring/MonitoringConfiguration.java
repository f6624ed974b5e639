package org.auscult.server.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.monitoring.skew.SkewCheck;
import org.auscult.outcome.FeedHealth;
import org.auscult.server.alert.MonitoringIssues;
import org.auscult.server.background.LeasedLoop;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.timeline.TimelineReader;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether what is served can be made again, and whether its sources still speak. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MonitoringSettings.class)
public class MonitoringConfiguration {
  private static final Duration LISTENING = Duration.ofMinutes(1);

  @Bean
  FeedHealth feedHealth(DataSource dataSource, MonitoringSettings settings) {
    return new HeardFeeds(new HeardSources(new JdbcTemplate(dataSource)), settings.silence());
  }

  @Bean
  MonitoringRound monitoringRound(
      DataSource dataSource,
      FeatureCatalog catalog,
      FeatureEvaluator evaluator,
      TimelineReader reader,
      MonitoringIssues issues,
      MonitoringSettings settings,
      MeterRegistry metrics) {
    JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    MonitoringRound round =
        new MonitoringRound(
            new JournalSample(jdbc),
            new SkewCheck(catalog, evaluator, reader),
            new HeardSources(jdbc),
            settings.silence(),
            issues);
    Gauge.builder("auscult.skew.different", round, r -> r.last().different())
        .description("Served vectors of the last sample that cannot be made again")
        .register(metrics);
    Gauge.builder("auscult.skew.unchecked", round, r -> r.last().uncheckedShare())
        .description("Share of the last sample's vectors that could not be checked")
        .register(metrics);
    Gauge.builder("auscult.sources.silent", round, MonitoringRound::silent)
        .description("Sources that have fallen silent")
        .register(metrics);
    return round;
  }

  @Bean
  FhirOperations monitoringOperations(MonitoringRound round, MonitoringSettings settings) {
    return new FhirOperations(
        List.of(new MonitoringOperations(round, settings, InstantSource.system())));
  }

  @Bean(destroyMethod = "close")
  LeasedLoop listeningLoop(DataSource dataSource, MonitoringRound round) {
    return LeasedLoop.begin(dataSource, "listening", LISTENING, round::listen);
  }

  @Bean(destroyMethod = "close")
  LeasedLoop monitoringLoop(
      DataSource dataSource, MonitoringRound round, MonitoringSettings settings) {
    InstantSource clock = InstantSource.system();
    return LeasedLoop.begin(
        dataSource,
        "monitoring",
        settings.interval(),
        () -> round.look(clock.instant(), settings.window(), settings.sample(), clock.millis()));
  }
}
