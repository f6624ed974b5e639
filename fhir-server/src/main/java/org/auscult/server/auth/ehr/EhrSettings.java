package org.auscult.server.auth.ehr;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set about launches from an EHR, beside what else is set for it; checked at
 * start, documented in {@code docs/configuration.md}.
 *
 * @param clients EHRs by id
 */
@ConfigurationProperties("auscult")
public record EhrSettings(@DefaultValue Map<String, Registered> clients) {
  /**
   * One EHR.
   *
   * @param name null for its id
   * @param fhirServers base URLs of its FHIR servers: what {@code iss} may be
   */
  public record Registered(
      @Nullable String name, @DefaultValue List<String> fhirServers, @DefaultValue Launch launch) {}

  /**
   * How it launches applications from here.
   *
   * @param clientId by which it knows this server; null if it launches nothing
   * @param authentication how this server proves who it is
   * @param issuer {@code iss} of its id tokens; null for what its discovery says
   * @param scopes that are asked for; null for the patient who is open, and who the user is
   * @param users names of our users, each with the {@code fhirUser} there, or {@code sub:} and the
   *     {@code sub}
   * @param roles of its practitioners who are none of those; none: they are refused
   * @param sites of these
   * @param frameAncestors origins of its pages that may frame ours
   */
  public record Launch(
      @Nullable String clientId,
      @DefaultValue("private-key-jwt") Authentication authentication,
      @Nullable String issuer,
      @Nullable String scopes,
      @DefaultValue Map<String, String> users,
      @DefaultValue List<String> roles,
      @DefaultValue List<String> sites,
      @DefaultValue List<String> frameAncestors) {}

  /** How this server proves to an EHR who it is. */
  public enum Authentication {
    /** It signs an assertion with its key. */
    PRIVATE_KEY_JWT,
    /** Not at all: PKCE alone. */
    PUBLIC
  }
}
