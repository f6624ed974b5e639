package org.auscult.server.auth.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.auscult.access.Scope;
import org.auscult.server.auth.scope.ScopeLimits;
import org.jspecify.annotations.Nullable;

/**
 * A registered application.
 *
 * @param id {@code client_id}
 * @param name for people
 * @param type how it proves who it is, and what it may ask for
 * @param redirectUris where codes go: exactly these
 * @param launchUrl where an EHR opens it; null if none does
 * @param scopes the most that it may get, separated by spaces
 * @param secretHash of {@link Type#SYMMETRIC}: a hash such as {@code {bcrypt}...}; null for others
 * @param jwks of {@link Type#ASYMMETRIC} and {@link Type#BACKEND}: its public keys, or null
 * @param jwksUri where its public keys are, or null; https, or http on this machine
 * @param origins of its pages in browsers, which may call the token endpoint and the FHIR API
 * @param consent whether users are asked; false only for applications of the operator
 * @param introspect whether it may ask about tokens of other clients, as a resource server does
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record Client(
    String id,
    String name,
    Type type,
    List<String> redirectUris,
    @Nullable String launchUrl,
    String scopes,
    @Nullable String secretHash,
    @Nullable JsonNode jwks,
    @Nullable String jwksUri,
    List<String> origins,
    @Nullable Boolean consent,
    boolean introspect) {
  /** Kinds of client. */
  public enum Type {
    /** Keeps no secret: PKCE alone. */
    PUBLIC,
    /** Has a secret, sent by HTTP Basic. */
    SYMMETRIC,
    /** Signs assertions with its private key. */
    ASYMMETRIC,
    /** Acts for itself, and signs assertions with its private key. */
    BACKEND
  }

  public Client {
    redirectUris = redirectUris == null ? List.of() : List.copyOf(redirectUris);
    origins = origins == null ? List.of() : List.copyOf(origins);
    jwks = jwks == null || jwks.isNull() ? null : jwks;
    require(isId(id), "id takes letters, digits and . _ ~ -", id);
    require(!name.isBlank(), "a name is needed", id);
    require(!ScopeLimits.split(scopes).isEmpty(), "scopes are needed", id);
    checkScopes(id, type, ScopeLimits.split(scopes));
    checkProof(id, type, secretHash, jwks, jwksUri);
    require(
        type == Type.BACKEND == redirectUris.isEmpty(),
        "a backend service has no redirect URI, each other client at least one",
        id);
    for (String uri : redirectUris) {
      require(isRedirectUri(uri), "a redirect URI is absolute, https or of this machine", id);
    }
    for (String origin : origins) {
      require(origin.matches("https?://[^/*?#@\\s]+"), "an origin is scheme, host and port", id);
    }
  }

  static boolean isId(String id) {
    return id.matches("[A-Za-z0-9._~-]{1,128}");
  }

  private static void checkScopes(String id, Type type, Set<String> scopes) {
    for (String scope : scopes) {
      boolean isKnown =
          ScopeLimits.CONTEXT.contains(scope)
              || scope.equals(ScopeLimits.REGISTRY)
              || Scope.parse(scope).isPresent();
      require(isKnown, "no scope is called " + scope, id);
      require(
          type == Type.BACKEND == scope.startsWith("system/"),
          "system/ scopes are a backend service's, and its only ones",
          id);
    }
  }

  private static void checkProof(
      String id,
      Type type,
      @Nullable String secretHash,
      @Nullable JsonNode jwks,
      @Nullable String jwksUri) {
    boolean hasKeys = type == Type.ASYMMETRIC || type == Type.BACKEND;
    require(type == Type.SYMMETRIC == (secretHash != null), "a secret is a symmetric client's", id);
    require(
        secretHash == null
            || (secretHash.matches("\\{[a-zA-Z0-9@_]+}.+") && !secretHash.startsWith("{noop}")),
        "the secret is a hash such as {bcrypt}$2a$10$..., never itself",
        id);
    require(
        hasKeys == (jwks != null ^ jwksUri != null) && hasKeys == (jwks != null || jwksUri != null),
        "keys are given by either jwks or jwksUri, and only by clients that sign",
        id);
    if (jwks != null) {
      require(!keys(id, jwks).getKeys().isEmpty(), "jwks holds no key", id);
    }
    if (jwksUri != null) {
      require(isHttps(URI.create(jwksUri)), "jwksUri is https, or of this machine", id);
    }
  }

  private static JWKSet keys(String id, JsonNode jwks) {
    try {
      JWKSet keys = JWKSet.parse(jwks.toString());
      require(keys.getKeys().stream().noneMatch(JWK::isPrivate), "jwks holds a private key", id);
      return keys;
    } catch (ParseException e) {
      throw new IllegalArgumentException("Client " + id + ": jwks is no JWK set");
    }
  }

  private static boolean isRedirectUri(String text) {
    URI uri = URI.create(text);
    boolean isOfApp = uri.getScheme() != null && uri.getScheme().contains(".");
    return uri.isAbsolute()
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null
        && !text.contains("*")
        && (isOfApp || isHttps(uri));
  }

  private static boolean isHttps(URI uri) {
    boolean isHere =
        List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(uri.getHost()));
    return uri.getHost() != null
        && ("https".equals(uri.getScheme()) || (isHere && "http".equals(uri.getScheme())));
  }

  private static void require(boolean holds, String rule, String id) {
    if (!holds) {
      throw new IllegalArgumentException("Client " + id + ": " + rule);
    }
  }

  /** Its public keys; empty if they are to be fetched, or it has none. */
  public JWKSet keys() {
    return jwks == null ? new JWKSet() : keys(id, jwks);
  }

  /** The same with another secret, of which this is the hash. */
  public Client withSecretHash(String hash) {
    return new Client(
        id,
        name,
        type,
        redirectUris,
        launchUrl,
        scopes,
        hash,
        jwks,
        jwksUri,
        origins,
        consent,
        introspect);
  }

  /** Whether users are asked for their consent. */
  public boolean asksConsent() {
    return consent == null || consent;
  }

  /** Never the hash. */
  @Override
  public String toString() {
    return "Client[" + id + "]";
  }
}
