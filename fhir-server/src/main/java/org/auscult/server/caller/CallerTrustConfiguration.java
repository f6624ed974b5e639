package org.auscult.server.caller;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.auscult.audit.AuditTrail;
import org.auscult.cds.client.CallerVerifier;
import org.auscult.cds.hook.HookSettings;
import org.auscult.server.caller.JwtCallerVerifier.Limits;
import org.auscult.server.caller.TrustSettings.Callers.Authentication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call the hooks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrustSettings.class)
public class CallerTrustConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(CallerTrustConfiguration.class);

  /** An EHR waits half a second for cards; keys are fetched rarely. */
  private static final Duration KEY_BUDGET = Duration.ofSeconds(2);

  @Bean
  JdbcTokenLedger callerTokens(DataSource database) {
    return new JdbcTokenLedger(database, InstantSource.system());
  }

  @Bean
  DailyQuotas callerQuotas(TrustSettings settings, DataSource database) {
    Map<String, Long> perDay = new HashMap<>();
    settings
        .clients()
        .forEach(
            (client, trust) -> {
              if (trust.callsPerDay() > 0) {
                perDay.put(client, trust.callsPerDay());
              }
            });
    return new DailyQuotas(perDay, database, InstantSource.system());
  }

  @Bean
  CallerSweep callerSweep(JdbcTokenLedger tokens, DailyQuotas quotas) {
    return new CallerSweep(tokens, quotas);
  }

  @Bean
  CallerVerifier callerVerifier(
      TrustSettings settings,
      HookSettings hooks,
      JdbcTokenLedger tokens,
      DailyQuotas quotas,
      MeterRegistry metrics,
      AuditTrail trail,
      @Value("${auscult.caller-private-network:false}") boolean privateNetwork) {
    InstantSource clock = InstantSource.system();
    Issuers issuers =
        Issuers.from(
            settings, hooks.clients().all(), new HttpKeyFetcher(KEY_BUDGET, privateNetwork), clock);
    sayWhoMayCall(settings, issuers);
    return new WatchedVerifier(
        new JwtCallerVerifier(
            settings, issuers, new Limits(rates(settings), quotas), tokens, clock),
        metrics,
        trail);
  }

  private static CallRates rates(TrustSettings settings) {
    Map<String, Integer> perSecond = new HashMap<>();
    settings
        .clients()
        .forEach(
            (client, trust) -> {
              if (trust.callsPerSecond() > 0) {
                perSecond.put(client, trust.callsPerSecond());
              }
            });
    return new CallRates(perSecond, TimeMeter.SYSTEM_NANOTIME);
  }

  private static void sayWhoMayCall(TrustSettings settings, Issuers issuers) {
    Authentication asked = settings.callers().authentication();
    if (asked != Authentication.REQUIRED) {
      LOG.warn(
          "Whoever reaches this server can call its hooks without proof of who they are:"
              + " auscult.callers.authentication is {}",
          asked);
    } else if (issuers.isEmpty()) {
      LOG.warn("No hook can be called: tokens are required, and no client has an issuer");
    }
  }
}
