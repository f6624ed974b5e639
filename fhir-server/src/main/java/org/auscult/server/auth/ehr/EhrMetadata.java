package org.auscult.server.auth.ehr;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/**
 * What an EHR's discovery says.
 *
 * <p>Source: SMART App Launch 2.2, {@code .well-known/smart-configuration}; RFC 9207.
 *
 * @param tellsIssuer whether each answer of its authorization endpoint has {@code iss}
 * @param knowsVersion2 whether it knows scopes of version 2
 */
record EhrMetadata(
    String issuer, URI authorize, URI token, URI keys, boolean tellsIssuer, boolean knowsVersion2) {
  /** Empty if anything is missing or cannot be used. */
  static Optional<EhrMetadata> read(JsonNode json, URI server) {
    Optional<URI> authorize = url(json, "authorization_endpoint", server);
    Optional<URI> token = url(json, "token_endpoint", server);
    Optional<URI> keys = url(json, "jwks_uri", server);
    String issuer = json.path("issuer").asText();
    if (authorize.isEmpty()
        || token.isEmpty()
        || keys.isEmpty()
        || issuer.isBlank()
        || !has(json, "code_challenge_methods_supported", "S256")) {
      return Optional.empty();
    }
    return Optional.of(
        new EhrMetadata(
            issuer,
            authorize.get(),
            token.get(),
            keys.get(),
            json.path("authorization_response_iss_parameter_supported").asBoolean(),
            has(json, "capabilities", "permission-v2")));
  }

  private static boolean has(JsonNode json, String list, String value) {
    for (JsonNode each : json.path(list)) {
      if (each.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** By https; without it only on the machine of a FHIR server that is configured without it. */
  private static Optional<URI> url(JsonNode json, String name, URI server) {
    try {
      URI url = URI.create(json.path(name).asText());
      boolean isPlain = "http".equals(url.getScheme());
      boolean isTrial = "http".equals(server.getScheme()) && server.getHost().equals(url.getHost());
      return Ehr.isSafe(url) && (!isPlain || isTrial) ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
