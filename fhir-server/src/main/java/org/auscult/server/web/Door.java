package org.auscult.server.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may pass at which path. A path that is not named here is not there, whatever a library or a
 * new class maps it to.
 */
enum Door {
  /** Who bears an access token; what standards want public is named where tokens are verified. */
  ACCESS_TOKEN("/fhir/**", "/auth/admin/**"),
  /** An EHR that signs the call. */
  SIGNED_CALL(
      "/cds-services",
      "/cds-services/{id}",
      "/cds-services/{id}/feedback",
      "/ehr/{client}/cds-services",
      "/ehr/{client}/cds-services/{id}",
      "/ehr/{client}/cds-services/{id}/feedback"),
  /** Who comes here to show who they are, or has signed in; each page asks for what it needs. */
  SIGN_IN("/login", "/logout", "/oauth2/**", "/userinfo", "/launch/**", "/auth/password"),
  /** Everybody: nothing of a patient, a user or a configuration is told. */
  EVERYBODY(
      "/.well-known/openid-configuration",
      "/.well-known/oauth-authorization-server",
      "/.well-known/notification-keys",
      "/actuator/health",
      "/actuator/health/{probe}",
      "/icon.png"),
  /** Programs of this machine, unless an operator opens it to others. */
  THIS_MACHINE("/actuator/prometheus");

  private final List<PathPattern> patterns;

  Door(String... patterns) {
    this.patterns = Arrays.stream(patterns).map(PathPatternParser.defaultInstance::parse).toList();
  }

  /**
   * The one at a path; empty if there is none.
   *
   * @param path decoded: what looks like an escape or a parameter in it is neither
   */
  static Optional<Door> of(String path) {
    String literal = UriUtils.encodePath(path, StandardCharsets.UTF_8).replace(";", "%3B");
    PathContainer parsed = PathContainer.parsePath(literal);
    return Arrays.stream(values())
        .filter(door -> door.patterns.stream().anyMatch(pattern -> pattern.matches(parsed)))
        .findFirst();
  }
}
