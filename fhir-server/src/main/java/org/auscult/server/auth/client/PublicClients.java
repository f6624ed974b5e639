package org.auscult.server.auth.client;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Public clients that refresh or revoke a token: they name themselves, and the token is what they
 * have to show. The library knows them only where a code is exchanged.
 */
public final class PublicClients implements AuthenticationConverter, AuthenticationProvider {
  private final RegisteredClientRepository clients;

  public PublicClients(RegisteredClientRepository clients) {
    this.clients = clients;
  }

  private static final class Named extends OAuth2ClientAuthenticationToken {
    private static final long serialVersionUID = 1;

    Named(String client) {
      super(client, ClientAuthenticationMethod.NONE, null, null);
    }
  }

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    boolean isProven =
        request.getHeader("Authorization") != null
            || request.getParameter("client_secret") != null
            || request.getParameter("client_assertion") != null;
    boolean isOfToken =
        "refresh_token".equals(request.getParameter("grant_type"))
            || request.getRequestURI().endsWith("/oauth2/revoke");
    String[] clients = request.getParameterValues("client_id");
    return isProven || !isOfToken || clients == null || clients.length != 1
        ? null
        : new Named(clients[0]);
  }

  @Override
  public Authentication authenticate(Authentication named) {
    RegisteredClient client = clients.findByClientId(named.getName());
    if (client == null
        || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return Named.class.isAssignableFrom(authentication);
  }
}
