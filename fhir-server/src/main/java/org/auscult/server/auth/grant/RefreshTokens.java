package org.auscult.server.auth.grant;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes refresh tokens, for public clients too, which the library leaves without. With {@code
 * offline_access} each use prolongs; with {@code online_access} the end stays where it was set.
 */
public final class RefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Duration online;
  private final Duration offline;
  private final InstantSource clock;

  public RefreshTokens(Duration online, Duration offline, InstantSource clock) {
    this.online = online;
    this.offline = offline;
    this.clock = clock;
  }

  @Override
  public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
    OAuth2Authorization grant = context.getAuthorization();
    if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType()) || grant == null) {
      return null;
    }
    Set<String> scopes = grant.getAuthorizedScopes();
    Instant now = clock.instant();
    if (scopes.contains("offline_access")) {
      return new OAuth2RefreshToken(random(), now, now.plus(offline));
    }
    if (!scopes.contains("online_access")) {
      return null;
    }
    var former = grant.getRefreshToken();
    Instant until = former == null ? null : former.getToken().getExpiresAt();
    return new OAuth2RefreshToken(random(), now, until == null ? now.plus(online) : until);
  }

  private static String random() {
    byte[] bytes = new byte[48];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
