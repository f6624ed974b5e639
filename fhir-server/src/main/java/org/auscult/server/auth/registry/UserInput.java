package org.auscult.server.auth.registry;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.auth.user.User;
import org.jspecify.annotations.Nullable;

/** A user as an administrator writes one: no password, and no secret. */
record UserInput(
    @Nullable String name,
    @Nullable String displayName,
    @Nullable String fhirUser,
    @Nullable List<String> roles,
    @Nullable List<String> sites,
    boolean disabled) {
  private static final int LONGEST_NAME = 200;

  /**
   * The user.
   *
   * @param name by which the person signs in
   * @param former whose secrets and id it keeps
   */
  User over(String name, User former) {
    String shown = displayName == null || displayName.isBlank() ? name : displayName;
    if (shown.length() > LONGEST_NAME || shown.chars().anyMatch(Character::isISOControl)) {
      throw RegistryProblem.invalid("displayName has at most 200 characters, none of control");
    }
    List<String> at = sites == null ? List.of() : sites;
    if (!at.stream().allMatch(site -> site.matches("[A-Za-z0-9.-]{1,64}"))) {
      throw RegistryProblem.invalid("sites are ids of Organizations");
    }
    try {
      return new User(
          former.id(),
          name,
          shown,
          fhirUser,
          known(),
          at,
          former.passwordHash(),
          former.totpSecret(),
          disabled);
    } catch (IllegalArgumentException e) {
      throw RegistryProblem.invalid(String.valueOf(e.getMessage()));
    }
  }

  private Set<Role> known() {
    Set<Role> known = EnumSet.noneOf(Role.class);
    for (String code : roles == null ? List.<String>of() : roles) {
      known.add(
          Role.of(code)
              .orElseThrow(() -> RegistryProblem.invalid("No role is called as one of these")));
    }
    if (known.isEmpty()) {
      throw RegistryProblem.invalid("A user has at least one role");
    }
    return known;
  }
}
