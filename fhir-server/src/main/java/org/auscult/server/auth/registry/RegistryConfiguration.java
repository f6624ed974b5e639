package org.auscult.server.auth.registry;

import java.time.InstantSource;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.grant.JdbcGrants;
import org.auscult.server.auth.grant.OwnAccessTokens;
import org.auscult.server.auth.page.PasswordPage;
import org.auscult.server.auth.user.PasswordLinks;
import org.auscult.server.auth.user.SecondFactor;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.auscult.server.keys.KeyRing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The registry of users and clients, for administrators. */
@Configuration(proxyBeanMethods = false)
public class RegistryConfiguration {
  @Bean
  PasswordLinks passwordLinks(JdbcTemplate jdbc, Users users, KeyRing keys) {
    return new PasswordLinks(jdbc, users, keys, InstantSource.system());
  }

  @Bean
  PasswordPage passwordPage(
      PasswordLinks links, Users users, PasswordEncoder passwords, RegistryLog log) {
    return new PasswordPage(links, users, passwords, InstantSource.system(), log::credentialsSet);
  }

  @Bean
  Administrators administrators(
      OwnAccessTokens tokens, Users users, SecondFactor secondFactor, RegistryLog log) {
    return new Administrators(tokens, users, secondFactor, log);
  }

  @Bean
  UserEndpoint userEndpoint(
      Administrators administrators,
      Users users,
      PasswordLinks links,
      JdbcGrants grants,
      SecondFactor secondFactor,
      RegistryLog log,
      PublicUrls urls) {
    return new UserEndpoint(
        administrators,
        new UserRegistry(users, links, grants, secondFactor, log, InstantSource.system()),
        urls);
  }

  @Bean
  ClientEndpoint clientEndpoint(
      Administrators administrators,
      Clients clients,
      JdbcGrants grants,
      PasswordEncoder passwords,
      RegistryLog log,
      PublicUrls urls) {
    return new ClientEndpoint(
        administrators, new ClientRegistry(clients, grants, passwords, log), urls);
  }
}
