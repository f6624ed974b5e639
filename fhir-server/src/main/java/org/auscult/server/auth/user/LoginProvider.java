package org.auscult.server.auth.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Signs a user in by password and, where there is one, second factor. Whatever is wrong, the answer
 * is the same, and so is the work: an unknown name costs the check of a password too.
 */
public final class LoginProvider implements AuthenticationProvider {
  /** What bcrypt reads of a password, in bytes. */
  private static final int LONGEST_PASSWORD = 72;

  private final Users users;
  private final LoginThrottle throttle;
  private final PasswordEncoder passwords;
  private final InstantSource clock;
  private final LoginLog log;
  private final String nobodysHash;

  public LoginProvider(
      Users users,
      LoginThrottle throttle,
      PasswordEncoder passwords,
      InstantSource clock,
      LoginLog log) {
    this.users = users;
    this.throttle = throttle;
    this.passwords = passwords;
    this.clock = clock;
    this.log = log;
    this.nobodysHash = passwords.encode("nobody's password");
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String name = attempt.getName().toLowerCase(Locale.ROOT).strip();
    LoginDetails details =
        attempt.getDetails() instanceof LoginDetails given ? given : LoginDetails.NONE;
    boolean isRefused = throttle.refuses(name, details.address());
    Optional<User> user = users.named(name);
    boolean isPassword = matches(String.valueOf(attempt.getCredentials()), user);
    OptionalLong step = step(user, details);
    boolean isRight = !isRefused && isPassword && step.isPresent();
    if (!isRight || user.isEmpty() || user.get().disabled() || !useUp(user.get(), step)) {
      if (!isRefused) {
        throttle.failed(name, details.address());
      }
      log.refused(user.orElse(null), details.address());
      throw new BadCredentialsException("Sign-in was refused");
    }
    log.signedIn(user.get(), details.address());
    throttle.succeeded(name, details.address());
    return UsernamePasswordAuthenticationToken.authenticated(user.get().id(), null, List.of());
  }

  private boolean matches(String password, Optional<User> user) {
    String hash = user.map(User::passwordHash).orElse(nobodysHash);
    boolean isTooLong = password.getBytes(UTF_8).length > LONGEST_PASSWORD;
    return passwords.matches(isTooLong ? "" : password, hash) && user.isPresent() && !isTooLong;
  }

  /** The step of a right code; 0 for who has no second factor; empty if the code is wrong. */
  private OptionalLong step(Optional<User> user, LoginDetails details) {
    String secret = user.map(User::totpSecret).orElse(null);
    return user.isEmpty() || secret == null
        ? OptionalLong.of(0)
        : Totp.of(secret).accept(details.code(), clock.instant(), users.lastStep(user.get()));
  }

  /** A code is used up only by a login whose other parts are right. */
  private boolean useUp(User user, OptionalLong step) {
    return user.totpSecret() == null || users.use(user, step.getAsLong());
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
