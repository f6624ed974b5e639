package org.auscult.server.auth.client;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Takes a client's assertion from a request. SMART's backend services send no {@code client_id},
 * which the library asks for: here the assertion itself says whose it is.
 */
public final class AssertionConverter implements AuthenticationConverter {
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final List<String> OWN =
      List.of("client_assertion", "client_assertion_type", "client_id");

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    if (request.getParameter("client_assertion") == null
        && request.getParameter("client_assertion_type") == null) {
      return null;
    }
    String assertion = only(request, "client_assertion");
    if (!TYPE.equals(only(request, "client_assertion_type"))
        || request.getHeader("Authorization") != null
        || request.getParameter("client_secret") != null) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
    }
    String client = subject(assertion);
    if (request.getParameter("client_id") != null && !client.equals(only(request, "client_id"))) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    return new OAuth2ClientAuthenticationToken(
        client, new ClientAuthenticationMethod(TYPE), assertion, others(request));
  }

  private static String only(HttpServletRequest request, String name) {
    String[] values = request.getParameterValues(name);
    if (values == null || values.length != 1 || values[0].isBlank()) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
    }
    return values[0];
  }

  /** Not verified yet: it only says whose keys are to verify it. */
  private static String subject(String assertion) {
    try {
      String subject = SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
      if (subject != null && !subject.isBlank()) {
        return subject;
      }
    } catch (ParseException | RuntimeException e) {
      // Refused below: nothing of it may be quoted. The library trips over JSON that is no object.
    }
    throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
  }

  private static Map<String, Object> others(HttpServletRequest request) {
    Map<String, Object> others = new HashMap<>();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name)) {
                others.put(name, values.length == 1 ? values[0] : values);
              }
            });
    return others;
  }
}
