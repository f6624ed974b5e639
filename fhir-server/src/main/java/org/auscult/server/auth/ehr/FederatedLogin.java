package org.auscult.server.auth.ehr;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auscult.server.auth.grant.JdbcGrants;
import org.auscult.server.auth.grant.LaunchParameter;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.Launches.Federated;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.Hash;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets the EHR's sign-in take the place of the password form, for one launch and in the browser
 * where it was: for a request for authorization that names the launch, and for the consent to it.
 * It makes no session, so inside a frame no cookie of one is needed, and nothing outlives the
 * launch.
 */
public final class FederatedLogin extends OncePerRequestFilter {
  private static final String EHR = "org.auscult.federated-ehr";
  private static final OAuth2TokenType STATE = new OAuth2TokenType("state");

  private final Launches launches;
  private final JdbcGrants grants;
  private final BrowserCookie cookie;

  public FederatedLogin(Launches launches, JdbcGrants grants, BrowserCookie cookie) {
    this.launches = launches;
    this.grants = grants;
    this.cookie = cookie;
  }

  /** The EHR that has signed in whoever makes this request; empty if none has. */
  public static Optional<String> ehr(HttpServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(EHR));
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !path.endsWith("/oauth2/authorize") && !path.endsWith("/oauth2/consent");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Federated> federated =
        cookie.of(request).flatMap(browser -> federated(request, Hash.of(browser)));
    if (federated.isPresent()) {
      request.setAttribute(EHR, federated.get().ehr());
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              federated.get().user(), null, List.of()));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }

  private Optional<Federated> federated(HttpServletRequest request, String browser) {
    String launch = request.getParameter("launch");
    String client = request.getParameter("client_id");
    if (request.getParameter("response_type") == null) {
      return ofConsent(request.getParameter("state"), browser);
    }
    String scope = request.getParameter("scope");
    return launch == null
            || client == null
            || scope == null
            || !ScopeLimits.split(scope).contains("launch")
        ? Optional.empty()
        : launches.federated(launch, client, browser);
  }

  /** The request that waits for a consent says itself which launch it is of. */
  private Optional<Federated> ofConsent(@Nullable String state, String browser) {
    OAuth2Authorization grant = state == null ? null : grants.findByToken(state, STATE);
    OAuth2AuthorizationRequest asked =
        grant == null ? null : grant.getAttribute(OAuth2AuthorizationRequest.class.getName());
    if (grant == null || asked == null) {
      return Optional.empty();
    }
    Map<String, Object> parameters = asked.getAdditionalParameters();
    LaunchParameter launch = LaunchParameter.of(parameters);
    return launch == null
        ? Optional.empty()
        : launches
            .federated(launch.id(), grant.getRegisteredClientId(), browser)
            .filter(signedIn -> signedIn.user().equals(grant.getPrincipalName()));
  }
}
