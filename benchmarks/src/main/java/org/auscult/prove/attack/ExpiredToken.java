package org.auscult.prove.attack;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.auscult.prove.hospital.Jwt;
import org.auscult.prove.hospital.TwoHospitals;

/**
 * An access token that the server itself gave, and that has truly ended: got before all other
 * attacks, tried after them. The shortest life that can be set is a minute, so in whole form only.
 */
final class ExpiredToken {
  /** By how much the server lets clocks differ, and a second. */
  private static final Duration LEEWAY = Duration.ofSeconds(31);

  private String token = "";
  private Instant end = Instant.MAX;

  void get(Tries tries) throws IOException {
    if (tries.isShort()) {
      return;
    }
    TwoHospitals hospitals = tries.hospitals();
    Jwt given = Door.FHIR.right(hospitals);
    token = given.compact();
    end = Instant.ofEpochSecond(given.claimsTree().path("exp").asLong()).plus(LEEWAY);
    tries.secret(token);
    tries.of("expired access token");
    tries.control("while it lasts", Door.FHIR.ask(hospitals, token), 200);
    hospitals.forget();
  }

  void attempt(Tries tries) throws IOException, InterruptedException {
    if (tries.isShort()) {
      return;
    }
    long left = Duration.between(Instant.now(), end).toMillis();
    if (left > 0) {
      Thread.sleep(left);
    }
    tries.of("expired access token");
    for (int i = 0; i < 3; i++) {
      Door.FHIR.attempt(tries, "as it was given, after its end", token);
    }
  }
}
