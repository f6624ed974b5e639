package org.auscult.server.auth.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.auscult.server.signature.Reauthentication;
import org.auscult.server.signature.Signer;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Makes sure of a signer by the password and the second factor of the one user who is that person.
 * Where two users are, neither is (21 CFR 11.100). If anything that was entered is wrong, nothing
 * counts, and the try counts as one of guessing.
 */
public final class PersonsAtSigning implements Reauthentication {
  /** What bcrypt reads of a password, in bytes. */
  private static final int LONGEST_PASSWORD = 72;

  private final Users users;
  private final LoginThrottle throttle;
  private final PasswordEncoder passwords;
  private final InstantSource clock;

  public PersonsAtSigning(
      Users users, LoginThrottle throttle, PasswordEncoder passwords, InstantSource clock) {
    this.users = users;
    this.throttle = throttle;
    this.passwords = passwords;
    this.clock = clock;
  }

  @Override
  public Set<Component> confirmed(Signer signer, Components given) {
    List<User> persons =
        users.all().stream()
            .filter(user -> signer.reference().equals(user.fhirUser()) && !user.disabled())
            .toList();
    if (persons.size() != 1) {
      return Set.of();
    }
    User user = persons.get(0);
    String place = "signing " + user.name();
    if (throttle.refuses(user.name(), place)) {
      return Set.of();
    }
    Set<Component> confirmed = confirmed(user, given);
    boolean isAnyGiven = given.password() != null || given.code() != null;
    if (confirmed.isEmpty() && isAnyGiven) {
      throttle.failed(user.name(), place);
    } else if (!confirmed.isEmpty()) {
      throttle.succeeded(user.name(), place);
    }
    return confirmed;
  }

  private Set<Component> confirmed(User user, Components given) {
    Set<Component> confirmed = EnumSet.noneOf(Component.class);
    String password = given.password();
    if (password != null) {
      if (!isRight(password, user)) {
        return Set.of();
      }
      confirmed.add(Component.PASSWORD);
    }
    String code = given.code();
    if (code != null) {
      if (!useUp(code, user)) {
        return Set.of();
      }
      confirmed.add(Component.CODE);
    }
    return confirmed;
  }

  private boolean isRight(String password, User user) {
    return password.getBytes(UTF_8).length <= LONGEST_PASSWORD
        && passwords.matches(password, user.passwordHash());
  }

  private boolean useUp(String code, User user) {
    String secret = user.totpSecret();
    if (secret == null) {
      return false;
    }
    OptionalLong step = Totp.of(secret).accept(code, clock.instant(), users.lastStep(user));
    return step.isPresent() && users.use(user, step.getAsLong());
  }
}
