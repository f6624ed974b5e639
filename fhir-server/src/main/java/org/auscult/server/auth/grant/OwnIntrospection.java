package org.auscult.server.auth.grant;

import java.util.function.Consumer;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;

/**
 * Tells a client of its own tokens; of others' only a client that is registered for it, such as a
 * resource server. To any other they are not active.
 */
public final class OwnIntrospection implements AuthenticationProvider {
  private final OAuth2TokenIntrospectionAuthenticationProvider library;
  private final Clients clients;
  private final Consumer<String> log;

  /**
   * Around the library's own.
   *
   * @param log takes the client that asks, before it is answered
   */
  public OwnIntrospection(
      OAuth2TokenIntrospectionAuthenticationProvider library,
      Clients clients,
      Consumer<String> log) {
    this.library = library;
    this.clients = clients;
    this.log = log;
  }

  @Override
  public Authentication authenticate(Authentication question) {
    Authentication answer = library.authenticate(question);
    log.accept(((Authentication) question.getPrincipal()).getName());
    if (answer instanceof OAuth2TokenIntrospectionAuthenticationToken told
        && told.getTokenClaims() != null
        && told.getTokenClaims().isActive()
        && !mayKnow(told)) {
      return new OAuth2TokenIntrospectionAuthenticationToken(
          told.getToken(),
          (Authentication) told.getPrincipal(),
          OAuth2TokenIntrospection.builder().build());
    }
    return answer;
  }

  private boolean mayKnow(OAuth2TokenIntrospectionAuthenticationToken told) {
    String asking = ((Authentication) told.getPrincipal()).getName();
    return asking.equals(told.getTokenClaims().getClientId())
        || clients.find(asking).filter(Client::introspect).isPresent();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return library.supports(authentication);
  }
}
