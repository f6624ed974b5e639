package org.auscult.server.auth.grant;

import java.net.URL;
import java.security.Principal;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.auscult.server.auth.user.Hash;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * A grant as it is stored: plain data, no class names, and of each token its hash alone. In a grant
 * that was read, a token is called {@code #} and its hash, which is no token of ours; the one by
 * which the grant was found has its own text.
 */
record GrantDocument(
    String user,
    String grantType,
    List<String> scopes,
    @Nullable Request request,
    @Nullable String consent,
    @Nullable Token code,
    @Nullable Token access,
    @Nullable Token refresh,
    @Nullable Token idToken) {
  private static final String HASHED = "#";

  /** What the client asked for. */
  record Request(
      String uri,
      @Nullable String redirectUri,
      List<String> scopes,
      @Nullable String state,
      Map<String, Object> parameters) {}

  /** Times are milliseconds, those of claims seconds since 1970. */
  record Token(
      String hash,
      long issued,
      long expires,
      boolean invalidated,
      List<String> scopes,
      Map<String, Object> claims) {
    boolean hasExpired(Instant now) {
      return expires <= now.toEpochMilli();
    }

    @Nullable String jti() {
      return claims.get("jti") instanceof String jti ? jti : null;
    }
  }

  static GrantDocument from(OAuth2Authorization grant) {
    OAuth2AuthorizationRequest request =
        grant.getAttribute(OAuth2AuthorizationRequest.class.getName());
    String consent = grant.getAttribute(OAuth2ParameterNames.STATE);
    return new GrantDocument(
        grant.getPrincipalName(),
        grant.getAuthorizationGrantType().getValue(),
        List.copyOf(grant.getAuthorizedScopes()),
        request == null ? null : from(request),
        consent == null ? null : hash(consent),
        from(grant.getToken(OAuth2AuthorizationCode.class)),
        from(grant.getAccessToken()),
        from(grant.getRefreshToken()),
        from(grant.getToken(OidcIdToken.class)));
  }

  private static Request from(OAuth2AuthorizationRequest request) {
    return new Request(
        request.getAuthorizationUri(),
        request.getRedirectUri(),
        List.copyOf(request.getScopes()),
        request.getState(),
        new LinkedHashMap<>(request.getAdditionalParameters()));
  }

  private static @Nullable Token from(OAuth2Authorization.@Nullable Token<?> token) {
    if (token == null) {
      return null;
    }
    OAuth2Token itself = token.getToken();
    Instant issued = itself.getIssuedAt();
    Instant expires = itself.getExpiresAt();
    if (issued == null || expires == null) {
      throw new IllegalArgumentException("Each token of ours has a time of issue and of expiry");
    }
    return new Token(
        hash(itself.getTokenValue()),
        issued.toEpochMilli(),
        expires.toEpochMilli(),
        token.isInvalidated(),
        itself instanceof OAuth2AccessToken access ? List.copyOf(access.getScopes()) : List.of(),
        claims(token.getClaims()));
  }

  private static Map<String, Object> claims(@Nullable Map<String, Object> claims) {
    Map<String, Object> plain = new LinkedHashMap<>();
    if (claims != null) {
      claims.forEach((name, value) -> plain.put(name, plain(value)));
    }
    return plain;
  }

  private static Object plain(Object value) {
    if (value instanceof Instant time) {
      return time.getEpochSecond();
    }
    if (value instanceof Date time) {
      return time.toInstant().getEpochSecond();
    }
    return value instanceof URL url ? url.toString() : value;
  }

  private static String hash(String value) {
    return value.startsWith(HASHED) ? value.substring(HASHED.length()) : Hash.of(value);
  }

  /**
   * The grant again.
   *
   * @param sought the token by which it was found; null if by its id
   */
  OAuth2Authorization grant(
      String id, long version, RegisteredClient client, @Nullable String sought) {
    OAuth2Authorization.Builder grant =
        OAuth2Authorization.withRegisteredClient(client)
            .id(id)
            .principalName(user)
            .authorizationGrantType(new AuthorizationGrantType(grantType))
            .authorizedScopes(new LinkedHashSet<>(scopes))
            .attribute(JdbcGrants.VERSION, version);
    if (request != null) {
      grant.attribute(OAuth2AuthorizationRequest.class.getName(), request(request, client));
      grant.attribute(
          Principal.class.getName(),
          UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
    }
    if (consent != null) {
      grant.attribute(OAuth2ParameterNames.STATE, value(consent, sought));
    }
    add(grant, code, code == null ? null : code(code, sought));
    add(grant, access, access == null ? null : access(access, sought));
    add(grant, refresh, refresh == null ? null : refresh(refresh, sought));
    add(grant, idToken, idToken == null ? null : idToken(idToken, sought));
    return grant.build();
  }

  private static OAuth2AuthorizationRequest request(Request request, RegisteredClient client) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(request.uri)
        .clientId(client.getClientId())
        .redirectUri(request.redirectUri)
        .scopes(new LinkedHashSet<>(request.scopes))
        .state(request.state)
        .additionalParameters(request.parameters)
        .build();
  }

  private static OAuth2AuthorizationCode code(Token token, @Nullable String sought) {
    return new OAuth2AuthorizationCode(
        value(token.hash, sought), at(token.issued), at(token.expires));
  }

  private static OAuth2AccessToken access(Token token, @Nullable String sought) {
    return new OAuth2AccessToken(
        OAuth2AccessToken.TokenType.BEARER,
        value(token.hash, sought),
        at(token.issued),
        at(token.expires),
        new LinkedHashSet<>(token.scopes));
  }

  private static OAuth2RefreshToken refresh(Token token, @Nullable String sought) {
    return new OAuth2RefreshToken(value(token.hash, sought), at(token.issued), at(token.expires));
  }

  private static OidcIdToken idToken(Token token, @Nullable String sought) {
    return new OidcIdToken(
        value(token.hash, sought), at(token.issued), at(token.expires), timed(token.claims));
  }

  private static <T extends OAuth2Token> void add(
      OAuth2Authorization.Builder grant, @Nullable Token stored, @Nullable T token) {
    if (stored == null || token == null) {
      return;
    }
    grant.token(
        token,
        about -> {
          about.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, stored.invalidated);
          if (!stored.claims.isEmpty()) {
            about.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, timed(stored.claims));
          }
        });
  }

  private static Map<String, Object> timed(Map<String, Object> claims) {
    Map<String, Object> timed = new HashMap<>(claims);
    timed.replaceAll(
        (name, value) -> value instanceof Number seconds ? time(name, seconds.longValue()) : value);
    return timed;
  }

  /** As the library has them: the time of the login is a date, the others are instants. */
  private static Object time(String name, long seconds) {
    Instant time = Instant.ofEpochSecond(seconds);
    return switch (name) {
      case "exp", "iat", "nbf" -> time;
      case "auth_time" -> Date.from(time);
      default -> seconds;
    };
  }

  private static String value(String hash, @Nullable String sought) {
    return sought != null && Hash.of(sought).equals(hash) ? sought : HASHED + hash;
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
