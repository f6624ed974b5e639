package org.auscult.server.access;

import ca.uhn.fhir.batch2.api.IJobCoordinator;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.auscult.access.AccessPolicy;
import org.auscult.access.Reach;
import org.auscult.access.Requester;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.access.fhir.EntryAccess;
import org.auscult.access.fhir.ExportAccess;
import org.auscult.access.fhir.ExportContents;
import org.auscult.access.fhir.IncomingAccess;
import org.auscult.access.fhir.OutgoingAccess;
import org.auscult.access.fhir.TieFinder;
import org.auscult.access.fhir.TieInterceptor;
import org.auscult.access.fhir.WriteAccess;
import org.auscult.audit.AuditTrail;
import org.auscult.server.auth.grant.RevokedTokens;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.config.FhirEndpointConfiguration.RestInterceptors;
import org.auscult.server.keys.KeyRing;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Verification of access tokens, and the policy at every pointcut of the FHIR API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
public class AccessConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);
  private static final Duration LONGEST_OWN = Duration.ofHours(1);
  private static final String FHIR = "/fhir";

  @Bean
  Enforcement accessEnforcement(AccessSettings settings) {
    if (!settings.enforced()) {
      LOG.warn(
          "!!! The FHIR API is open to every user and program of this machine:"
              + " auscult.access.enforced is false. Take that away.");
    }
    return new Enforcement(settings.enforced());
  }

  @Bean
  AccessTokens accessTokens(
      AccessSettings settings,
      AuscultSettings auscult,
      Environment environment,
      KeyRing keys,
      ObjectProvider<RevokedTokens> revocations) {
    Supplier<String> fhirBase = () -> fhirBase(auscult, environment);
    Clock clock = Clock.systemUTC();
    Map<String, AccessTokens.Trusted> outside = new HashMap<>();
    settings
        .issuers()
        .values()
        .forEach(
            issuer -> outside.put(issuer.issuer(), outside(issuer, settings, fhirBase, clock)));
    Map<String, Map<String, AccessTokens.Trusted>> byBase = new ConcurrentHashMap<>();
    return new AccessTokens(
        () ->
            byBase.computeIfAbsent(
                fhirBase.get(), base -> withOwn(outside, base, settings, keys, clock)),
        fhirBase,
        requester -> isEnded(requester, revocations.getIfAvailable(), root(fhirBase.get())));
  }

  /** Of its own authorization server alone this server knows whose token counts no more. */
  private static boolean isEnded(
      Requester requester, @Nullable RevokedTokens revoked, String ownIssuer) {
    return revoked != null
        && requester.issuer().equals(ownIssuer)
        && revoked.isEnded(
            Objects.requireNonNullElse(requester.tokenId(), ""),
            requester.subject(),
            requester.client());
  }

  @Bean
  FilterRegistrationBean<TokenFilter> tokenFilter(AccessTokens tokens, Enforcement enforced) {
    FilterRegistrationBean<TokenFilter> filter =
        new FilterRegistrationBean<>(new TokenFilter(tokens, enforced));
    filter.addUrlPatterns("/fhir", "/fhir/*");
    filter.setName("accessTokens");
    filter.setOrder(0);
    return filter;
  }

  /** Our own URL is known only once the port is open; then it stays. */
  private static Map<String, AccessTokens.Trusted> withOwn(
      Map<String, AccessTokens.Trusted> outside,
      String base,
      AccessSettings settings,
      KeyRing keys,
      Clock clock) {
    Map<String, AccessTokens.Trusted> all = new HashMap<>(outside);
    String root = root(base);
    all.put(root, own(root, base, settings, keys, clock));
    return Map.copyOf(all);
  }

  private static String root(String base) {
    return base.endsWith(FHIR) ? base.substring(0, base.length() - FHIR.length()) : base;
  }

  @Bean
  JdbcPatientTies patientTies(JdbcTemplate jdbc) {
    return new JdbcPatientTies(jdbc, Clock.systemUTC());
  }

  @Bean
  TieFinder tieFinder(
      AuscultSettings auscult,
      Environment environment,
      DaoRegistry daos,
      SearchParamMatcher matcher,
      FhirContext fhir) {
    return new TieFinder(
        fhir.newTerser(),
        base -> base.equals(fhirBase(auscult, environment)),
        new DaoStoredResources(daos, matcher));
  }

  @Bean
  FhirInterceptors tieInterceptor(JdbcPatientTies ties, TieFinder finder) {
    return new FhirInterceptors(List.of(new TieInterceptor(ties, finder)));
  }

  @Bean
  TieBackfill tieBackfill(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      DaoRegistry daos,
      JdbcPatientTies ties,
      TieFinder finder) {
    return new TieBackfill(jdbc, new TransactionTemplate(transactions), daos, ties, finder);
  }

  @Bean
  FhirOperations emergencyAccess(
      DaoRegistry daos,
      JdbcPatientTies ties,
      AuditTrail trail,
      PlatformTransactionManager transactions,
      AccessSettings settings) {
    return new FhirOperations(
        List.of(
            new EmergencyAccess(
                daos.getResourceDao(Task.class),
                ties,
                trail,
                new TransactionTemplate(transactions),
                settings.emergencyTime(),
                Clock.systemUTC())));
  }

  @Bean
  AccessSessions accessSessions(
      AccessSettings settings,
      AuscultSettings auscult,
      Environment environment,
      JdbcPatientTies ties,
      DaoRegistry daos,
      SearchParamMatcher matcher,
      FhirContext fhir) {
    return new AccessSessions(
        AccessPolicy.load(),
        ties,
        settings.singleSite() ? Reach.Sites.ONE : Reach.Sites.SEPARATE,
        new StoredConsentRules(daos.getResourceDao(Consent.class)),
        new DaoStoredResources(daos, matcher),
        fhir,
        base -> base.equals(fhirBase(auscult, environment)));
  }

  /** In the REST layer's registry, so that this server's own work meets none of them. */
  @Bean
  RestInterceptors accessInterceptors(
      AccessSessions sessions,
      Enforcement enforced,
      ISearchParamRegistry parameters,
      FhirContext fhir,
      IJobCoordinator jobs) {
    EntryAccess entries = new EntryAccess();
    return new RestInterceptors(
        List.of(
            new IncomingAccess(sessions, entries, parameters, enforced),
            entries,
            new WriteAccess(fhir.newTerser()),
            new ExportAccess(fhir, id -> owner(jobs, id)),
            new OutgoingAccess()));
  }

  /** In the storage's registry: an export's own threads know no request. */
  @Bean
  FhirInterceptors exportContents(AccessSessions sessions) {
    return new FhirInterceptors(List.of(new ExportContents(sessions, Clock.systemUTC())));
  }

  private static Optional<String> owner(IJobCoordinator jobs, String id) {
    try {
      return Optional.ofNullable(
          jobs.getInstance(id)
              .getParameters(BulkExportJobParameters.class)
              .getBinarySecurityContextIdentifierValue());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private static AccessTokens.Trusted own(
      String root, String base, AccessSettings settings, KeyRing keys, Clock clock) {
    return new AccessTokens.Trusted(
        new TokenIssuer(
            new TokenIssuer.Rules(
                root,
                () -> Set.of(base),
                Set.of("at+jwt"),
                Set.of(JWSAlgorithm.RS256),
                settings.leeway(),
                LONGEST_OWN),
            TokenKeys.own(keys, clock),
            clock),
        TokenClaims.OWN);
  }

  private static AccessTokens.Trusted outside(
      AccessSettings.Issuer issuer,
      AccessSettings settings,
      Supplier<String> fhirBase,
      Clock clock) {
    return new AccessTokens.Trusted(
        new TokenIssuer(
            new TokenIssuer.Rules(
                issuer.issuer(),
                () ->
                    issuer.audiences().isEmpty()
                        ? Set.of(fhirBase.get())
                        : Set.copyOf(issuer.audiences()),
                issuer.types(),
                issuer.jwsAlgorithms(),
                settings.leeway(),
                null),
            TokenKeys.at(issuer.jwksUrl()),
            clock),
        new TokenClaims(issuer.claims(), issuer.roles(), issuer.defaultRoles()));
  }

  /** From configuration, or this machine and the port that is open; never from a request. */
  private static String fhirBase(AuscultSettings settings, Environment environment) {
    String configured = settings.publicBaseUrl();
    if (configured != null) {
      return configured.replaceFirst("/+$", "");
    }
    String given = environment.getProperty("server.port", "8080");
    return "http://127.0.0.1:" + environment.getProperty("local.server.port", given) + FHIR;
  }
}
