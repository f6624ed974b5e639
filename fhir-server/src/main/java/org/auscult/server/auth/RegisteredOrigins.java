package org.auscult.server.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.auscult.access.Requester;
import org.auscult.server.auth.client.Clients;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Which pages in browsers may read our answers: what is public, any; tokens and the FHIR API, those
 * of registered clients. No cookie goes with such calls.
 */
final class RegisteredOrigins implements CorsConfigurationSource {
  private static final List<String> PUBLIC =
      List.of(
          "/.well-known/smart-configuration",
          "/.well-known/openid-configuration",
          "/.well-known/oauth-authorization-server",
          "/oauth2/jwks",
          "/oauth2/smart-style.json",
          "/fhir/metadata");

  private final Clients clients;

  RegisteredOrigins(Clients clients) {
    this.clients = clients;
  }

  @Override
  public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    String path = request.getRequestURI();
    CorsConfiguration cors = new CorsConfiguration();
    if (PUBLIC.stream().anyMatch(path::endsWith)) {
      cors.setAllowedOrigins(List.of(CorsConfiguration.ALL));
      cors.setAllowedMethods(List.of("GET", "HEAD"));
      cors.setAllowedHeaders(List.of("Accept", "Authorization", "Content-Type"));
      return cors;
    }
    String origin = request.getHeader("Origin");
    if (origin == null || path.endsWith("/oauth2/authorize") || !clients.isOrigin(origin)) {
      return null;
    }
    cors.setAllowedOrigins(List.of(origin));
    cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    cors.setAllowedHeaders(
        List.of(
            "Accept",
            "Authorization",
            "Cache-Control",
            "Content-Type",
            "If-Match",
            "If-None-Exist",
            "If-None-Match",
            "Prefer",
            Requester.PURPOSE_HEADER,
            "X-Request-Id"));
    cors.setExposedHeaders(List.of("Content-Location", "ETag", "Location", "X-Request-Id"));
    return cors;
  }
}
