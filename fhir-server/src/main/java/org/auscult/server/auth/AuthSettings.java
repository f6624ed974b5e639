package org.auscult.server.auth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The embedded authorization server; documented in {@code docs/configuration.md}.
 *
 * @param enabled whether it is there; without it, tokens come from an outside issuer
 * @param registry file of users and clients; null if they are kept in the database alone
 * @param secondFactorRoles codes of roles that nobody of the file has without a second factor
 * @param accessTokenLife of users' tokens, an hour at the most
 * @param onlineLife of {@code online_access} since the sign-in
 * @param offlineLife of {@code offline_access} since it was last used
 */
@ConfigurationProperties("auscult.authorization-server")
public record AuthSettings(
    @DefaultValue("false") boolean enabled,
    @Nullable Path registry,
    @DefaultValue({"administrator", "approver", "privacy-officer"}) List<String> secondFactorRoles,
    @DefaultValue("30m") Duration accessTokenLife,
    @DefaultValue("12h") Duration onlineLife,
    @DefaultValue("30d") Duration offlineLife) {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  public AuthSettings {
    secondFactorRoles = List.copyOf(secondFactorRoles);
    // SMART App Launch 2.2 asks for an hour at the most.
    if (accessTokenLife.compareTo(LONGEST) > 0 || accessTokenLife.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "auscult.authorization-server.access-token-life takes 1m to 1h");
    }
    for (String code : secondFactorRoles) {
      if (Role.of(code).isEmpty()) {
        throw new IllegalArgumentException(
            "auscult.authorization-server.second-factor-roles: no role is called " + code);
      }
    }
  }

  Set<Role> withSecondFactor() {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    secondFactorRoles.forEach(code -> Role.of(code).ifPresent(roles::add));
    return roles;
  }
}
