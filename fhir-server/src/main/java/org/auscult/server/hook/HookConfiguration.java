package org.auscult.server.hook;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.cds.LocalPatients;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.client.CallerVerifier;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.cds.hook.HookPorts;
import org.auscult.cds.hook.HookSettings;
import org.auscult.cds.hook.PatientMatch;
import org.auscult.cds.web.CdsHooksController;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.model.ModelCatalog;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.PredictionService;
import org.auscult.server.caller.TrustSettings;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.trace.CallTraces;
import org.auscult.serving.Breaker;
import org.auscult.serving.DeploymentRunner;
import org.auscult.timeline.TimelineReader;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** The CDS Hooks services of this server. */
@Configuration(proxyBeanMethods = false)
@Import(CallerConfiguration.class)
@EnableConfigurationProperties(ClientSettings.class)
public class HookConfiguration {
  private static final int MODEL_THREADS = 32;
  private static final int WAITING_MODELS = 256;

  /** In a row: then a model is not asked for a while. */
  private static final int FAILURES = 5;

  private static final Duration PAUSE = Duration.ofSeconds(30);

  @Bean
  LocalPatients localPatients(DaoRegistry daos) {
    return new StoredLocalPatients(daos.getResourceDao(Patient.class));
  }

  /** Hooks and launches decide alike who a patient of another server is. */
  @Bean
  PatientMatch patientMatch(HookSettings settings, LocalPatients patients) {
    return new PatientMatch(settings.localSources(), patients);
  }

  @Bean
  StoredUserRoles userRoles(DaoRegistry daos, HookSettings settings) {
    return new StoredUserRoles(
        daos.getResourceDao(PractitionerRole.class), settings.localSources());
  }

  @Bean
  HookPorts hookPorts(
      ModelCatalog models,
      TimelineReader timeline,
      LocalPatients localPatients,
      PredictionJournal journal,
      DisplayHistory history,
      CallerRecord callers,
      AccessSessions sessions,
      OrderRulesCatalog orderRules,
      StoredUserRoles users,
      CallTraces traces) {
    return new HookPorts(
        models,
        traces.timeline(timeline),
        localPatients,
        traces.journal(journal),
        traces.history(history),
        traces.callers(callers),
        users,
        new StoredDisclosure(sessions, users),
        orderRules);
  }

  /** Our own base URL is a local source, and what else the operator says (safety rule 1). */
  @Bean
  HookSettings hookSettings(
      AuscultSettings settings,
      ClientSettings clients,
      TrustSettings trust,
      Environment environment) {
    Set<String> sources = new LinkedHashSet<>(settings.localFhirServers());
    String own = settings.publicBaseUrl();
    if (own != null) {
      sources.add(own);
    } else {
      String port = environment.getProperty("server.port", "8080");
      sources.add("http://127.0.0.1:" + port + "/fhir");
      sources.add("http://localhost:" + port + "/fhir");
    }
    return new HookSettings(
        sources,
        settings.zone(),
        clients.asClients(root(own, environment), trust.clients().keySet()));
  }

  /** Our root as callers know it: the FHIR base URL without its last part. */
  private static @Nullable String root(@Nullable String publicBaseUrl, Environment environment) {
    String port = environment.getProperty("server.port", "8080");
    String base = publicBaseUrl == null ? "http://127.0.0.1:" + port + "/fhir" : publicBaseUrl;
    boolean isKnown = base.matches(".*/fhir/*") && (publicBaseUrl != null || !port.equals("0"));
    return isKnown ? base.replaceFirst("/fhir/*$", "") : null;
  }

  /**
   * Threads for models; a call whose models find none free is answered without them. One that hangs
   * keeps its thread until it comes back.
   */
  @Bean(destroyMethod = "shutdownNow")
  ThreadPoolExecutor modelThreads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        MODEL_THREADS,
        MODEL_THREADS,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(WAITING_MODELS),
        work -> {
          Thread thread = new Thread(work, "model-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Bean
  DeploymentRunner deploymentRunner(
      PredictionService predictions,
      OrderCheckService orderChecks,
      @Qualifier("modelThreads") ThreadPoolExecutor modelThreads,
      CallTraces traces) {
    return new DeploymentRunner(
        predictions,
        orderChecks,
        traces.threads(modelThreads),
        new Breaker(FAILURES, PAUSE, InstantSource.system()));
  }

  @Bean
  HookEndpoint hookEndpoint(
      DeploymentCatalog deployments,
      PredictionService predictions,
      OrderCheckService orderChecks,
      DeploymentRunner runner,
      HookPorts ports,
      CodeUnits units,
      HookSettings settings) {
    return new HookEndpoint(
        deployments,
        predictions,
        orderChecks,
        runner,
        ports,
        new PrefetchReader(settings.zone(), units),
        settings,
        Clock.systemUTC());
  }

  @Bean
  CdsHooksController cdsHooksController(
      HookEndpoint endpoint, CallerVerifier callers, CallTraces traces) {
    return new CdsHooksController(endpoint, traces.verifier(callers));
  }

  /**
   * Browsers may call all three endpoints, with a token, from any page unless a client's origins
   * are set: no cookies are used.
   */
  @Bean
  CorsFilter cdsHooksCors(ClientSettings clients, HookSettings hooks) {
    Map<String, List<String>> origins = clients.origins();
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    for (ClientProfile client : hooks.clients().all()) {
      List<String> allowed = origins.getOrDefault(client.id(), List.of(CorsConfiguration.ALL));
      source.registerCorsConfiguration(client.servicesPath(), cors(allowed));
      source.registerCorsConfiguration(client.servicesPath() + "/**", cors(allowed));
    }
    // A path of nobody, so that a page can read that it is.
    source.registerCorsConfiguration(
        "/ehr/*/cds-services/**", cors(List.of(CorsConfiguration.ALL)));
    return new CorsFilter(source);
  }

  private static CorsConfiguration cors(List<String> origins) {
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOrigins(origins);
    cors.setAllowedMethods(List.of("GET", "POST", "OPTIONS"));
    cors.setAllowedHeaders(List.of("Authorization", "Content-Type", "Accept"));
    cors.setExposedHeaders(List.of("WWW-Authenticate", "Retry-After"));
    return cors;
  }
}
