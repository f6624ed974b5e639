package org.auscult.prove.attack;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Browser;
import org.auscult.prove.hospital.LogWatch;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;

/** Who signs in: what it takes, how long it takes, and what other pages can do about it. */
final class LoginAttacks implements Attack {
  /** An address of this machine that nobody signs in from, for each of these attacks. */
  private static final String GUESSING = "127.99.1.1";

  private final int decoys;

  LoginAttacks(int decoys) {
    this.decoys = decoys;
  }

  /** No sign-in, and the page says the same whatever was wrong. */
  private static final Expect REFUSED =
      reply ->
          reply.status() == 302 && reply.header("Location").endsWith("/login?refused")
              ? null
              : "HTTP " + reply.status() + " to " + reply.header("Location");

  @Override
  public void run(Tries tries) throws IOException {
    throttle(tries);
    secondFactor(tries);
    fixation(tries);
    forgery(tries);
    framing(tries);
    timing(tries);
  }

  private static void throttle(Tries tries) throws IOException {
    tries.of("guessing a password");
    TwoHospitals hospitals = tries.hospitals();
    String victim = Staff.decoy(0);
    Browser browser = hospitals.browser(GUESSING);
    List<String> guesses =
        List.of("password", "", "123456", "' OR '1'='1", "x".repeat(5_000), "\u0000", "guess");
    for (String guess : guesses) {
      tries.oauth(
          "a guess", browser, Ask.form("/login", browser.loginForm(victim, guess, "")), REFUSED);
    }
    Map<String, String> right = browser.loginForm(victim, hospitals.staff().password(victim), "");
    tries.oauth(
        "the right one after too many guesses", browser, Ask.form("/login", right), REFUSED);
    Browser elsewhere = hospitals.browser("127.99.1.2");
    tries.judged(
        "its owner elsewhere is not locked out",
        Browser.isSignedIn(elsewhere.signIn(victim)) ? null : "the owner cannot sign in");
    for (String name : List.of("' OR '1'='1' --", LogWatch.FORGED, "\r\n" + LogWatch.FORGED, "*")) {
      Browser fresh = hospitals.browser("127.99.1.3");
      tries.oauth(
          "as nobody", fresh, Ask.form("/login", fresh.loginForm(name, "guess", "")), REFUSED);
    }
  }

  private static void secondFactor(Tries tries) throws IOException {
    tries.of("second factor");
    Staff staff = tries.hospitals().staff();
    Instant now = Instant.now();
    String code = staff.code(Staff.MARA, now);
    Browser first = tries.hospitals().browser("127.99.2.1");
    String password = staff.password(Staff.MARA);
    Reply signedIn = first.send(Ask.form("/login", first.loginForm(Staff.MARA, password, code)));
    tries.judged("the right code", Browser.isSignedIn(signedIn) ? null : "it was refused");
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("the same code again", code);
    wrong.put("no code", "");
    wrong.put("another's guess", "000000");
    wrong.put("the code of five minutes ago", staff.code(Staff.MARA, now.minusSeconds(300)));
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      Browser browser = tries.hospitals().browser("127.99.2.2");
      tries.oauth(
          each.getKey(),
          browser,
          Ask.form("/login", browser.loginForm(Staff.MARA, password, each.getValue())),
          REFUSED);
    }
  }

  private static void fixation(Tries tries) throws IOException {
    tries.of("session fixation");
    TwoHospitals hospitals = tries.hospitals();
    Browser victim = hospitals.browser("127.0.0.1");
    victim.open("/login");
    String before = victim.cookies();
    victim.signIn(Staff.NORA);
    tries.judged(
        "the session's id changes",
        before.equals(victim.cookies()) ? "it stays as it was before the login" : null);
    Expect notIn = Expect.status(302, 401, 403);
    tries.unrecorded(
        "the id from before", Ask.get("/oauth2/account").with("Cookie: " + before), notIn);
    Browser planted = hospitals.browser("127.0.0.1");
    planted.plant("JSESSIONID", "0123456789ABCDEF0123456789ABCDEF");
    planted.signIn(Staff.NORA);
    tries.unrecorded(
        "an id that was planted",
        Ask.get("/oauth2/account").with("Cookie: JSESSIONID=0123456789ABCDEF0123456789ABCDEF"),
        notIn);
    String id = victim.cookies().replaceFirst(".*JSESSIONID=([^;]*).*", "$1");
    tries.unrecorded(
        "the id in the address",
        Ask.get("/oauth2/account;jsessionid=" + id),
        Expect.status(302, 400, 401, 403, 404));
    Reply login = hospitals.browser("127.0.0.1").open("/login");
    String cookie = login.header("Set-Cookie").toLowerCase(Locale.ROOT);
    tries.judged(
        "the cookie is out of scripts' and other sites' reach",
        cookie.contains("httponly") && cookie.contains("samesite=lax") ? null : "it is not");
  }

  private static void forgery(Tries tries) throws IOException {
    tries.of("requests forged by other sites");
    TwoHospitals hospitals = tries.hospitals();
    Expect forbidden = Expect.status(403);
    String password = hospitals.staff().password(Staff.NORA);
    Browser browser = hospitals.browser("127.0.0.1");
    Map<String, String> form = browser.loginForm(Staff.NORA, password, "");
    String right = String.valueOf(form.get("_csrf"));
    Browser other = hospitals.browser("127.0.0.1");
    String others = String.valueOf(other.loginForm(Staff.NORA, password, "").get("_csrf"));
    for (String token : List.of("", "guessed", others)) {
      form.put("_csrf", token);
      tries.oauth("login with a wrong token", browser, Ask.form("/login", form), forbidden);
    }
    form.remove("_csrf");
    tries.oauth("login without a token", browser, Ask.form("/login", form), forbidden);
    tries.unrecorded(
        "login by a link",
        browser,
        Ask.get("/login?" + Ask.encoded(form) + "&_csrf=" + Ask.encoded(right)),
        Expect.status(200));
    tries.judged("nobody is signed in by a link", browser.isSignedIn() ? "somebody is" : null);
    browser.signIn(Staff.NORA);
    for (String path : List.of("/logout", "/oauth2/patient")) {
      tries.oauth(
          path + " without a token",
          browser,
          Ask.form(path, Map.of("request", "x", "patient", hospitals.north().id())),
          forbidden);
    }
    tries.judged("the user is still signed in", browser.isSignedIn() ? null : "no longer");
    tries.oauth(
        "a patient of nobody's request",
        browser,
        Ask.form(
            "/oauth2/patient",
            Map.of(
                "_csrf",
                Browser.hidden(browser.open("/oauth2/account"), "_csrf"),
                "request",
                "guessed",
                "patient",
                hospitals.north().id())),
        Expect.status(404));
    Reply preflight =
        hospitals
            .wire()
            .send(
                new Ask(
                    "OPTIONS",
                    "/fhir/Patient",
                    List.of(
                        "Origin: https://evil.example.org",
                        "Access-Control-Request-Method: GET",
                        "Access-Control-Request-Headers: authorization"),
                    new byte[0]));
    tries.judged(
        "a page of another site may not call the FHIR API",
        preflight.header("Access-Control-Allow-Origin").isEmpty() ? null : "it may");
  }

  private static void framing(Tries tries) throws IOException {
    tries.of("clickjacking");
    Browser browser = tries.hospitals().browser("127.0.0.1");
    Expect unframed =
        reply ->
            reply.header("X-Frame-Options").equals("DENY")
                    && reply.header("Content-Security-Policy").contains("frame-ancestors 'none'")
                ? null
                : "it may be framed: HTTP "
                    + reply.status()
                    + ", X-Frame-Options "
                    + reply.header("X-Frame-Options");
    tries.unrecorded("login", browser, Ask.get("/login"), unframed);
    browser.signIn(Staff.NORA);
    tries.unrecorded("account", browser, Ask.get("/oauth2/account"), unframed);
    Reply asked =
        browser.open(
            "/oauth2/authorize?"
                + Ask.encoded(browser.request(Staff.GROWTH, "user/*.rs", Browser.random())));
    String consent = path(tries, asked);
    tries.unrecorded("consent", browser, Ask.get(consent), unframed);
    asked =
        browser.open(
            "/oauth2/authorize?"
                + Ask.encoded(
                    browser.request(
                        Staff.GROWTH, "launch/patient patient/*.rs", Browser.random())));
    tries.unrecorded("choice of a patient", browser, Ask.get(path(tries, asked)), unframed);
    tries.unrecorded("error", browser, Ask.get("/oauth2/consent?state=x"), unframed);
    tries.unrecorded("FHIR", Ask.get("/fhir/metadata"), unframed);
  }

  private static String path(Tries tries, Reply redirect) {
    return redirect.header("Location").replace(tries.hospitals().wire().root(), "");
  }

  /** Unknown names take as long as known ones with a wrong password. */
  private void timing(Tries tries) throws IOException {
    tries.of("timing of the login");
    int each = tries.times(30, 400);
    List<Boolean> turns = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      turns.add(true);
      turns.add(false);
    }
    Collections.shuffle(turns, tries.random());
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    int turn = 0;
    for (boolean isKnown : turns) {
      // Fewer than what slows down guessing: at an address, and for a name.
      Browser browser =
          tries.hospitals().browser("127.98." + turn / 30 / 200 + "." + (1 + turn / 30 % 200));
      String name = isKnown ? Staff.decoy(1 + turn % (decoys - 1)) : "unknown-" + turn;
      Map<String, String> form = browser.loginForm(name, "guess-" + turn, "");
      Reply reply =
          tries.oauth(
              isKnown ? "known name" : "unknown name", browser, Ask.form("/login", form), REFUSED);
      (isKnown ? known : unknown).add(reply.took().toNanos());
      turn++;
    }
    RankTest test = RankTest.of(known, unknown);
    double most = tries.isShort() ? 1.35 : 1.15;
    double ratio = test.firstMedian() / test.secondMedian();
    tries.told(
        "login: median %.1f ms for known names, %.1f ms for unknown (aim: ratio up to %.2f); a known"
            + " one takes longer in %.1f %% of pairs (aim: 50 %%, within four standard errors of"
            + " %.1f)",
        test.firstMedian() / 1e6,
        test.secondMedian() / 1e6,
        most,
        100 * test.share(),
        100 * test.error());
    boolean isAlike =
        ratio < most && ratio > 1 / most && Math.abs(test.share() - 0.5) < 4 * test.error();
    tries.judged("known and unknown names", isAlike ? null : "they take different times");
  }
}
