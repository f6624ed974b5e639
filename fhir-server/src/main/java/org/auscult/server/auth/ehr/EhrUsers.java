package org.auscult.server.auth.ehr;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auscult.cds.hook.PatientMatch;
import org.auscult.server.auth.user.Hash;
import org.auscult.server.auth.user.SecondFactor;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.auth.user.Users.Kept;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Who of our users an EHR's user is: the one whom the registry names; else, for a practitioner of
 * an EHR whose practitioners have roles here, a user of that person's own, who has no password.
 * Nobody gets a role that asks for a second factor.
 */
final class EhrUsers {
  static final String ORIGIN = "ehr";

  private static final Pattern PRACTITIONER =
      Pattern.compile("(Practitioner|PractitionerRole)/[A-Za-z0-9.-]{1,64}");
  private static final int LONGEST_NAME = 128;

  private final Users users;
  private final PatientMatch match;
  private final SecondFactor secondFactor;
  private final String nobodysHash;

  EhrUsers(Users users, PatientMatch match, SecondFactor secondFactor, PasswordEncoder passwords) {
    this.users = users;
    this.match = match;
    this.secondFactor = secondFactor;
    byte[] unknown = new byte[32];
    new SecureRandom().nextBytes(unknown);
    this.nobodysHash = passwords.encode(Base64.getEncoder().encodeToString(unknown));
  }

  /**
   * Our user.
   *
   * @param fhirServer canonical base URL of the launch
   */
  User of(Ehr ehr, String fhirServer, EhrPerson person) throws LaunchRefused {
    String reference = relative(person.fhirUser(), fhirServer);
    String named = reference == null ? null : ehr.users().get(reference);
    if (named == null) {
      named = ehr.users().get("sub:" + person.subject());
    }
    User user =
        (named == null ? own(ehr, fhirServer, person, reference) : users.named(named))
            .filter(found -> !found.disabled())
            .orElseThrow(() -> new LaunchRefused(LaunchProblem.USER));
    if (user.totpSecret() != null || secondFactor.isNeeded(user.roles())) {
      throw new LaunchRefused(LaunchProblem.SECOND_FACTOR);
    }
    return user;
  }

  /** A reference to a resource of another server than the launch's says nothing here. */
  private static @Nullable String relative(@Nullable String fhirUser, String fhirServer) {
    if (fhirUser == null) {
      return null;
    }
    String there = fhirServer + "/";
    String relative = fhirUser.startsWith(there) ? fhirUser.substring(there.length()) : fhirUser;
    return relative.matches("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}") ? relative : null;
  }

  private Optional<User> own(
      Ehr ehr, String fhirServer, EhrPerson person, @Nullable String reference) {
    if (ehr.roles().isEmpty() || reference == null || !PRACTITIONER.matcher(reference).matches()) {
      return Optional.empty();
    }
    String name =
        "ehr-"
            + ehr.id()
            + "."
            + Hash.of(person.issuer() + " " + person.subject()).substring(0, 32);
    boolean isOurs = match.idsAreOurs(fhirServer) && reference.startsWith("Practitioner/");
    User now =
        new User(
            "",
            name,
            displayName(ehr, person),
            isOurs ? reference : null,
            ehr.roles(),
            ehr.sites(),
            nobodysHash,
            null,
            false);
    Optional<Kept> known = users.kept(name);
    return known.isEmpty() ? Optional.of(added(now)) : current(known.get(), now);
  }

  private User added(User user) {
    try {
      return users.put(user, ORIGIN);
    } catch (DuplicateKeyException e) {
      // Another launch of the same person was faster.
      return users.named(user.name()).orElse(user);
    }
  }

  /** The user that there is, with roles and sites of now; who was disabled here stays so. */
  private Optional<User> current(Kept known, User now) {
    User before = known.user();
    if (!known.origin().equals(ORIGIN)) {
      return Optional.empty();
    }
    User after =
        new User(
            before.id(),
            before.name(),
            now.displayName(),
            now.fhirUser(),
            now.roles(),
            now.sites(),
            before.passwordHash(),
            null,
            before.disabled());
    return after.equals(before)
        ? Optional.of(before)
        : users.change(after, known.version()).or(() -> users.kept(before.name())).map(Kept::user);
  }

  private static String displayName(Ehr ehr, EhrPerson person) {
    String name = person.name();
    boolean isName =
        name != null
            && !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl);
    return isName ? name + " (" + ehr.name() + ")" : "A user of " + ehr.name();
  }
}
