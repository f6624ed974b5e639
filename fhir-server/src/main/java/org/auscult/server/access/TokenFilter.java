package org.auscult.server.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.access.RefusalReason;
import org.auscult.access.Requester;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before the FHIR API: verifies the access token and says in the request who asks. Without a
 * token, only what standards want public is open: the CapabilityStatement and SMART discovery.
 *
 * <p>A token that does not count is refused even where none is asked for. No answer and no log line
 * repeats a token.
 */
final class TokenFilter extends OncePerRequestFilter {
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*) *", Pattern.CASE_INSENSITIVE);

  /**
   * Compared with the path as it was sent: no encoding, no parameter and no dots can imitate it.
   */
  private static final Set<String> OPEN =
      Set.of("/fhir/metadata", "/fhir/.well-known/smart-configuration");

  private final AccessTokens tokens;
  private final BooleanSupplier enforced;

  TokenFilter(AccessTokens tokens, BooleanSupplier enforced) {
    this.tokens = tokens;
    this.enforced = enforced;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    List<String> given = Collections.list(request.getHeaders("Authorization"));
    if (given.isEmpty()) {
      if (enforced.getAsBoolean() && !isOpen(request)) {
        refuse(request, response, 401, "Send an access token in the header Authorization");
        return;
      }
    } else {
      Matcher bearer = BEARER.matcher(given.get(0));
      if (given.size() > 1 || !bearer.matches()) {
        refuse(request, response, 401, "Authorization takes one Bearer token");
        return;
      }
      try {
        request.setAttribute(
            Requester.ATTRIBUTE,
            tokens.requester(bearer.group(1), request.getHeader(Requester.PURPOSE_HEADER)));
      } catch (BadTokenException e) {
        refuse(request, response, e.isForNow() ? 503 : 401, String.valueOf(e.getMessage()));
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private static boolean isOpen(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        || (Set.of("GET", "HEAD").contains(request.getMethod())
            && OPEN.contains(request.getRequestURI().substring(request.getContextPath().length())));
  }

  /**
   * @param why one of our own sentences: nothing of the request gets into it
   */
  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, int status, String why)
      throws IOException {
    request.setAttribute(RefusalReason.ATTRIBUTE, RefusalReason.NO_TOKEN.code());
    response.setStatus(status);
    if (status == HttpServletResponse.SC_UNAUTHORIZED) {
      boolean none = request.getHeader("Authorization") == null;
      response.setHeader(
          "WWW-Authenticate",
          none
              ? "Bearer realm=\"fhir\""
              : "Bearer realm=\"fhir\", error=\"invalid_token\", error_description=\""
                  + why
                  + "\"");
    }
    response.setContentType("application/fhir+json;charset=UTF-8");
    String code = status == HttpServletResponse.SC_UNAUTHORIZED ? "login" : "transient";
    response
        .getOutputStream()
        .write(
            ("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\""
                    + code
                    + "\",\"diagnostics\":\""
                    + why
                    + "\"}]}")
                .getBytes(StandardCharsets.UTF_8));
  }
}
