package org.auscult.server.auth.client;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Public clients that refresh or revoke a token: the token is what they have to show. They may name
 * themselves; SMART does not ask it of them, and then the refresh token says whose it is. The
 * library knows them only where a code is exchanged.
 */
public final class PublicClients implements AuthenticationConverter, AuthenticationProvider {
  private static final OAuth2TokenType REFRESH = OAuth2TokenType.REFRESH_TOKEN;

  private final RegisteredClientRepository clients;
  private final OAuth2AuthorizationService grants;

  public PublicClients(RegisteredClientRepository clients, OAuth2AuthorizationService grants) {
    this.clients = clients;
    this.grants = grants;
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
    boolean isRefresh = "refresh_token".equals(request.getParameter("grant_type"));
    boolean isOfToken = isRefresh || request.getRequestURI().endsWith("/oauth2/revoke");
    if (isProven || !isOfToken) {
      return null;
    }
    String[] clients = request.getParameterValues("client_id");
    String[] tokens = request.getParameterValues("refresh_token");
    if (clients == null && isRefresh && tokens != null && tokens.length == 1) {
      return new Named(ofToken(tokens[0]));
    }
    if (clients == null || clients.length != 1 || clients[0].isBlank()) {
      return null;
    }
    return new Named(clients[0]);
  }

  private String ofToken(String refreshToken) {
    OAuth2Authorization grant =
        refreshToken.isBlank() ? null : grants.findByToken(refreshToken, REFRESH);
    if (grant == null) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
    }
    return grant.getRegisteredClientId();
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
