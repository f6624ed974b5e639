package org.auscult.server.auth;

import java.util.Set;
import java.util.function.Consumer;
import org.auscult.server.auth.scope.ScopeLimits;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;

/** A backend service names its scopes, and all of them were authorised for it beforehand. */
final class BackendScopes implements Consumer<OAuth2ClientCredentialsAuthenticationContext> {
  @Override
  public void accept(OAuth2ClientCredentialsAuthenticationContext context) {
    OAuth2ClientCredentialsAuthenticationToken asked = context.getAuthentication();
    Set<String> scopes = asked.getScopes();
    Set<String> allowed = context.getRegisteredClient().getScopes();
    if (scopes.isEmpty() || !ScopeLimits.covered(scopes, allowed).containsAll(scopes)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
    }
  }
}
