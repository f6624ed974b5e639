package org.auscult.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.util.Map;
import org.auscult.server.auth.LaunchingEhr;
import org.auscult.server.caller.Ehr;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.notification.ToldReceiver;
import org.auscult.server.trace.TraceReceiver;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Base of all tests against the running server on H2: one context, shared, so no test may depend on
 * an empty store. Starter definitions and models are registered.
 */
@AutoConfigureObservability(tracing = false)
@SpringBootTest(
    classes = AuscultApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "auscult.db-url=jdbc:h2:mem:auscult;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000",
      "auscult.starter=live",
      "server.address=127.0.0.1",
      "auscult.authorization-server.enabled=true",
      "auscult.local-fhir-servers=" + ServerTest.OUR_FHIR_SERVER,
      "auscult.clients.default.public-base-url=" + ServerTest.OUR_HOOKS,
      "auscult.access.enforced=true",
      "auscult.callers.authentication=required",
      "auscult.definitions.reviewed=" + ServerTest.REVIEWED,
      "auscult.definitions.profile-vectors=2000",
      "auscult.clients.ward.public-base-url=" + ServerTest.OUR_HOOKS,
      "auscult.clients.lenient.public-base-url=" + ServerTest.OUR_HOOKS,
      "auscult.clients.lenient.authentication=optional",
      "auscult.clients.north.public-base-url=" + ServerTest.OUR_HOOKS,
      "auscult.clients.sandbox.public-base-url=" + ServerTest.OUR_HOOKS,
      "auscult.clients.guarded.public-base-url=" + ServerTest.OUR_HOOKS,
      "auscult.clients.hasty.public-base-url=" + ServerTest.OUR_HOOKS,
      "auscult.clients.hasty.calls-per-second=1",
      "auscult.clients.hasty.origins=https://hasty.example.org",
      "auscult.clients.north.prefetch.codes-per-query=1",
      "auscult.clients.north.markdown=false",
      "auscult.clients.north.feedback=false",
      "auscult.clients.north.hooks=patient-view",
      "auscult.clients.north.fhir-servers=https://north.example.org/fhir"
    })
@ExtendWith(ClosedAtEnd.class)
public abstract class ServerTest {
  /** As callers name us: a patient id of this server is ours. */
  public static final String OUR_FHIR_SERVER = "https://ehr.example.org/fhir";

  /** Definitions under such a URL become active only when they are reviewed. */
  public static final String REVIEWED = "https://reviewed.example.org/";

  /** As callers know the root of our hooks. */
  public static final String OUR_HOOKS = "https://hooks.example.org/auscult";

  /** The public sandbox, with a key of the test. */
  protected static final Ehr SANDBOX = Ehr.signing("https://sandbox.cds-hooks.org");

  /** An EHR of which nothing is particular. */
  protected static final Ehr WARD = Ehr.signing("https://ward.example.org");

  /** How the EHR of {@link #LAUNCHING} signs its calls of hooks. */
  protected static final Ehr CARDS_OF_LAUNCHING = Ehr.signing("https://launching.example.org");

  /** An EHR that cannot do much. */
  protected static final Ehr NORTH = Ehr.signing("https://north.example.org");

  /** An EHR whose path tests of callers use. */
  protected static final Ehr GUARDED = Ehr.signing("https://guarded.example.org");

  /** An EHR that may call once in a second, from its own pages. */
  protected static final Ehr HASTY = Ehr.signing("https://hasty.example.org");

  /** An EHR that launches applications, whose practitioners are clinicians here. */
  protected static final LaunchingEhr LAUNCHING = LaunchingEhr.confidential();

  /** Another one, where nobody has a role here but who is named. */
  protected static final LaunchingEhr LAUNCHING_TOO = LaunchingEhr.open();

  /** Who is told of what monitoring finds; tests say when. */
  protected static final ToldReceiver TOLD = ToldReceiver.start();

  @LocalServerPort protected int port;
  @Autowired protected FhirContext fhirContext;
  @Autowired protected KeyRing keyRing;

  @DynamicPropertySource
  static void launches(DynamicPropertyRegistry registry) {
    Map.of("launching", LAUNCHING, "launching-too", LAUNCHING_TOO)
        .forEach(
            (id, ehr) -> {
              String client = "auscult.clients." + id;
              registry.add(client + ".fhir-servers", ehr::fhir);
              registry.add(client + ".public-base-url", () -> OUR_HOOKS);
              registry.add(client + ".launch.client-id", () -> "auscult-at-this-ehr");
              registry.add(client + ".launch.users.ada", () -> "Practitioner/ada-there");
            });
    String client = "auscult.clients.launching.launch";
    registry.add(client + ".app", () -> "launched-app");
    registry.add(client + ".users.paula", () -> "sub:paula-there");
    registry.add(client + ".roles", () -> "clinician");
    registry.add(client + ".sites", () -> "north");
    registry.add(client + ".frame-ancestors", () -> "https://ehr.example.org");
    registry.add("auscult.clients.launching-too.launch.authentication", () -> "public");
  }

  @DynamicPropertySource
  static void receivers(DynamicPropertyRegistry registry) {
    registry.add("auscult.notifications.interval", () -> "24h");
    // Tests ask for rounds themselves.
    registry.add("auscult.synthetic.interval", () -> "0");
    String receivers = "auscult.notifications.receivers.";
    registry.add(receivers + "site.endpoint", () -> TOLD.root() + "/site");
    registry.add(receivers + "moved.endpoint", () -> TOLD.root() + "/moved");
    registry.add(receivers + "inside.endpoint", () -> TOLD.inside() + "/inside");
    registry.add(receivers + "vendor.endpoint", () -> TOLD.root() + "/vendor");
    registry.add(receivers + "vendor.client", () -> "vendor");
    registry.add(
        receivers + "vendor.models", () -> "https://auscult.org/fhir/Library/prevent-2023");
  }

  /** Of this JVM alone: two of them share the tests out. */
  @DynamicPropertySource
  static void folder(DynamicPropertyRegistry registry) {
    registry.add("auscult.data-dir", () -> "target/server-test-" + ProcessHandle.current().pid());
  }

  @DynamicPropertySource
  static void collector(DynamicPropertyRegistry registry) {
    registry.add("auscult.tracing.endpoint", TraceReceiver::url);
  }

  @DynamicPropertySource
  static void issuers(DynamicPropertyRegistry registry) {
    Map.of(
            "ward",
            WARD,
            "north",
            NORTH,
            "launching",
            CARDS_OF_LAUNCHING,
            "sandbox",
            SANDBOX,
            "guarded",
            GUARDED,
            "hasty",
            HASTY)
        .forEach(
            (client, ehr) -> {
              registry.add("auscult.clients." + client + ".issuer", ehr::issuer);
              registry.add("auscult.clients." + client + ".keys", ehr::keys);
            });
  }

  protected final String rootUrl() {
    return "http://127.0.0.1:" + port;
  }

  /** Speaks HTTP to the server as somebody whom it knows. */
  protected final KnownCaller caller() {
    return new KnownCaller(rootUrl(), OUR_HOOKS, keyRing, WARD);
  }

  /** The same by HAPI's client. */
  protected final IGenericClient client() {
    fhirContext.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    fhirContext.getRestfulClientFactory().setSocketTimeout(120_000);
    IGenericClient client = fhirContext.newRestfulGenericClient(rootUrl() + "/fhir");
    client.registerInterceptor(caller());
    return client;
  }
}
