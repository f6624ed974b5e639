package org.auscult.server.auth;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.client.Registrations;
import org.auscult.server.auth.client.RegistryFile;
import org.auscult.server.auth.ehr.EhrConfiguration;
import org.auscult.server.auth.grant.GrantLog;
import org.auscult.server.auth.grant.JdbcGrants;
import org.auscult.server.auth.grant.RevokedTokens;
import org.auscult.server.auth.grant.TokenKeys;
import org.auscult.server.auth.launch.LaunchReach;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.PatientDirectory;
import org.auscult.server.auth.launch.StoredPatients;
import org.auscult.server.auth.registry.RegistryConfiguration;
import org.auscult.server.auth.user.LoginThrottle;
import org.auscult.server.auth.user.PersonsAtSigning;
import org.auscult.server.auth.user.SecondFactor;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.signature.Reauthentication;
import org.auscult.server.signature.SignatureConfiguration;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** What the embedded authorization server keeps; nothing of it is there unless it is enabled. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("auscult.authorization-server.enabled")
@EnableConfigurationProperties(AuthSettings.class)
@Import({
  SecurityChains.class,
  EndpointConfiguration.class,
  EhrConfiguration.class,
  RegistryConfiguration.class,
  SignatureConfiguration.class
})
public class AuthConfiguration {
  @Bean
  SecondFactor secondFactor(AuthSettings settings) {
    return new SecondFactor(settings.withSecondFactor());
  }

  @Bean
  Users users(JdbcTemplate jdbc, KeyRing keys) {
    return new Users(jdbc, keys);
  }

  @Bean
  Clients clients(JdbcTemplate jdbc) {
    return new Clients(jdbc);
  }

  /** Of users and of symmetric clients; it never asks to hash anew what the operator hashed. */
  @Bean
  PasswordEncoder passwordEncoder() {
    PasswordEncoder known = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    return new PasswordEncoder() {
      @Override
      public String encode(CharSequence password) {
        return known.encode(password);
      }

      @Override
      public boolean matches(CharSequence password, String hash) {
        return known.matches(password, hash);
      }
    };
  }

  @Bean
  Reauthentication personsAtSigning(Users users, PasswordEncoder passwords, JdbcTemplate jdbc) {
    return new PersonsAtSigning(
        users, new LoginThrottle(jdbc, InstantSource.system()), passwords, InstantSource.system());
  }

  @Bean
  Registrations registrations(Clients clients, AuthSettings settings) {
    return new Registrations(clients, settings.accessTokenLife());
  }

  @Bean
  Launches launches(JdbcTemplate jdbc) {
    return new Launches(jdbc, InstantSource.system());
  }

  @Bean
  RevokedTokens revokedTokens(JdbcTemplate jdbc) {
    return new RevokedTokens(jdbc, InstantSource.system());
  }

  @Bean
  JdbcGrants grants(
      JdbcTemplate jdbc,
      DataSource dataSource,
      Registrations registrations,
      Launches launches,
      RevokedTokens revoked,
      GrantLog log) {
    return new JdbcGrants(
        jdbc,
        new TransactionTemplate(new JdbcTransactionManager(dataSource)),
        registrations,
        launches,
        revoked,
        log,
        InstantSource.system());
  }

  @Bean
  TokenKeys tokenKeys(KeyRing keys) {
    return new TokenKeys(keys);
  }

  @Bean
  LaunchReach launchReach(AccessSessions sessions, PublicUrls urls) {
    return new LaunchReach(sessions, urls);
  }

  @Bean
  PatientDirectory patientDirectory(DaoRegistry daos, LaunchReach reach) {
    return new StoredPatients(daos.getResourceDao(Patient.class), reach);
  }

  @Bean
  ApplicationRunner registry(
      AuthSettings settings, Users users, Clients clients, JdbcGrants grants) {
    return arguments -> {
      if (settings.registry() != null) {
        RegistryFile.apply(settings.registry(), settings.withSecondFactor(), users, clients);
        grants.endOrphaned();
      }
    };
  }
}
