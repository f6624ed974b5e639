package org.auscult.server.notification;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.auscult.audit.AuditTrail;
import org.auscult.server.alert.IssueWatcher;
import org.auscult.server.background.NodeLoop;
import org.auscult.server.caller.GuardedHttp;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.config.PublicUrls;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.notification.signed.NotificationKeys;
import org.auscult.server.notification.signed.NotificationSignatures;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Subscription;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Subscribers of monitoring, and how they are told. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationSettings.class)
public class NotificationConfiguration {
  /** For one notification, from the first byte sent to the last one received. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  @Bean
  NotificationRows notificationRows(JdbcTemplate jdbc, MeterRegistry metrics) {
    NotificationRows rows = new NotificationRows(jdbc);
    InstantSource clock = InstantSource.system();
    Gauge.builder("auscult.notifications.waiting", rows, NotificationRows::waiting)
        .description("Notifications that receivers have not taken yet")
        .register(metrics);
    Gauge.builder(
            "auscult.notifications.oldest", rows, r -> r.oldest(clock.instant()).toMillis() / 1e3)
        .description("For how long the oldest of these waits")
        .baseUnit("seconds")
        .register(metrics);
    Gauge.builder(
            "auscult.notifications.receivers.failing", rows, r -> r.failing(NotificationRound.MANY))
        .description("Receivers that have failed again and again")
        .register(metrics);
    return rows;
  }

  @Bean
  IssueWatcher notificationOutbox(
      NotificationRows rows, DaoRegistry daos, NotificationSettings settings, FhirContext fhir) {
    return new NotificationOutbox(
        rows,
        daos.getResourceDao(Subscription.class),
        new ModelDevices(daos.getResourceDao(Device.class)),
        settings,
        fhir,
        InstantSource.system());
  }

  @Bean
  FhirInterceptors subscriptionInterceptors(
      NotificationRows rows, DaoRegistry daos, NotificationSettings settings) {
    ModelDevices models = new ModelDevices(daos.getResourceDao(Device.class));
    return new FhirInterceptors(
        List.of(
            new SubscriptionInterceptor(
                new SubscriptionChecks(models, settings), rows, settings, InstantSource.system())));
  }

  @Bean
  NotificationSignatures notificationSignatures(KeyRing keys) {
    return new NotificationSignatures(keys);
  }

  @Bean
  ServletRegistrationBean<NotificationKeys> notificationKeys(NotificationSignatures signatures) {
    ServletRegistrationBean<NotificationKeys> servlet =
        new ServletRegistrationBean<>(new NotificationKeys(signatures), NotificationKeys.PATH);
    servlet.setName("notification-keys");
    return servlet;
  }

  @Bean
  NotificationRound notificationRound(
      NotificationRows rows,
      DaoRegistry daos,
      NotificationSignatures signatures,
      NotificationSettings settings,
      PublicUrls urls,
      PlatformTransactionManager transactions,
      AuditTrail audit,
      MeterRegistry metrics,
      @Value("${auscult.caller-private-network:false}") boolean privateNetwork) {
    return new NotificationRound(
        new NotificationRound.Tools(
            rows,
            daos.getResourceDao(Subscription.class),
            new NotificationSender(
                new GuardedHttp(BUDGET, privateNetwork), signatures, settings, urls),
            new TransactionTemplate(transactions),
            audit,
            metrics),
        settings,
        InstantSource.system());
  }

  @Bean
  NodeLoop notificationLoop(NotificationRound round, NotificationSettings settings) {
    return new NodeLoop("notifications", settings.interval(), round::runAll);
  }
}
