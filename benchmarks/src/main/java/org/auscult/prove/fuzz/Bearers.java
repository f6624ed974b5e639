package org.auscult.prove.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.auscult.prove.fuzz.Seed.Bearer;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Browser;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;

/** What requests are sent with: right tokens, at times with a letter changed. */
final class Bearers {
  private static final Duration KEPT = Duration.ofMinutes(20);

  private final TwoHospitals hospitals;
  private final String cookies;
  private String administrator = "";
  private Instant renewal = Instant.MIN;

  Bearers(TwoHospitals hospitals) throws IOException {
    this.hospitals = hospitals;
    Browser browser = hospitals.browser("127.0.0.1");
    browser.signIn(Staff.NORA);
    browser.open("/oauth2/account");
    this.cookies = browser.cookies();
  }

  Ask with(Seed seed, Ask ask, Random random) throws IOException {
    if (ask.has("Authorization")) {
      return ask;
    }
    if (seed.bearer() == Bearer.SESSION) {
      return ask.has("Cookie") ? ask : ask.with("Cookie: " + cookies);
    }
    String token = token(seed.bearer(), seed.ask());
    return ask.bearer(random.nextInt(25) == 0 ? spoilt(token, random) : token);
  }

  /** A code of the second factor counts once, so a token is kept for most of its half hour. */
  private synchronized String administrator() throws IOException {
    if (Instant.now().isAfter(renewal)) {
      administrator =
          hospitals
              .grant(Staff.DESK, Staff.MARA, Staff.DESK_SCOPES, null)
              .json()
              .path("access_token")
              .asText();
      renewal = Instant.now().plus(KEPT);
    }
    return administrator;
  }

  private String token(Bearer bearer, Ask seed) throws IOException {
    return switch (bearer) {
      case CLINICIAN -> hospitals.token(Staff.NORA);
      case SERVICE -> hospitals.service();
      case ADMINISTRATOR -> administrator();
      case AUDITOR -> hospitals.token(Staff.AUDRA);
      case EHR -> hospitals.hookToken(seed.target());
      case NOBODY, SESSION -> "";
    };
  }

  private static String spoilt(String token, Random random) {
    if (token.isEmpty()) {
      return "a.b.c";
    }
    String[] parts = token.split("\\.");
    int part = random.nextInt(parts.length);
    parts[part] =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> "bnVsbA";
          case 2 -> "e30";
          default -> parts[part].substring(random.nextInt(parts[part].length()));
        };
    return String.join(".", parts);
  }
}
