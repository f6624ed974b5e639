package org.auscult.server.auth;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.auscult.audit.AuditTrail;
import org.auscult.server.auth.client.AssertionConverter;
import org.auscult.server.auth.client.AssertionDecoders;
import org.auscult.server.auth.client.ClientKeys;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.client.GivenOnce;
import org.auscult.server.auth.client.PublicClients;
import org.auscult.server.auth.client.Registrations;
import org.auscult.server.auth.client.SeenAssertions;
import org.auscult.server.auth.ehr.BrowserCookie;
import org.auscult.server.auth.ehr.FederatedLogin;
import org.auscult.server.auth.grant.JdbcGrants;
import org.auscult.server.auth.grant.LaunchResponse;
import org.auscult.server.auth.grant.OwnIntrospection;
import org.auscult.server.auth.grant.RefreshTokens;
import org.auscult.server.auth.grant.TokenContents;
import org.auscult.server.auth.grant.TokenKeys;
import org.auscult.server.auth.launch.LaunchReach;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.user.LoginDetails;
import org.auscult.server.auth.user.LoginProvider;
import org.auscult.server.auth.user.LoginThrottle;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Spring Security, on the paths of the authorization server and on no others: the servlet container
 * does not even call it for the FHIR API, the hooks and the actuator.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityChains {
  private static final List<String> OF_CLIENTS =
      List.of(
          "/oauth2/authorize",
          "/oauth2/token",
          "/oauth2/jwks",
          "/oauth2/revoke",
          "/oauth2/introspect",
          "/.well-known/openid-configuration",
          "/.well-known/oauth-authorization-server");

  private static final List<String> OF_USERS =
      List.of("/login", "/logout", "/oauth2/consent", "/oauth2/patient", "/oauth2/account");

  /** What the library's own chain covers, also of others' paths, is passed over. */
  @Bean
  @Order(1)
  SecurityFilterChain clientChain(
      HttpSecurity http,
      Clients clients,
      Registrations registrations,
      Users users,
      JdbcGrants grants,
      Launches launches,
      LaunchReach reach,
      OAuth2TokenGenerator<?> tokens,
      AssertionDecoders assertions,
      AuthorizeFilter authorizeFilter,
      BrowserCookie browsers,
      RegisteredOrigins origins,
      AuthAudit audit,
      PublicUrls urls)
      throws Exception {
    PublicClients publicClients = new PublicClients(registrations, grants);
    AuthorizeRules rules = new AuthorizeRules(launches, users, reach, urls);
    OAuth2AccessTokenResponseAuthenticationSuccessHandler tokenResponse =
        new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
    tokenResponse.setAccessTokenResponseCustomizer(
        new LaunchResponse(grants, launches, urls).andThen(new AuditedTokens(audit)));
    Refusals refusals = new Refusals(audit);
    OwnIntrospection introspection =
        new OwnIntrospection(
            new OAuth2TokenIntrospectionAuthenticationProvider(registrations, grants),
            clients,
            asking -> audit.token("introspect", asking, asking, "", List.of()));
    Metadata metadata = new Metadata(urls);

    http.securityMatcher(anyOf(OF_CLIENTS))
        .with(
            OAuth2AuthorizationServerConfigurer.authorizationServer(),
            server ->
                server
                    .registeredClientRepository(registrations)
                    .authorizationService(grants)
                    .authorizationConsentService(new AskedEachTime())
                    .tokenGenerator(tokens)
                    .clientAuthentication(
                        proof ->
                            proof
                                .errorResponseHandler(refusals)
                                .authenticationSuccessHandler(Refusals::proved)
                                .authenticationConverters(
                                    all -> {
                                      all.add(0, new GivenOnce());
                                      all.add(1, new AssertionConverter());
                                      all.add(2, publicClients);
                                    })
                                .authenticationProviders(
                                    all -> {
                                      all.add(0, publicClients);
                                      all.forEach(provider -> check(provider, assertions));
                                    }))
                    .authorizationEndpoint(
                        endpoint ->
                            endpoint
                                .consentPage("/oauth2/consent")
                                .authorizationRequestConverters(
                                    all ->
                                        all.add(
                                            0, new AuthorizeConverter(clients, users, launches)))
                                .authenticationProviders(
                                    all -> {
                                      all.forEach(provider -> check(provider, rules));
                                      all.replaceAll(each -> new AuditedAuthorize(each, audit));
                                    }))
                    .tokenEndpoint(
                        endpoint ->
                            endpoint
                                .accessTokenResponseHandler(tokenResponse)
                                .errorResponseHandler(refusals)
                                .authenticationProviders(
                                    all -> all.forEach(SecurityChains::checkBackend)))
                    .tokenIntrospectionEndpoint(
                        endpoint ->
                            endpoint
                                .authenticationProvider(introspection)
                                .errorResponseHandler(refusals))
                    .tokenRevocationEndpoint(
                        endpoint ->
                            endpoint
                                .revocationResponseHandler(
                                    (request, response, client) -> {
                                      String name = nameOfClient(client);
                                      audit.token("revoke", name, name, "", List.of());
                                      response.setStatus(200);
                                    })
                                .errorResponseHandler(refusals))
                    .authorizationServerMetadataEndpoint(
                        endpoint -> endpoint.authorizationServerMetadataCustomizer(metadata::of))
                    .oidc(
                        oidc ->
                            oidc.providerConfigurationEndpoint(
                                endpoint ->
                                    endpoint.providerConfigurationCustomizer(metadata::ofOpenId))))
        .oauth2ResourceServer(SecurityChains::noToken)
        .authorizeHttpRequests(all -> all.anyRequest().authenticated())
        .cors(cors -> cors.configurationSource(origins))
        .headers(headers -> headers.addHeaderWriter(new StaticHeadersWriter("Pragma", "no-cache")))
        .addFilterAfter(new FederatedLogin(launches, grants, browsers), LogoutFilter.class)
        .addFilterAfter(authorizeFilter, FederatedLogin.class)
        .exceptionHandling(
            handling ->
                handling
                    .defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint("/login"),
                        withDefaults().matcher("/oauth2/authorize"))
                    .defaultAuthenticationEntryPointFor(
                        SecurityChains::invalidClient, request -> true));
    return http.build();
  }

  /** With OpenID the library lets an access token sign in; here only a user's login does. */
  private static void noToken(OAuth2ResourceServerConfigurer<HttpSecurity> resources) {
    resources
        .bearerTokenResolver(request -> null)
        .jwt(
            jwt ->
                jwt.decoder(
                    token -> {
                      throw new BadJwtException("No endpoint here takes an access token");
                    }));
  }

  private static void check(AuthenticationProvider provider, AssertionDecoders assertions) {
    if (provider instanceof JwtClientAssertionAuthenticationProvider library) {
      library.setJwtDecoderFactory(assertions);
    }
  }

  private static void check(AuthenticationProvider provider, AuthorizeRules rules) {
    if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider library) {
      library.setAuthenticationValidator(rules);
    }
  }

  private static void checkBackend(AuthenticationProvider provider) {
    if (provider instanceof OAuth2ClientCredentialsAuthenticationProvider library) {
      library.setAuthenticationValidator(new BackendScopes());
    }
  }

  private static String nameOfClient(Authentication revocation) {
    return revocation.getPrincipal() instanceof Authentication client
        ? client.getName()
        : revocation.getName();
  }

  private static void invalidClient(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
      throws IOException {
    response.setStatus(401);
    response.setContentType("application/json");
    response.getWriter().write("{\"error\":\"invalid_client\"}");
  }

  @Bean
  @Order(2)
  SecurityFilterChain userChain(
      HttpSecurity http,
      LoginProvider login,
      JdbcGrants grants,
      Launches launches,
      BrowserCookie browsers,
      AuthAudit audit,
      ContentPolicy policy)
      throws Exception {
    http.securityMatcher(anyOf(OF_USERS))
        .addFilterAfter(new FederatedLogin(launches, grants, browsers), LogoutFilter.class)
        .authenticationProvider(login)
        .addFilterBefore(new KnownUser(audit), CsrfFilter.class)
        .authorizeHttpRequests(
            all ->
                all.requestMatchers(withDefaults().matcher("/login"))
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .formLogin(
            form ->
                form.loginPage("/login")
                    .authenticationDetailsSource(LoginDetails::from)
                    .failureUrl("/login?refused")
                    .defaultSuccessUrl("/oauth2/account"))
        .logout(
            logout ->
                logout
                    .addLogoutHandler(
                        (request, response, user) -> {
                          if (user != null) {
                            audit.signedOut(user.getName());
                            grants.endOnline(user.getName());
                            grants.endFederated(user.getName());
                          }
                        })
                    .logoutSuccessUrl("/login?bye"))
        .headers(
            headers ->
                headers
                    // Ours says it for each page: who was signed in by an EHR sees it in its frame.
                    .frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                    .addHeaderWriter(policy));
    return http.build();
  }

  private static RequestMatcher anyOf(List<String> paths) {
    return new OrRequestMatcher(
        paths.stream().map(path -> (RequestMatcher) withDefaults().matcher(path)).toList());
  }

  @Bean
  AuthAudit authAudit(AuditTrail trail, Users users, PublicUrls urls) {
    return new AuthAudit(trail, users, urls);
  }

  @Bean
  LoginProvider loginProvider(
      Users users, JdbcTemplate jdbc, PasswordEncoder passwords, AuthAudit audit) {
    InstantSource clock = InstantSource.system();
    return new LoginProvider(users, new LoginThrottle(jdbc, clock), passwords, clock, audit);
  }

  @Bean
  AssertionDecoders assertionDecoders(Clients clients, JdbcTemplate jdbc, PublicUrls urls) {
    InstantSource clock = InstantSource.system();
    return new AssertionDecoders(
        clients, new ClientKeys(), new SeenAssertions(jdbc, clock), urls, clock);
  }

  @Bean
  OAuth2TokenGenerator<?> tokenGenerator(
      TokenKeys keys,
      Users users,
      Clients clients,
      Launches launches,
      LaunchReach reach,
      PublicUrls urls,
      AuthSettings settings) {
    JwtGenerator jwts = new JwtGenerator(new NimbusJwtEncoder(keys));
    jwts.setJwtCustomizer(new TokenContents(keys, users, clients, launches, reach, urls));
    return new DelegatingOAuth2TokenGenerator(
        jwts,
        new RefreshTokens(settings.onlineLife(), settings.offlineLife(), InstantSource.system()));
  }

  /** The issuer is that of the request, which {@link PublicAddressFilter} makes the public one. */
  @Bean
  AuthorizationServerSettings authorizationServerSettings() {
    return AuthorizationServerSettings.builder().build();
  }

  @Bean
  FilterRegistrationBean<Filter> securityFilter(
      @Qualifier("springSecurityFilterChain") Filter springSecurityFilterChain) {
    return registration(springSecurityFilterChain, -100);
  }

  @Bean
  FilterRegistrationBean<Filter> publicAddressFilter(PublicUrls urls) {
    return registration(new PublicAddressFilter(urls), -101);
  }

  private static FilterRegistrationBean<Filter> registration(Filter filter, int order) {
    FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    registration.setUrlPatterns(
        Arrays.asList(
            "/oauth2/*",
            "/login",
            "/logout",
            "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server"));
    return registration;
  }

  /** Without it the registry of sessions would keep those that ended. */
  @Bean
  ServletListenerRegistrationBean<HttpSessionEventPublisher> sessionEvents() {
    return new ServletListenerRegistrationBean<>(new HttpSessionEventPublisher());
  }
}
