package org.auscult.server.auth.ehr;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.auscult.cds.caller.CallerLimits;
import org.auscult.cds.caller.CallerServers;
import org.auscult.cds.caller.HttpCallerRecord;
import org.auscult.cds.hook.PatientMatch;
import org.auscult.prediction.PredictionJournal;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.user.SecondFactor;
import org.auscult.server.auth.user.Users;
import org.auscult.server.caller.GuardedHttp;
import org.auscult.server.config.PublicUrls;
import org.auscult.server.keys.KeyRing;
import org.hl7.fhir.r4.model.Encounter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Launches from EHRs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EhrSettings.class)
public class EhrConfiguration {
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final CallerLimits LIMITS = new CallerLimits(BUDGET, 1, 1_000_000, 4);

  @Bean
  Ehrs ehrs(EhrSettings settings, SecondFactor secondFactor) {
    return new Ehrs(settings, secondFactor);
  }

  @Bean
  BrowserCookie browserCookie(PublicUrls urls) {
    return new BrowserCookie(urls.root().startsWith("https:"));
  }

  @Bean
  EhrAssertions ehrAssertions(KeyRing keys) {
    return new EhrAssertions(keys, InstantSource.system());
  }

  /** Not a {@code CallerRecord} of the hooks: it reads for launches, from their EHRs alone. */
  @Bean(destroyMethod = "close")
  LaunchRecord launchRecord(
      Ehrs ehrs, @Value("${auscult.caller-private-network:false}") boolean privateNetwork) {
    return new LaunchRecord(
        new HttpCallerRecord(new CallerServers(ehrs.servers(), privateNetwork), LIMITS));
  }

  /** What reads from EHRs, under a type of its own. */
  record LaunchRecord(HttpCallerRecord reader) implements AutoCloseable {
    @Override
    public void close() {
      reader.close();
    }
  }

  @Bean
  EhrLaunch ehrLaunch(
      Ehrs ehrs,
      Clients clients,
      Launches launches,
      LaunchLog log,
      PublicUrls urls,
      EhrLaunch.Steps steps,
      JdbcTemplate jdbc,
      KeyRing keys) {
    return new EhrLaunch(
        ehrs,
        clients,
        new EhrLogins(jdbc, keys, InstantSource.system()),
        steps,
        launches,
        log,
        urls);
  }

  @Bean
  EhrLaunch.Steps ehrLaunchSteps(
      EhrAssertions assertions,
      LaunchRecord record,
      PatientMatch match,
      PredictionJournal journal,
      DaoRegistry daos,
      Users users,
      SecondFactor secondFactor,
      PasswordEncoder passwords,
      @Value("${auscult.caller-private-network:false}") boolean privateNetwork) {
    GuardedHttp http = new GuardedHttp(BUDGET, privateNetwork);
    return new EhrLaunch.Steps(
        new EhrDiscovery(http),
        new EhrTokens(http, assertions),
        new EhrIdTokens(http, InstantSource.system()),
        new EhrPatients(record.reader(), match, journal, daos.getResourceDao(Encounter.class)),
        new EhrUsers(users, match, secondFactor, passwords));
  }

  @Bean
  LaunchEndpoint launchEndpoint(
      EhrLaunch launch,
      Ehrs ehrs,
      Clients clients,
      EhrAssertions assertions,
      BrowserCookie cookie,
      LaunchLog log) {
    return new LaunchEndpoint(launch, ehrs, clients, assertions, cookie, log);
  }
}
