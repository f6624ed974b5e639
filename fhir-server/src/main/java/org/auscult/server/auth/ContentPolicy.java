package org.auscult.server.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.ehr.Ehrs;
import org.auscult.server.auth.ehr.FederatedLogin;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What the pages of users may load: our style sheet, and nothing else. Browsers hold redirects that
 * follow a form to {@code form-action}, so the places where codes go are named. Nobody frames them
 * but the EHR that has signed in who looks at one.
 */
final class ContentPolicy implements HeaderWriter {
  private static final String NOBODY = "'none'";

  private final Clients clients;
  private final Ehrs ehrs;

  ContentPolicy(Clients clients, Ehrs ehrs) {
    this.clients = clients;
    this.ehrs = ehrs;
  }

  @Override
  public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
    String targets =
        clients.all().stream()
            .map(Client::redirectUris)
            .flatMap(List::stream)
            .map(ContentPolicy::origin)
            .distinct()
            .collect(Collectors.joining(" "));
    String framing = FederatedLogin.ehr(request).map(ehrs::framing).orElse(NOBODY);
    if (framing.equals(NOBODY)) {
      // For browsers that do not know the policy.
      response.setHeader("X-Frame-Options", "DENY");
    }
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors "
            + framing
            + "; form-action 'self' "
            + targets);
  }

  private static String origin(String redirectUri) {
    URI uri = URI.create(redirectUri);
    return uri.getHost() == null
        ? uri.getScheme() + ":"
        : uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
