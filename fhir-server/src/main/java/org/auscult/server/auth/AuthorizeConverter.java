package org.auscult.server.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.ehr.FederatedLogin;
import org.auscult.server.auth.grant.LaunchParameter;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads a request for authorization, and cuts its scopes down to what this client and this user may
 * have; those about a patient need one in context. All that follows, consent and tokens, is about
 * what remains.
 */
final class AuthorizeConverter implements AuthenticationConverter {
  private static final List<String> LASTING = List.of("offline_access", "online_access");

  private final OAuth2AuthorizationCodeRequestAuthenticationConverter library =
      new OAuth2AuthorizationCodeRequestAuthenticationConverter();

  private final Clients clients;
  private final Users users;
  private final Launches launches;

  AuthorizeConverter(Clients clients, Users users, Launches launches) {
    this.clients = clients;
    this.users = users;
    this.launches = launches;
  }

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    if (request.getParameter("request_uri") != null || request.getParameter("request") != null) {
      // A request that came by another way would not be cut down.
      throw new OAuth2AuthorizationCodeRequestAuthenticationException(
          new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST), null);
    }
    if (!(library.convert(request)
        instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked)) {
      return null;
    }
    Optional<Client> client = clients.find(asked.getClientId());
    return client.isEmpty()
        ? asked
        : cutDown(asked, client.get(), FederatedLogin.ehr(request).isPresent());
  }

  /**
   * @param isFederated whether an EHR has signed in the user, for this launch: then it is about
   *     that, and ends with the access token
   */
  private Authentication cutDown(
      OAuth2AuthorizationCodeRequestAuthenticationToken asked, Client client, boolean isFederated) {
    Authentication principal = (Authentication) asked.getPrincipal();
    Optional<User> user =
        principal.isAuthenticated() ? users.active(principal.getName()) : Optional.empty();
    Set<String> scopes = ScopeLimits.covered(asked.getScopes(), ScopeLimits.split(client.scopes()));
    Map<String, Object> parameters = new HashMap<>(asked.getAdditionalParameters());
    if (isFederated && !scopes.contains("launch")) {
      throw new OAuth2AuthorizationCodeRequestAuthenticationException(
          new OAuth2Error(OAuth2ErrorCodes.INVALID_SCOPE), null);
    }
    if (!scopes.contains("launch") || (!isFederated && isFederated(parameters))) {
      parameters.remove("launch");
    }
    if (isFederated) {
      LASTING.forEach(scopes::remove);
    }
    if (user.isPresent()) {
      scopes = ScopeLimits.forRoles(scopes, user.get().roles());
      if (ScopeLimits.needsPatient(scopes) && !hasPatient(parameters, client, user.get())) {
        scopes = ScopeLimits.withoutPatient(scopes);
      }
    }
    return new OAuth2AuthorizationCodeRequestAuthenticationToken(
        asked.getAuthorizationUri(),
        asked.getClientId(),
        principal,
        asked.getRedirectUri(),
        asked.getState(),
        scopes,
        parameters);
  }

  /** Whether the launch began at an EHR, which has signed in nobody in this browser. */
  private boolean isFederated(Map<String, Object> parameters) {
    return parameters.get("launch") instanceof String launch && launches.isFederated(launch);
  }

  private boolean hasPatient(Map<String, Object> parameters, Client client, User user) {
    LaunchParameter launch = LaunchParameter.of(parameters);
    return launch != null
        && launches
            .find(launch.kind(), launch.id(), client.id(), user.id())
            .filter(context -> context.patient() != null)
            .isPresent();
  }
}
