package org.auscult.prove.smart;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.rest.client.api.IClientInterceptor;
import ca.uhn.fhir.rest.client.api.IHttpRequest;
import ca.uhn.fhir.rest.client.api.IHttpResponse;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives HAPI's client the tokens of a backend service, renewed before they end.
 *
 * <p>Source: SMART Backend Services 2.2. Threads: not safe.
 */
final class BackendTokens implements IClientInterceptor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final int EARLIER_SECONDS = 5;

  private final HttpClient http = HttpClient.newHttpClient();
  private final BearerTokenAuthInterceptor bearer = new BearerTokenAuthInterceptor();
  private final String fhir;
  private final String client;
  private final JWK key;
  private final String scope;
  private Instant end = Instant.MIN;
  private int issued;

  BackendTokens(String fhir, String client, JWK key, String scope) {
    this.fhir = fhir;
    this.client = client;
    this.key = key;
    this.scope = scope;
  }

  /** What the token endpoint answered. */
  record Answer(int status, JsonNode body) {}

  @Override
  public void interceptRequest(IHttpRequest request) {
    if (Instant.now().isAfter(end)) {
      renew();
    }
    bearer.interceptRequest(request);
  }

  @Override
  public void interceptResponse(IHttpResponse response) {}

  private void renew() {
    try {
      Answer answer = ask();
      if (answer.status() != 200) {
        throw new IllegalStateException("No token: " + answer.body().path("error").asText());
      }
      bearer.setToken(answer.body().path("access_token").asText());
      long life = answer.body().path("expires_in").asLong();
      end = Instant.now().plusSeconds(life - EARLIER_SECONDS);
      issued++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Forgets the token, as at its end. */
  void forget() {
    end = Instant.MIN;
  }

  @Nullable String token() {
    return bearer.getToken();
  }

  Instant end() {
    return end;
  }

  int issued() {
    return issued;
  }

  /** Asks for a token as it is configured. */
  Answer ask() throws IOException, InterruptedException {
    String endpoint =
        get(fhir + "/.well-known/smart-configuration").path("token_endpoint").asText();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("scope", scope);
    form.put("client_assertion_type", ASSERTION);
    form.put("client_assertion", assertion(endpoint));
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  private JsonNode get(String url) throws IOException, InterruptedException {
    return JSON.readTree(
        http.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body());
  }

  private String assertion(String endpoint) {
    try {
      JWSAlgorithm algorithm = key instanceof ECKey ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
      JWSSigner signer =
          key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
      SignedJWT assertion =
          new SignedJWT(
              new JWSHeader.Builder(algorithm)
                  .type(JOSEObjectType.JWT)
                  .keyID(key.getKeyID())
                  .build(),
              new JWTClaimsSet.Builder()
                  .issuer(client)
                  .subject(client)
                  .audience(endpoint)
                  .expirationTime(Date.from(Instant.now().plusSeconds(240)))
                  .jwtID(UUID.randomUUID().toString())
                  .build());
      assertion.sign(signer);
      return assertion.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("The proof made a key that cannot sign", e);
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
