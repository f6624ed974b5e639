package org.auscult.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.grant.LaunchParameter;
import org.auscult.server.auth.page.PatientPage;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What comes before a request for authorization is read: one that was posted is asked for again by
 * GET, so that the session's cookie comes with it; the session of a user who was disabled or reset
 * ends; and who has to choose a patient is sent there first.
 */
final class AuthorizeFilter extends OncePerRequestFilter {
  private final Clients clients;
  private final Users users;
  private final PublicUrls urls;

  AuthorizeFilter(Clients clients, Users users, PublicUrls urls) {
    this.clients = clients;
    this.users = users;
    this.urls = urls;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().endsWith("/oauth2/authorize");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    endIfDisabled(request);
    boolean isRequest = request.getParameter("response_type") != null;
    if (isRequest && request.getMethod().equals("POST")) {
      redirect(response, query(request.getParameterMap()));
    } else if (isRequest && needsChoice(request)) {
      String key = PatientPage.remember(request.getSession(), query(request.getParameterMap()));
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", urls.root() + PatientPage.PATH + "?request=" + key);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void endIfDisabled(HttpServletRequest request) {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    HttpSession session = request.getSession(false);
    if (session != null
        && isPerson(known)
        && !users.isCurrent(known.getName(), Instant.ofEpochMilli(session.getCreationTime()))) {
      session.invalidate();
      SecurityContextHolder.clearContext();
    }
  }

  private static boolean isPerson(@Nullable Authentication known) {
    return known != null
        && known.isAuthenticated()
        && !(known instanceof AnonymousAuthenticationToken);
  }

  /** A launch of an EHR brings its patient, or has none. */
  private boolean needsChoice(HttpServletRequest request) {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    String id = request.getParameter("client_id");
    String redirectUri = request.getParameter("redirect_uri");
    String scope = request.getParameter("scope");
    if (!isPerson(known) || id == null || scope == null || redirectUri == null) {
      return false;
    }
    Optional<User> user = users.active(known.getName());
    Optional<Client> client =
        clients.find(id).filter(found -> found.redirectUris().contains(redirectUri));
    if (user.isEmpty() || client.isEmpty()) {
      return false;
    }
    Set<String> scopes =
        ScopeLimits.forRoles(
            ScopeLimits.covered(ScopeLimits.split(scope), ScopeLimits.split(client.get().scopes())),
            user.get().roles());
    return ScopeLimits.needsPatient(scopes)
        && !scopes.contains("launch")
        && request.getParameter(LaunchParameter.SELECTION) == null;
  }

  private void redirect(HttpServletResponse response, String query) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", urls.root() + "/oauth2/authorize" + query);
  }

  /** With its question mark. */
  private static String query(Map<String, String[]> parameters) {
    return parameters.entrySet().stream()
        .flatMap(
            parameter ->
                Arrays.stream(parameter.getValue())
                    .map(value -> encode(parameter.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
