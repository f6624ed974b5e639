package org.auscult.server.auth.client;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Refuses a parameter that is given twice, before the library reads one of the two.
 *
 * <p>Source: RFC 6749, section 3.2.
 */
public final class GivenOnce implements AuthenticationConverter {
  /** Always null: it finds no client. Errors: invalid_request. */
  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    if (request.getParameterMap().values().stream().anyMatch(values -> values.length > 1)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
    }
    return null;
  }
}
