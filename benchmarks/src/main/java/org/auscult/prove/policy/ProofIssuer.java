package org.auscult.prove.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An outside issuer of access tokens, which the server is told to trust: so each role can be met
 * under each family of scopes, also where our own authorization server would give no such token.
 */
final class ProofIssuer implements AutoCloseable {
  private static final int MINUTES = 55;

  private final HttpServer server;
  private final RSAKey key;

  ProofIssuer() throws IOException {
    try {
      key = new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/jwks",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
          }
        });
    server.start();
  }

  private String name() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** With these the server trusts it, and keeps sites apart. */
  Map<String, String> settings() {
    return Map.of(
        "auscult.access.issuers.proof.issuer",
        name(),
        "auscult.access.issuers.proof.jwks-url",
        name() + "/jwks",
        "auscult.access.single-site",
        "false");
  }

  /**
   * A token of somebody.
   *
   * @param fhirBase of the server that it is for
   * @param site that somebody works for
   * @param patient of the launch
   */
  String token(String fhirBase, String role, String family, String site, String patient) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(name())
            .subject("proof-" + role)
            .audience(fhirBase)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60L * MINUTES)))
            .jwtID(UUID.randomUUID().toString())
            .claim("client_id", "proof")
            .claim("roles", List.of(role))
            .claim("sites", List.of(site))
            .claim("patient", patient)
            .claim("scope", family + "/*.cruds");
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            claims.build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java signs with RSA", e);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
