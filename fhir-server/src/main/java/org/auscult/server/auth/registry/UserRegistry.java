package org.auscult.server.auth.registry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.auscult.access.Role;
import org.auscult.server.auth.grant.JdbcGrants;
import org.auscult.server.auth.user.PasswordLinks;
import org.auscult.server.auth.user.SecondFactor;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.auth.user.Users.Kept;

/**
 * The users, as administrators keep them. A password is never known to an administrator: who is
 * new, or has lost it, gets a link by which the person sets it, once. What is taken from somebody
 * ends at once: all grants in that person's name.
 */
final class UserRegistry {
  static final int MOST = 200;

  private final Users users;
  private final PasswordLinks links;
  private final JdbcGrants grants;
  private final SecondFactor secondFactor;
  private final RegistryLog log;
  private final InstantSource clock;

  UserRegistry(
      Users users,
      PasswordLinks links,
      JdbcGrants grants,
      SecondFactor secondFactor,
      RegistryLog log,
      InstantSource clock) {
    this.users = users;
    this.links = links;
    this.grants = grants;
    this.secondFactor = secondFactor;
    this.log = log;
    this.clock = clock;
  }

  List<Kept> page(String after, int count) {
    return users.page(after, count);
  }

  Kept get(String name) {
    return users.kept(name).orElseThrow(RegistryProblem::notFound);
  }

  /**
   * A new user, who can sign in after having used the link.
   *
   * @param link made for that person
   */
  record Created(Kept kept, Link link) {}

  /**
   * A link to set a password.
   *
   * @param token part of its address; known here and nowhere else
   */
  record Link(String token, Instant until) {
    /** Never the token. */
    @Override
    public String toString() {
      return "Link[]";
    }
  }

  Created create(Administrator by, UserInput input) {
    if (input.name() == null) {
      throw RegistryProblem.invalid("A name is needed");
    }
    User user = input.over(input.name(), nobodyYet(input.name()));
    Kept kept =
        users
            .create(user)
            .orElseThrow(
                () -> RegistryProblem.conflict("A user is called " + user.name() + " already"));
    log(by, "user create", user.name(), Differences.between(Map.of(), values(user)));
    return new Created(kept, link(kept.user(), secondFactor.isNeeded(user.roles())));
  }

  private User nobodyYet(String name) {
    try {
      return users.withoutPassword(name);
    } catch (IllegalArgumentException e) {
      throw RegistryProblem.invalid(String.valueOf(e.getMessage()));
    }
  }

  Kept change(Administrator by, String name, long version, UserInput input) {
    Kept former = owned(name);
    if (input.name() != null && !input.name().equals(name)) {
      throw RegistryProblem.invalid("A user keeps the name; make another user");
    }
    User now = input.over(name, former.user());
    boolean isOfEhr = former.origin().equals("ehr");
    if (isOfEhr && !values(withState(former.user(), now.disabled())).equals(values(now))) {
      throw RegistryProblem.conflict(
          "This user comes from an EHR, whose settings give roles and sites; it can only be"
              + " disabled");
    }
    requireOthers(by, former.user(), now);
    if (!isOfEhr
        && now.totpSecret() == null
        && secondFactor.isNeeded(now.roles())
        && !secondFactor.isNeeded(former.user().roles())) {
      throw RegistryProblem.conflict(
          "This role needs a second factor: first make a link with secondFactor, and let the"
              + " person use it");
    }
    Kept kept = users.change(now, version).orElseThrow(RegistryProblem::changed);
    Map<String, String> changed = Differences.between(values(former.user()), values(now));
    if (!changed.isEmpty()) {
      grants.endAll(former.user().id());
    }
    log(by, "user change", name, changed);
    return kept;
  }

  private static User withState(User user, boolean disabled) {
    return new User(
        user.id(),
        user.name(),
        user.displayName(),
        user.fhirUser(),
        user.roles(),
        user.sites(),
        user.passwordHash(),
        user.totpSecret(),
        disabled);
  }

  /** Nobody locks oneself out: then nobody might be left who could open again. */
  private static void requireOthers(Administrator by, User former, User now) {
    boolean isSelf = by.user().id().equals(former.id());
    if (isSelf && (now.disabled() || !now.roles().contains(Role.ADMINISTRATOR))) {
      throw RegistryProblem.conflict(
          "Another administrator has to disable you, or to take this role from you");
    }
  }

  /**
   * A link by which the person sets another password; until then nobody signs in by that name.
   *
   * @param withSecondFactor whether the person sets up another second factor too
   */
  Link reset(Administrator by, String name, boolean withSecondFactor) {
    Kept kept = owned(name);
    if (kept.origin().equals("ehr")) {
      throw RegistryProblem.conflict("This user signs in at an EHR and has no password here");
    }
    if (by.user().id().equals(kept.user().id())) {
      throw RegistryProblem.conflict("Another administrator has to reset what is yours");
    }
    User user = kept.user();
    boolean isNeeded = user.totpSecret() == null && secondFactor.isNeeded(user.roles());
    users.lock(user, clock.instant());
    grants.endAll(user.id());
    log(
        by,
        "user reset",
        name,
        Map.of("second-factor", String.valueOf(withSecondFactor || isNeeded)));
    return link(user, withSecondFactor || isNeeded);
  }

  private Link link(User user, boolean withSecondFactor) {
    PasswordLinks.Made made = links.make(user, withSecondFactor);
    return new Link(made.token(), made.until());
  }

  private Kept owned(String name) {
    Kept kept = get(name);
    if (kept.origin().equals("file")) {
      throw RegistryProblem.conflict(
          "This user is kept by the registry file (auscult.authorization-server.registry); change"
              + " it there and start again");
    }
    return kept;
  }

  private void log(Administrator by, String operation, String name, Map<String, String> values) {
    log.changed(by.user(), by.client(), operation, name, values);
  }

  private static Map<String, String> values(User user) {
    Map<String, String> values = new TreeMap<>();
    values.put("display-name", user.displayName());
    values.put("fhir-user", user.fhirUser() == null ? "" : user.fhirUser());
    values.put(
        "roles", user.roles().stream().map(Role::code).sorted().collect(Collectors.joining(" ")));
    values.put("sites", String.join(" ", user.sites()));
    values.put("disabled", String.valueOf(user.disabled()));
    return values;
  }
}
