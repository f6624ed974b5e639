package org.auscult.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.auscult.access.Role;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;

/** Somebody with an access token of this server, who sends requests. */
public final class TokenHolder {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String root;
  private final KeyRing keys;
  private final UnaryOperator<JWTClaimsSet.Builder> claims;

  /** What was answered. */
  record Answer(int status, String body) {}

  TokenHolder(String root, KeyRing keys, UnaryOperator<JWTClaimsSet.Builder> claims) {
    this.root = root;
    this.keys = keys;
    this.claims = claims;
  }

  /** The token of a system that may reach every site of this server. */
  public static String ofSystem(String root, KeyRing keys) {
    return new TokenHolder(root, keys, given -> given.subject("system"))
        .role("system")
        .scope("system/*.cruds")
        .token();
  }

  /** The token of somebody with these roles, whom no site keeps out. */
  public static String ofRoles(String root, KeyRing keys, List<String> roles) {
    return new TokenHolder(root, keys, given -> given.subject("auditor").claim("roles", roles))
        .scope("user/*.cruds system/*.cruds")
        .token();
  }

  /** The token of a user with these roles, who works for no site. */
  public static String ofUser(String root, KeyRing keys, String fhirUser, List<String> roles) {
    return new TokenHolder(
            root, keys, given -> given.claim("fhirUser", fhirUser).claim("roles", roles))
        .scope("user/*.cruds")
        .token();
  }

  /** The token of a clinician in whose application this patient was launched. */
  public static String ofLaunch(String root, KeyRing keys, String fhirUser, String patient) {
    return new TokenHolder(
            root, keys, given -> given.claim("fhirUser", fhirUser).claim("patient", patient))
        .role("clinician")
        .scope("patient/*.cruds")
        .token();
  }

  /** The token of a user without sites, by the code of the role. */
  public static String ofUser(String root, KeyRing keys, String role) {
    return new TokenHolder(root, keys, given -> given.subject(role))
        .role(role)
        .scope("user/*.cruds")
        .token();
  }

  /** The token of a registered client that acts for itself. */
  public static String ofClient(String root, KeyRing keys, String client) {
    return new TokenHolder(root, keys, given -> given.subject(client).claim("client_id", client))
        .role("system")
        .scope("system/Subscription.cruds")
        .token();
  }

  /** The token of a user who works for one site, by the code of the role. */
  public static String ofSite(String root, KeyRing keys, String role, String site) {
    return new TokenHolder(root, keys, given -> given.subject(role).claim("sites", List.of(site)))
        .role(role)
        .scope("user/*.cruds")
        .token();
  }

  /** The token of somebody who is a system and has every role of a user. */
  public static String ofEveryRole(String root, KeyRing keys) {
    return new TokenHolder(root, keys, given -> given.subject("everybody"))
        .with(given -> given.claim("roles", Arrays.stream(Role.values()).map(Role::code).toList()))
        .scope("system/*.cruds user/*.cruds")
        .token();
  }

  /** The same with other claims. */
  TokenHolder with(UnaryOperator<JWTClaimsSet.Builder> more) {
    return new TokenHolder(root, keys, given -> more.apply(claims.apply(given)));
  }

  TokenHolder scope(String scope) {
    return with(given -> given.claim("scope", scope));
  }

  TokenHolder role(String role) {
    return with(given -> given.claim("roles", List.of(role)));
  }

  String token() {
    Instant now = Instant.now();
    JWTClaimsSet.Builder given =
        new JWTClaimsSet.Builder()
            .issuer(root)
            .audience(root + "/fhir")
            .subject("somebody")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)))
            .jwtID(UUID.randomUUID().toString())
            .claim("client_id", "test");
    SigningKey key = keys.signing(KeyPurpose.TOKEN);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.id())
                .build(),
            claims.apply(given).build());
    try {
      token.sign(new RSASSASigner(key.privateKey()));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/fhir+json")
            .POST(BodyPublishers.ofString(body)));
  }

  Answer put(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/fhir+json")
            .PUT(BodyPublishers.ofString(body)));
  }

  Answer patch(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json-patch+json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    String url = path.startsWith("http") ? path : root + "/fhir/" + path;
    return HttpRequest.newBuilder(URI.create(url.replace("|", "%7C")))
        .header("Authorization", "Bearer " + token());
  }

  static Answer send(HttpRequest.Builder request) {
    HttpResponse<String> answer = answer(request);
    return new Answer(answer.statusCode(), answer.body());
  }

  static HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
