package org.auscult.prove.smart;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;

/** HAPI's own client as a backend service. */
final class BackendCases {
  private static final String LOADER_SCOPES = "system/*.cruds";
  private static final int LIFE = 300;

  private final FhirContext fhir = FhirContext.forR4();
  private final Registry registry;
  private final TwoSites sites;
  private final String base;
  private final List<String> failures = new ArrayList<>();
  private int checked;

  BackendCases(String base, Registry registry, TwoSites sites) {
    this.base = base;
    this.registry = registry;
    this.sites = sites;
    fhir.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    fhir.getRestfulClientFactory().setSocketTimeout(120_000);
  }

  private IGenericClient client(BackendTokens tokens) {
    IGenericClient client = fhir.newRestfulGenericClient(base);
    client.registerInterceptor(tokens);
    return client;
  }

  private BackendTokens loader(JWK key) {
    return new BackendTokens(base, Registry.LOADER, key, LOADER_SCOPES);
  }

  /** Fills the record, by RS384. */
  void write() {
    sites.write(client(loader(registry.rsa)), registry);
  }

  /** Opens the chart of a patient with the app, as an EHR does; the address to go to. */
  String launch(String intent) {
    Parameters asked = new Parameters();
    asked.addParameter("client", Registry.APP);
    asked.addParameter("user", registry.clinician.name());
    asked.addParameter("encounter", sites.encounter());
    asked.addParameter("intent", intent);
    asked.addParameter("needPatientBanner", "false");
    Parameters answer =
        client(loader(registry.rsa))
            .operation()
            .onInstance("Patient/" + sites.near())
            .named("$launch")
            .withParameters(asked)
            .execute();
    return answer.getParameter("url").getValue().primitiveValue();
  }

  /** Runs the cases; the breaches. */
  List<String> run(Conditions conditions) throws IOException, InterruptedException {
    long start = System.nanoTime();
    renewal(conditions);
    narrowed();
    wrongKeys();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    conditions
        .out()
        .printf(
            "  backend services by HAPI's client: %d checks in %.1f s%n",
            checked, took.toMillis() / 1000.0);
    return failures;
  }

  private void check(String what, boolean holds) {
    checked++;
    if (!holds) {
      failures.add("backend service: " + what);
    }
  }

  private void renewal(Conditions conditions) throws IOException, InterruptedException {
    BackendTokens tokens = loader(registry.rsa);
    IGenericClient client = client(tokens);
    check("RS384 reads", reads(client, sites.near()));
    check("a search finds all of a patient", found(client, sites.near()) == 5);
    check("a token serves several requests", tokens.issued() == 1);
    Instant end = Instant.now().plusSeconds(LIFE);
    check("a token lives 300 s at the most", !tokens.end().isAfter(end));
    String first = Objects.requireNonNull(tokens.token());
    if (conditions.length() == Length.WHOLE) {
      waitPast(end, conditions.out());
      check("a token that has expired is refused", isRefused(first));
    } else {
      tokens.forget();
    }
    check("a token is renewed", reads(client, sites.near()) && tokens.issued() == 2);
    check("a renewed token is another", !first.equals(tokens.token()));
    BackendTokens.Answer answer = tokens.ask();
    check("there is no refresh token", !answer.body().has("refresh_token"));
    check("expires_in is told", answer.body().path("expires_in").asInt() <= LIFE);
  }

  private static void waitPast(Instant end, PrintStream out) throws InterruptedException {
    out.printf("  waiting %d s for a token to expire ...%n", LIFE);
    while (Instant.now().isBefore(end.plusSeconds(3))) {
      Thread.sleep(500);
    }
  }

  private boolean isRefused(String token) {
    IGenericClient client = fhir.newRestfulGenericClient(base);
    client.registerInterceptor(new BearerTokenAuthInterceptor(token));
    try {
      client.read().resource(Patient.class).withId(sites.near()).execute();
      return false;
    } catch (AuthenticationException e) {
      return true;
    }
  }

  private static boolean reads(IGenericClient client, String patient) {
    return client
        .read()
        .resource(Patient.class)
        .withId(patient)
        .execute()
        .getIdElement()
        .getIdPart()
        .equals(patient);
  }

  private static int found(IGenericClient client, String patient) {
    return client
        .search()
        .forResource(Observation.class)
        .where(Observation.PATIENT.hasId(patient))
        .count(100)
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .size();
  }

  /** ES384; what is asked for is less than what is registered, and what is given is no more. */
  private void narrowed() throws IOException, InterruptedException {
    IGenericClient both = client(reader("system/Patient.rs"));
    check("ES384 reads", reads(both, sites.near()));
    check(
        "ES384 searches",
        both.search()
            .forResource(Patient.class)
            .where(Patient.RES_ID.exactly().code(sites.near()))
            .returnBundle(Bundle.class)
            .execute()
            .hasEntry());
    check("no type beyond the scopes is searched", isForbidden(() -> found(both, sites.near())));
    IGenericClient narrow = client(reader("system/Patient.r"));
    check("a narrowed token reads", reads(narrow, sites.near()));
    check(
        "a narrowed token does not search",
        isForbidden(
            () ->
                narrow
                    .search()
                    .forResource(Patient.class)
                    .where(Patient.RES_ID.exactly().code(sites.near()))
                    .returnBundle(Bundle.class)
                    .execute()));
    check(
        "nothing is written without c or u",
        isForbidden(() -> narrow.create().resource(new Patient()).execute()));
    check(
        "nothing is deleted without d",
        isForbidden(() -> narrow.delete().resourceById("Patient", sites.other()).execute()));
    BackendTokens.Answer beyond = reader("system/Observation.rs").ask();
    check(
        "scopes beyond what is registered are refused",
        beyond.status() == 400 && error(beyond).equals("invalid_scope"));
  }

  private BackendTokens reader(String scopes) {
    return new BackendTokens(base, Registry.READER, registry.ec, scopes);
  }

  private static boolean isForbidden(Runnable call) {
    try {
      call.run();
      return false;
    } catch (ForbiddenOperationException e) {
      return true;
    } catch (BaseServerResponseException e) {
      return false;
    }
  }

  private static String error(BackendTokens.Answer answer) {
    return answer.body().path("error").asText();
  }

  private void wrongKeys() throws IOException, InterruptedException {
    for (JWK wrong : List.of(strange("proof-rsa"), registry.ec, strangeCurve())) {
      BackendTokens.Answer answer = loader(wrong).ask();
      check(
          "a wrong key is invalid_client, not " + error(answer),
          answer.status() == 401 && error(answer).equals("invalid_client"));
    }
    BackendTokens.Answer nobody =
        new BackendTokens(base, "never-registered", registry.rsa, LOADER_SCOPES).ask();
    check("an unknown client is invalid_client", error(nobody).equals("invalid_client"));
  }

  private static JWK strange(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWK strangeCurve() {
    try {
      return new ECKeyGenerator(Curve.P_384).keyID("proof-rsa").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
