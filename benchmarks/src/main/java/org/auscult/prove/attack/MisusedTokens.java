package org.auscult.prove.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Jwt;
import org.auscult.prove.hospital.KeyOf;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;

/** Tokens that the right key did sign: sent again, elsewhere, too late or too early. */
final class MisusedTokens implements Attack {
  private static final int AT_ONCE = 6;

  @Override
  public void run(Tries tries) throws IOException, InterruptedException {
    replay(tries);
    clocks(tries);
    swapped(tries);
  }

  private static void replay(Tries tries) throws IOException, InterruptedException {
    for (Door door : List.of(Door.TOKEN, Door.HOOK)) {
      tries.of("replay, " + door.bearer());
      for (int i = 0; i < tries.times(1, 10); i++) {
        String used = door.right(tries.hospitals()).compact();
        tries.control(door.bearer(), door.ask(tries.hospitals(), used), 200);
        door.attempt(tries, "sent again", used);
        door.attempt(tries, "sent a third time", used);
      }
      atOnce(tries, door);
      KeyOf key = door.key(tries.hospitals());
      if (key != null) {
        ObjectNode claims = door.right(tries.hospitals()).claimsTree();
        String header = TwoHospitals.header(key).toString();
        tries.control(
            door.bearer(),
            door.ask(tries.hospitals(), Jwt.of(header, claims.toString(), key.signer()).compact()),
            200);
        claims.put("exp", claims.path("exp").asLong() + 1);
        door.attempt(
            tries,
            "same jti, new token",
            Jwt.of(header, claims.toString(), key.signer()).compact());
        claims.remove("jti");
        door.attempt(tries, "no jti", Jwt.of(header, claims.toString(), key.signer()).compact());
      }
    }
  }

  /** Of several that come at the same time one is the first. */
  private static void atOnce(Tries tries, Door door) throws IOException, InterruptedException {
    String token = door.right(tries.hospitals()).compact();
    Callable<Integer> one =
        () -> tries.hospitals().wire().send(door.ask(tries.hospitals(), token)).status();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      int taken = 0;
      for (Future<Integer> each : threads.invokeAll(Collections.nCopies(AT_ONCE, one))) {
        taken += each.get() == 200 ? 1 : 0;
      }
      tries.judged(AT_ONCE + " at once", taken == 1 ? null : taken + " were taken");
    } catch (ExecutionException e) {
      throw new IOException("A request failed", e);
    } finally {
      threads.shutdown();
    }
  }

  private static void clocks(Tries tries) throws IOException {
    for (Door door : List.of(Door.TOKEN, Door.HOOK)) {
      tries.of("clock skew, " + door.bearer());
      long now = Instant.now().getEpochSecond();
      door.attempt(tries, "expired 2 min ago", claims(tries, door, c -> c.put("exp", now - 120)));
      door.attempt(
          tries,
          "issued and expired long ago",
          claims(tries, door, c -> c.put("iat", now - 7_200).put("exp", now - 7_000)));
      door.attempt(
          tries,
          "not before in 10 min",
          claims(tries, door, c -> c.put("nbf", now + 600).put("exp", now + 100)));
      door.attempt(
          tries,
          "issued in 10 min",
          claims(tries, door, c -> c.put("iat", now + 600).put("exp", now + 250)));
      door.attempt(tries, "lives a day", claims(tries, door, c -> c.put("exp", now + 86_400)));
      door.attempt(
          tries, "lives for ever", claims(tries, door, c -> c.put("exp", 99_999_999_999L)));
      door.attempt(tries, "no end", claims(tries, door, c -> without(c, "exp")));
      door.attempt(tries, "end is no number", claims(tries, door, c -> c.put("exp", "soon")));
      door.attempt(tries, "end is negative", claims(tries, door, c -> c.put("exp", -1)));
    }
  }

  private static ObjectNode without(ObjectNode claims, String name) {
    claims.remove(name);
    return claims;
  }

  /** Signed by the right key. */
  private static String claims(Tries tries, Door door, UnaryOperator<ObjectNode> change)
      throws IOException {
    Jwt right = door.right(tries.hospitals());
    KeyOf key = door.key(tries.hospitals());
    if (key == null) {
      throw new IllegalArgumentException("The server's own key is not at hand");
    }
    String claims = change.apply(right.claimsTree()).toString();
    return Jwt.of(right.header(), claims, key.signer()).compact();
  }

  private static void swapped(Tries tries) throws IOException {
    TwoHospitals hospitals = tries.hospitals();
    tries.of("audience swap");
    JsonNode granted =
        hospitals
            .grant(Staff.ROUNDS, Staff.NORA, "openid fhirUser offline_access user/*.rs", null)
            .json();
    String access = granted.path("access_token").asText();
    String identity = granted.path("id_token").asText();
    String refresh = granted.path("refresh_token").asText();
    List.of(access, identity, refresh).forEach(tries::secret);
    tries.control("access token", Door.FHIR.ask(hospitals, access), 200);
    tries.judged("there is an id_token", identity.isEmpty() ? "there is none" : null);
    tries.judged("there is a refresh token", refresh.isEmpty() ? "there is none" : null);

    Door.FHIR.attempt(tries, "id_token at FHIR", identity);
    Door.FHIR.attempt(tries, "refresh token at FHIR", refresh);
    Door.FHIR.attempt(tries, "hook token at FHIR", hospitals.hookToken(TwoHospitals.SERVICE));
    Door.FHIR.attempt(tries, "hook token for the FHIR base at FHIR", hospitals.hookToken("/fhir"));
    Door.FHIR.attempt(tries, "assertion at FHIR", hospitals.assertion(Staff.NIGHTLY).compact());
    Door.HOOK.attempt(tries, "access token at a hook", access);
    Door.HOOK.attempt(tries, "id_token at a hook", identity);
    Door.HOOK.attempt(tries, "assertion at a hook", hospitals.assertion(Staff.LAB).compact());
    Door.HOOK.attempt(
        tries, "for another service", hospitals.hookToken("/cds-services/deterioration"));
    Door.HOOK.attempt(
        tries, "for feedback", hospitals.hookToken(TwoHospitals.SERVICE + "/feedback"));
    Door.HOOK.attempt(tries, "for discovery", hospitals.hookToken("/cds-services"));
    Door.HOOK.attempt(tries, "for a longer path", hospitals.hookToken(TwoHospitals.SERVICE + "/"));
    tries.request(
        "of the ward at the clinic's path",
        Ask.json("/ehr/clinic" + TwoHospitals.SERVICE, hospitals.chart(hospitals.north()))
            .bearer(hospitals.hookToken("/ehr/clinic" + TwoHospitals.SERVICE)),
        Expect.outcome(401, 403));
    Door.TOKEN.attempt(tries, "access token as assertion", access);
    Door.TOKEN.attempt(tries, "id_token as assertion", identity);
    Door.TOKEN.attempt(tries, "hook token as assertion", hospitals.hookToken("/oauth2/token"));
    Door.TOKEN.attempt(
        tries,
        "for the FHIR base",
        claims(tries, Door.TOKEN, c -> c.put("aud", hospitals.wire().root() + "/fhir")));
    Door.TOKEN.attempt(
        tries,
        "for another server",
        claims(tries, Door.TOKEN, c -> c.put("aud", "https://evil.example.org/oauth2/token")));
    Door.TOKEN.attempt(
        tries,
        "names another client",
        claims(tries, Door.TOKEN, c -> c.put("iss", Staff.NIGHTLY).put("sub", Staff.NIGHTLY)));
    Door.HOOK.attempt(
        tries,
        "names another issuer",
        claims(tries, Door.HOOK, c -> c.put("iss", TwoHospitals.WARD)));
    others(tries, refresh);
  }

  /** What belongs to another application. */
  private static void others(Tries tries, String refresh) throws IOException {
    tries.oauth(
        "refresh token of another client",
        Ask.form(
            "/oauth2/token",
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                Staff.GROWTH,
                "refresh_token",
                refresh)),
        Expect.oauth(400, "invalid_grant"));
    Reply again =
        tries.control(
            "the refresh token of its own client",
            Ask.form(
                "/oauth2/token",
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "client_id",
                    Staff.ROUNDS,
                    "refresh_token",
                    refresh)),
            200);
    List<String> fresh = new ArrayList<>();
    fresh.add(again.json().path("access_token").asText());
    fresh.add(again.json().path("refresh_token").asText());
    fresh.forEach(tries::secret);
    Door.TOKEN.attempt(tries, "refreshed token as assertion", fresh.get(0));
  }
}
