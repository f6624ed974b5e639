package org.auscult.server.auth;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.util.List;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.ehr.Ehrs;
import org.auscult.server.auth.grant.JdbcGrants;
import org.auscult.server.auth.grant.OwnAccessTokens;
import org.auscult.server.auth.grant.RevokedTokens;
import org.auscult.server.auth.grant.TokenKeys;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.PatientDirectory;
import org.auscult.server.auth.launch.PickerLog;
import org.auscult.server.auth.page.AccountPage;
import org.auscult.server.auth.page.ConsentPage;
import org.auscult.server.auth.page.ErrorPage;
import org.auscult.server.auth.page.LoginPage;
import org.auscult.server.auth.page.PatientPage;
import org.auscult.server.auth.page.SmartConfiguration;
import org.auscult.server.auth.page.StyleSheet;
import org.auscult.server.auth.page.UserInfo;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.config.FhirEndpointConfiguration.RestInterceptors;
import org.auscult.server.config.PublicUrls;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.CorsFilter;

/** Pages, discovery, and who may call from a browser. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {
  @Bean
  LoginPage loginPage() {
    return new LoginPage();
  }

  @Bean
  AccountPage accountPage(Users users) {
    return new AccountPage(users);
  }

  @Bean
  ConsentPage consentPage(
      JdbcGrants grants,
      Clients clients,
      Users users,
      Launches launches,
      PatientDirectory patients) {
    return new ConsentPage(grants, clients, users, launches, patients);
  }

  @Bean
  PatientPage patientPage(
      Users users,
      Clients clients,
      Launches launches,
      PatientDirectory patients,
      PickerLog log,
      PublicUrls urls) {
    return new PatientPage(users, clients, launches, patients, log, urls);
  }

  @Bean(ErrorPage.NAME)
  ErrorPage errorPage() {
    return new ErrorPage();
  }

  @Bean
  StyleSheet styleSheet() {
    return new StyleSheet();
  }

  @Bean
  OwnAccessTokens ownAccessTokens(TokenKeys keys, RevokedTokens revoked, PublicUrls urls) {
    return new OwnAccessTokens(keys, revoked, urls);
  }

  @Bean
  UserInfo userInfo(OwnAccessTokens tokens, Users users, PublicUrls urls) {
    return new UserInfo(tokens, users, urls);
  }

  /** The exact path comes before HAPI's {@code /fhir/*}. */
  @Bean
  ServletRegistrationBean<SmartConfiguration> smartConfiguration(PublicUrls urls) {
    ServletRegistrationBean<SmartConfiguration> servlet =
        new ServletRegistrationBean<>(
            new SmartConfiguration(urls), "/fhir/.well-known/smart-configuration");
    servlet.setName("smart-configuration");
    return servlet;
  }

  @Bean
  FhirOperations launchOperation(
      Clients clients, Users users, Launches launches, DaoRegistry daos, PublicUrls urls) {
    return new FhirOperations(List.of(new LaunchOperation(clients, users, launches, daos, urls)));
  }

  @Bean
  RestInterceptors smartCapabilities(PublicUrls urls) {
    return new RestInterceptors(List.of(new SmartCapabilities(urls)));
  }

  @Bean
  AuthorizeFilter authorizeFilter(Clients clients, Users users, PublicUrls urls) {
    return new AuthorizeFilter(clients, users, urls);
  }

  /** It stands in the chain of clients alone. */
  @Bean
  FilterRegistrationBean<AuthorizeFilter> authorizeFilterIsNoServletFilter(AuthorizeFilter filter) {
    FilterRegistrationBean<AuthorizeFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setEnabled(false);
    return registration;
  }

  @Bean
  RegisteredOrigins registeredOrigins(Clients clients) {
    return new RegisteredOrigins(clients);
  }

  @Bean
  ContentPolicy contentPolicy(Clients clients, Ehrs ehrs) {
    return new ContentPolicy(clients, ehrs);
  }

  @Bean
  FilterRegistrationBean<CorsFilter> smartCors(RegisteredOrigins origins) {
    FilterRegistrationBean<CorsFilter> filter =
        new FilterRegistrationBean<>(new CorsFilter(origins));
    filter.addUrlPatterns("/fhir/*", "/userinfo", "/oauth2/smart-style.json");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return filter;
  }

  /** The session's cookie: unseen by scripts, not sent from other sites but by links. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> sessionCookie(PublicUrls urls) {
    return factory -> {
      var cookie = factory.getSession().getCookie();
      cookie.setHttpOnly(true);
      cookie.setSameSite(SameSite.LAX);
      cookie.setSecure(urls.root().startsWith("https:"));
    };
  }
}
