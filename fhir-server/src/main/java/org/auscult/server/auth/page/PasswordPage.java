package org.auscult.server.auth.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.auscult.server.auth.user.PasswordLinks;
import org.auscult.server.auth.user.PasswordLinks.Waiting;
import org.auscult.server.auth.user.Totp;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a person sets a password, and a second factor, by a link from an administrator. The link is
 * what the person has to show, so no session and no other proof is needed.
 */
@RestController
public final class PasswordPage {
  /** Where it is. */
  public static final String PATH = "/auth/password";

  /** Source: NIST SP 800-63B asks for 8; a record of patients deserves more. */
  private static final int LEAST_CHARACTERS = 12;

  /** What bcrypt reads of a password, in bytes. */
  private static final int MOST_BYTES = 72;

  private final PasswordLinks links;
  private final Users users;
  private final PasswordEncoder passwords;
  private final InstantSource clock;
  private final BiConsumer<User, Boolean> log;

  /**
   * @param log takes the user, and whether a second factor was set, before the page is answered
   */
  public PasswordPage(
      PasswordLinks links,
      Users users,
      PasswordEncoder passwords,
      InstantSource clock,
      BiConsumer<User, Boolean> log) {
    this.links = links;
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
    this.log = log;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(@RequestParam("link") String link) {
    return links.find(link).map(waiting -> form(link, waiting, "")).orElseGet(PasswordPage::gone);
  }

  @PostMapping(PATH)
  ResponseEntity<String> set(
      @RequestParam("link") String link,
      @RequestParam("password") String password,
      @RequestParam("again") String again,
      @RequestParam(value = "code", defaultValue = "") String code) {
    Optional<Waiting> waiting = links.find(link);
    if (waiting.isEmpty()) {
      return gone();
    }
    String problem = problem(waiting.get(), password, again, code);
    if (problem != null) {
      return form(link, waiting.get(), "<p role=\"alert\">" + problem + "</p>");
    }
    if (!links.use(link)) {
      return gone();
    }
    User user = waiting.get().user();
    String secret = waiting.get().totpSecret();
    users.setCredentials(user, passwords.encode(password), secret);
    log.accept(user, secret != null);
    return framedByNobody(
        HttpStatus.OK,
        Pages.page(
            "Your password is set",
            "<p>You can <a href=\"/login\">sign in</a> now, as <b>%s</b>.</p>"
                .formatted(Pages.text(user.name()))));
  }

  private @Nullable String problem(Waiting waiting, String password, String again, String code) {
    if (!password.equals(again)) {
      return "The two passwords are not the same.";
    }
    if (password.codePointCount(0, password.length()) < LEAST_CHARACTERS
        || password.getBytes(UTF_8).length > MOST_BYTES) {
      return "A password has 12 characters or more, and 72 bytes at the most.";
    }
    if (password.toLowerCase(Locale.ROOT).contains(waiting.user().name())
        || password.chars().distinct().count() < 5) {
      return "This password is easy to guess: it has your name in it, or few different characters.";
    }
    String secret = waiting.totpSecret();
    OptionalLong step =
        secret == null
            ? OptionalLong.of(0)
            : Totp.of(secret).accept(code.replace(" ", ""), clock.instant(), 0);
    return step.isPresent() ? null : "The code is not that of your authenticator app.";
  }

  private static ResponseEntity<String> form(String link, Waiting waiting, String message) {
    return framedByNobody(
        HttpStatus.OK,
        Pages.page(
            "Set your password",
            """
            %s
            <p>For <b>%s</b>, who signs in as <b>%s</b>.</p>
            <form method="post" action="%s">
            %s
            <label for="password">Password, 12 characters or more</label>
            <input id="password" name="password" type="password" autocomplete="new-password" required>
            <label for="again">The same again</label>
            <input id="again" name="again" type="password" autocomplete="new-password" required>
            %s
            <button>Set</button>
            </form>
            """
                .formatted(
                    message,
                    Pages.text(waiting.user().displayName()),
                    Pages.text(waiting.user().name()),
                    PATH,
                    Pages.hidden("link", link),
                    secondFactor(waiting.totpSecret()))));
  }

  private static String secondFactor(@Nullable String secret) {
    return secret == null
        ? ""
        : """
        <p>Enter this secret into your authenticator app: <b>%s</b></p>
        <label for="code">The code that it shows then</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
        """
            .formatted(Pages.text(secret));
  }

  private static ResponseEntity<String> gone() {
    return framedByNobody(
        HttpStatus.NOT_FOUND,
        Pages.page(
            "This link does not count",
            "<p role=\"alert\">It was used, or it is older than a day. Ask an administrator for"
                + " another one.</p>"));
  }

  private static ResponseEntity<String> framedByNobody(
      HttpStatus status, ResponseEntity<String> page) {
    return ResponseEntity.status(status)
        .headers(page.getHeaders())
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'")
        .body(page.getBody());
  }
}
