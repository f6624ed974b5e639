package org.auscult.server.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Records what a client's endpoint refuses, and answers with OAuth's code alone. */
final class Refusals implements AuthenticationFailureHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Who proved to be it; endpoints forget it before they refuse. */
  private static final String CLIENT = "org.auscult.client";

  private final AuthAudit audit;

  Refusals(AuthAudit audit) {
    this.audit = audit;
  }

  /** Remembers a client that has proved who it is. */
  static void proved(
      HttpServletRequest request, HttpServletResponse response, Authentication client) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(client);
    SecurityContextHolder.setContext(context);
    request.setAttribute(CLIENT, client.getName());
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
      throws IOException {
    String error =
        refused instanceof OAuth2AuthenticationException known
            ? known.getError().getErrorCode()
            : OAuth2ErrorCodes.INVALID_REQUEST;
    String operation = request.getRequestURI().replaceFirst(".*/", "");
    audit.refusal(operation, null, (String) request.getAttribute(CLIENT), error);
    SecurityContextHolder.clearContext();
    response.setStatus(error.equals(OAuth2ErrorCodes.INVALID_CLIENT) ? 401 : 400);
    response.setContentType("application/json");
    JSON.writeValue(response.getOutputStream(), Map.of("error", error));
  }
}
