package org.auscult.server.auth.ehr;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.access.Role;
import org.auscult.cds.fhir.FhirServers;
import org.auscult.server.auth.ehr.EhrSettings.Authentication;
import org.auscult.server.auth.ehr.EhrSettings.Launch;
import org.auscult.server.auth.ehr.EhrSettings.Registered;
import org.auscult.server.auth.user.SecondFactor;
import org.jspecify.annotations.Nullable;

/**
 * An EHR from which applications are launched.
 *
 * @param id as it is configured
 * @param name for people
 * @param fhirServers canonical base URLs
 * @param clientId by which it knows this server
 * @param issuer of its id tokens; null for what its discovery says
 * @param scopes that are asked for; null for the usual ones
 * @param users names of our users by what stands in its id tokens: {@code Practitioner/1}, or
 *     {@code sub:} and the {@code sub}
 * @param roles of its practitioners who are none of those
 * @param sites of these
 * @param frameAncestors origins of its pages that may frame ours
 */
record Ehr(
    String id,
    String name,
    Set<String> fhirServers,
    String clientId,
    Authentication authentication,
    @Nullable String issuer,
    @Nullable String scopes,
    Map<String, String> users,
    Set<Role> roles,
    List<String> sites,
    List<String> frameAncestors) {
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

  /**
   * One that is configured.
   *
   * @param secondFactor whose roles are given to nobody who signed in elsewhere
   * @return empty if it launches nothing
   * @throws IllegalArgumentException naming the key that is wrong
   */
  static Optional<Ehr> of(String id, Registered registered, SecondFactor secondFactor) {
    Launch launch = registered.launch();
    if (launch.clientId() == null) {
      return Optional.empty();
    }
    require(!registered.fhirServers().isEmpty(), "fhir-servers is missing: a launch names one");
    Set<String> servers =
        registered.fhirServers().stream().map(FhirServers::canonical).collect(Collectors.toSet());
    servers.forEach(s -> require(isSafe(URI.create(s)), "fhir-servers takes https for launches"));
    launch.frameAncestors().forEach(Ehr::requireOrigin);
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String code : launch.roles()) {
      Role role =
          Role.of(code)
              .orElseThrow(() -> new IllegalArgumentException("no role is called " + code));
      require(
          role != Role.SYSTEM && !secondFactor.isNeeded(List.of(role)),
          "launch.roles cannot have " + code + ": who has it signs in here");
      roles.add(role);
    }
    return Optional.of(
        new Ehr(
            id,
            registered.name() == null ? id : registered.name(),
            servers,
            launch.clientId(),
            launch.authentication(),
            launch.issuer(),
            launch.scopes(),
            byPerson(launch.users()),
            roles,
            List.copyOf(launch.sites()),
            List.copyOf(launch.frameAncestors())));
  }

  private static Map<String, String> byPerson(Map<String, String> users) {
    Map<String, String> byPerson =
        users.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getValue,
                    Map.Entry::getKey,
                    (one, other) -> {
                      throw new IllegalArgumentException(
                          "launch.users: " + one + " and " + other + " are the same person");
                    }));
    byPerson
        .keySet()
        .forEach(
            person ->
                require(
                    person.startsWith("sub:")
                        || person.matches("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}"),
                    "launch.users takes references such as Practitioner/1, or sub: and a sub"));
    return byPerson;
  }

  private static void requireOrigin(String origin) {
    require(
        origin.matches("https?://[^/?#@\\s*;,']+") && isSafe(URI.create(origin)),
        "launch.frame-ancestors takes origins such as https://ehr.example.org");
  }

  /** By https; or of this machine, for trials. */
  static boolean isSafe(URI url) {
    return url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawFragment() == null
        && ("https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && THIS_MACHINE.contains(url.getHost())));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** For {@code frame-ancestors}. */
  String framing() {
    return frameAncestors.isEmpty() ? "'none'" : String.join(" ", frameAncestors);
  }
}
