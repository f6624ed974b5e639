package org.auscult.server.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationToken;

/** Records which codes were given, and which requests for one were refused. */
final class AuditedAuthorize implements AuthenticationProvider {
  private final AuthenticationProvider library;
  private final AuthAudit audit;

  AuditedAuthorize(AuthenticationProvider library, AuthAudit audit) {
    this.library = library;
    this.audit = audit;
  }

  @Override
  public @Nullable Authentication authenticate(Authentication asked) {
    try {
      Authentication answer = library.authenticate(asked);
      if (answer instanceof OAuth2AuthorizationCodeRequestAuthenticationToken given
          && given.getAuthorizationCode() != null) {
        audit.allowed(asked.getName(), given.getClientId(), given.getScopes());
      }
      return answer;
    } catch (OAuth2AuthenticationException refused) {
      audit.refusal("authorize", user(asked), client(asked), refused.getError().getErrorCode());
      throw refused;
    }
  }

  private static @Nullable String user(Authentication asked) {
    return asked.getPrincipal() instanceof Authentication user && user.isAuthenticated()
        ? user.getName()
        : null;
  }

  private static @Nullable String client(Authentication asked) {
    if (asked instanceof OAuth2AuthorizationCodeRequestAuthenticationToken request) {
      return request.getClientId();
    }
    return asked instanceof OAuth2AuthorizationConsentAuthenticationToken consent
        ? consent.getClientId()
        : null;
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return library.supports(authentication);
  }
}
