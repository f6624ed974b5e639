package org.auscult.server.access;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the FHIR API, and whose tokens count.
 *
 * @param enforced whether a request without an access token is refused; if not, only this machine
 *     may reach the server
 * @param singleSite whether all patients and users are of one site, so that sites keep nobody apart
 * @param leeway by how much clocks may differ, 0s to 2m
 * @param emergencyTime how long an emergency opens a record, 1m to 24h
 * @param issuers outside issuers of access tokens, by an id of the operator's choice
 */
@ConfigurationProperties("auscult.access")
public record AccessSettings(
    @DefaultValue("true") boolean enforced,
    @DefaultValue("false") boolean singleSite,
    @DefaultValue("30s") Duration leeway,
    @DefaultValue("1h") Duration emergencyTime,
    @DefaultValue Map<String, Issuer> issuers) {
  private static final Duration MOST_LEEWAY = Duration.ofMinutes(2);
  private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "ES256", "ES384");

  /**
   * An outside issuer of access tokens, such as an EHR's own authorization server.
   *
   * @param issuer exactly as the tokens' {@code iss} has it
   * @param jwksUrl where its keys are
   * @param audiences what {@code aud} may be; none for this server's FHIR base URL
   * @param types what the header's {@code typ} may be
   * @param algorithms what may have signed it
   * @param claims names of claims where they differ from ours, by our name; a dot leads into an
   *     object
   * @param roles what its roles are called here, by its name; none if it uses our codes
   * @param defaultRoles roles of a token that brings no claim of roles
   */
  public record Issuer(
      String issuer,
      URI jwksUrl,
      @DefaultValue List<String> audiences,
      @DefaultValue("at+jwt") List<String> types,
      @DefaultValue({"RS256", "RS384", "ES256", "ES384"}) List<String> algorithms,
      @DefaultValue Map<String, String> claims,
      @DefaultValue Map<String, String> roles,
      @DefaultValue List<String> defaultRoles) {
    private static final Set<String> CLAIMS =
        Set.of(
            "fhirUser", "roles", "sites", "patient", "encounter", "scope", "client_id", "purpose");

    public Issuer {
      if (issuer == null || issuer.isBlank() || jwksUrl == null) {
        throw new IllegalArgumentException("auscult.access.issuers.ID needs issuer and jwks-url");
      }
      if (!"https".equals(jwksUrl.getScheme()) && !isLoopback(jwksUrl)) {
        throw new IllegalArgumentException(
            "auscult.access.issuers.ID.jwks-url is '" + jwksUrl + "'; it takes an https URL");
      }
      if (!ALGORITHMS.containsAll(algorithms) || algorithms.isEmpty()) {
        throw new IllegalArgumentException(
            "auscult.access.issuers.ID.algorithms takes some of " + ALGORITHMS);
      }
      if (!CLAIMS.containsAll(claims.keySet())) {
        throw new IllegalArgumentException(
            "auscult.access.issuers.ID.claims takes names for " + CLAIMS);
      }
      roles.values().forEach(AccessSettings::role);
      defaultRoles.forEach(AccessSettings::role);
      audiences = List.copyOf(audiences);
      types = List.copyOf(types);
      claims = Map.copyOf(claims);
      roles = Map.copyOf(roles);
      defaultRoles = List.copyOf(defaultRoles);
    }

    private static boolean isLoopback(URI url) {
      return "http".equals(url.getScheme())
          && Set.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(url.getHost()));
    }

    Set<JWSAlgorithm> jwsAlgorithms() {
      return algorithms.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }
  }

  public AccessSettings {
    if (leeway.isNegative() || leeway.compareTo(MOST_LEEWAY) > 0) {
      throw new IllegalArgumentException(
          "auscult.access.leeway is " + leeway + "; it takes 0s to 2m");
    }
    if (emergencyTime.compareTo(Duration.ofMinutes(1)) < 0
        || emergencyTime.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException(
          "auscult.access.emergency-time is " + emergencyTime + "; it takes 1m to 24h");
    }
    issuers = Map.copyOf(issuers);
    if (issuers.values().stream().map(Issuer::issuer).distinct().count() < issuers.size()) {
      throw new IllegalArgumentException("auscult.access.issuers name one issuer twice");
    }
  }

  private static Role role(@Nullable String code) {
    return Role.of(String.valueOf(code))
        .orElseThrow(() -> new IllegalArgumentException("'" + code + "' is no role of Auscult"));
  }
}
