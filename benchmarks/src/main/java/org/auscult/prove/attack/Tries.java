package org.auscult.prove.attack;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.prove.attack.Try.Trace;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Browser;
import org.auscult.prove.hospital.LogWatch;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.TwoHospitals;
import org.auscult.prove.hospital.Wire;
import org.jspecify.annotations.Nullable;

/** Makes tries, and keeps what came of them, and every secret that was sent. */
final class Tries {
  private static final Pattern SECRET_FIELD =
      Pattern.compile(
          "(?:client_assertion|code|refresh_token|token|password|client_secret|code_verifier)"
              + "=([^&]{12,})");

  private final TwoHospitals hospitals;
  private final Random random;
  private final boolean isShort;
  private final List<Try> made = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final Set<String> secrets = new LinkedHashSet<>();
  private String attack = "";

  Tries(TwoHospitals hospitals, Random random, boolean isShort) {
    this.hospitals = hospitals;
    this.random = random;
    this.isShort = isShort;
  }

  TwoHospitals hospitals() {
    return hospitals;
  }

  Random random() {
    return random;
  }

  boolean isShort() {
    return isShort;
  }

  /** How often to repeat what is random. */
  int times(int inShort, int whole) {
    return isShort ? inShort : whole;
  }

  /** All tries that follow are of this attack. */
  void of(String name) {
    attack = name;
  }

  /** Tries something at the FHIR API or a hook. */
  Reply request(String what, Ask ask, Expect due) throws IOException {
    return make(what, Trace.REQUEST, ask, due, a -> hospitals.wire().send(a));
  }

  /** Tries something at the authorization server. */
  Reply oauth(String what, Ask ask, Expect due) throws IOException {
    return make(what, Trace.TIME, ask, due, a -> hospitals.wire().send(a));
  }

  /** The same in a browser. */
  Reply oauth(String what, Browser browser, Ask ask, Expect due) throws IOException {
    return make(what, Trace.TIME, ask, due, browser::send);
  }

  /** Tries what nobody records, since it is turned away before, or nothing comes of it. */
  Reply unrecorded(String what, Ask ask, Expect due) throws IOException {
    return make(what, Trace.NONE, ask, due, a -> hospitals.wire().send(a));
  }

  /** The same in a browser. */
  Reply unrecorded(String what, Browser browser, Ask ask, Expect due) throws IOException {
    return make(what, Trace.NONE, ask, due, browser::send);
  }

  /** What was found out by more than one request. */
  void judged(String what, @Nullable String problem) {
    Instant now = Instant.now();
    add(new Try(attack, what, Trace.NONE, "", now, now, problem));
  }

  /** Something measured, to be printed below the table. */
  synchronized void told(String format, Object... measured) {
    said.add(String.format(Locale.ROOT, format, measured));
  }

  List<String> said() {
    return List.copyOf(said);
  }

  /** What is right is not refused: otherwise a refusal would say nothing. */
  Reply control(String what, Ask ask, int status) throws IOException {
    keep(ask);
    Reply reply = hospitals.wire().send(ask);
    if (reply.status() != status) {
      judged("control: " + what, "what is right gets HTTP " + reply.status());
    }
    return reply;
  }

  private interface Way {
    Reply send(Ask ask) throws IOException;
  }

  private Reply make(String what, Trace trace, Ask ask, Expect due, Way way) throws IOException {
    keep(ask);
    String id = UUID.randomUUID().toString();
    Ask whole = ask.has("X-Request-Id") ? ask : ask.with("X-Request-Id: " + id);
    Instant from = Instant.now();
    try {
      Reply reply = way.send(whole);
      add(new Try(attack, what, trace, id, from, Instant.now(), problem(reply, due)));
      return reply;
    } catch (SocketTimeoutException e) {
      add(new Try(attack, what, trace, id, from, Instant.now(), "it hangs"));
      return new Reply(0, Map.of(), new byte[0], Wire.PATIENCE);
    }
  }

  private synchronized void add(Try one) {
    made.add(one);
  }

  private static @Nullable String problem(Reply reply, Expect due) {
    String problem = due.problem(reply);
    if (problem != null) {
      return problem;
    }
    Matcher insides = LogWatch.INSIDES.matcher(reply.text());
    return insides.find() ? "it tells of our insides: " + insides.group() : null;
  }

  private synchronized void keep(Ask ask) {
    ask.lines().stream()
        .filter(l -> l.startsWith("Authorization: Bearer "))
        .forEach(l -> secret(l.substring("Authorization: Bearer ".length())));
    Matcher field = SECRET_FIELD.matcher(new String(ask.body(), StandardCharsets.UTF_8));
    while (field.find()) {
      secret(field.group(1));
    }
  }

  /** The end of a token is its signature, which nothing else holds. */
  void secret(String text) {
    if (text.length() >= 12 && text.length() < 20_000) {
      secrets.add(text.substring(Math.max(0, text.length() - 40)));
    }
  }

  Set<String> secrets() {
    return secrets;
  }

  List<Try> made() {
    return List.copyOf(made);
  }
}
