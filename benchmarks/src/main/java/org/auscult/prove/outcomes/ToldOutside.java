package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.auscult.prove.FhirCalls;

/**
 * Receivers outside, on loopback: one that is told of all performance, one that is called alone,
 * and one that may hear of another model only. All are away while an outage lasts.
 */
final class ToldOutside implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String KINDS = "https://auscult.org/fhir/CodeSystem/monitoring-alert";
  private static final String PROFILE =
      "https://auscult.org/fhir/StructureDefinition/monitoring-subscription";
  private static final String SIGNATURE = "Auscult-Notification";

  /** How patients of {@link WatchedStays} are called. */
  private static final Pattern PERSON = Pattern.compile("[wx][0-9]+-|Patient|Encounter");

  private final HttpServer http;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<String> subscriptions = new ArrayList<>();
  private volatile boolean away;

  private record Call(String path, String signature, byte[] body, boolean isTaken) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  ToldOutside() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::take);
    http.start();
  }

  private String root() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** What an operator writes of them. */
  Map<String, String> settings() {
    String receivers = "auscult.notifications.receivers.";
    return Map.of(
        "auscult.notifications.interval",
        "250ms",
        receivers + "all.endpoint",
        root() + "/all",
        receivers + "ping.endpoint",
        root() + "/ping",
        receivers + "other.endpoint",
        root() + "/other",
        receivers + "other.models",
        "https://example.org/Library/another");
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      calls.add(
          new Call(
              exchange.getRequestURI().getPath(),
              String.valueOf(exchange.getRequestHeaders().getFirst(SIGNATURE)),
              body,
              !away));
      exchange.sendResponseHeaders(away ? 503 : 204, -1);
    }
  }

  /** Writes a Subscription of each. */
  void subscribe(FhirCalls informaticist) throws IOException, InterruptedException {
    for (String path : List.of("/all", "/ping", "/other")) {
      ObjectNode wish = FhirCalls.JSON.createObjectNode().put("resourceType", "Subscription");
      ArrayNode profiles = wish.putObject("meta").putArray("profile");
      profiles.add(PROFILE);
      wish.put("status", "requested").put("reason", "Of a proof");
      wish.put("criteria", "DetectedIssue?code=" + KINDS + "|performance");
      ObjectNode channel = wish.putObject("channel");
      channel.put("type", "rest-hook").put("endpoint", root() + path);
      if (!path.equals("/ping")) {
        channel.put("payload", "application/fhir+json");
      }
      subscriptions.add(informaticist.create(wish));
    }
  }

  /** Nobody takes anything until {@link #isBack}. */
  void isAway() {
    away = true;
  }

  /** They take what they are told. */
  void isBack() {
    away = false;
  }

  /** Waits until one of them has refused something since an outage began. */
  void awaitRefusal() throws IOException, InterruptedException {
    long refused = refused();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (refused() == refused || refused() == 0) {
      if (System.nanoTime() > end) {
        throw new IOException("No receiver was called while it was away");
      }
      Thread.sleep(50);
    }
  }

  private long refused() {
    return calls.stream().filter(call -> !call.isTaken()).count();
  }

  /** A person wants it tried again at once. */
  void request(FhirCalls informaticist) throws IOException, InterruptedException {
    for (String id : subscriptions) {
      ObjectNode wish = informaticist.get("/fhir/Subscription/" + id).body().deepCopy();
      int status =
          informaticist.put("/fhir/Subscription/" + id, wish.put("status", "requested")).status();
      if (status != 200) {
        throw new IOException("A Subscription was not requested again: HTTP " + status);
      }
    }
  }

  /** Waits until all versions of an issue came to both, and tells which, in order. */
  private String versions(String issue, int newest) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while ((taken("/all").size() < newest || taken("/ping").size() < newest)
        && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    List<String> versions = new ArrayList<>();
    for (Call call : taken("/all")) {
      String path = "/all/DetectedIssue/" + issue.substring(issue.indexOf('/') + 1);
      versions.add(call.path().equals(path) ? version(call) : call.path());
    }
    return String.join(" ", versions) + ", " + taken("/ping").size() + " pings";
  }

  private static String version(Call call) {
    try {
      return FhirCalls.JSON.readTree(call.body()).at("/meta/versionId").asText();
    } catch (IOException e) {
      return "no JSON";
    }
  }

  private List<Call> taken(String path) {
    return calls.stream().filter(c -> c.isTaken() && c.path().startsWith(path)).toList();
  }

  /** How many calls came to who may hear of another model only. */
  private int overheard() {
    return (int) calls.stream().filter(call -> call.path().startsWith("/other")).count();
  }

  /** How many bodies or paths name a patient. */
  private int named() {
    return (int)
        calls.stream()
            .filter(
                call -> PERSON.matcher(call.text()).find() || PERSON.matcher(call.path()).find())
            .count();
  }

  /** How many calls are not signed by the server's keys, or are another one's doubles. */
  private int unproven(FhirCalls server) throws IOException, InterruptedException {
    byte[] keys =
        server
            .exchange(
                HttpRequest.newBuilder(
                    URI.create(server.root() + "/.well-known/notification-keys")))
            .body();
    Map<String, String> deliveries = new TreeMap<>();
    int unproven = 0;
    for (Call call : calls) {
      try {
        JWKSet set = JWKSet.parse(new String(keys, StandardCharsets.UTF_8));
        SignedJWT signed = SignedJWT.parse(call.signature());
        JWK key = set.getKeyByKeyId(signed.getHeader().getKeyID());
        String said = signed.getJWTClaimsSet().getStringClaim("body_sha256");
        String delivery = signed.getJWTClaimsSet().getJWTID();
        String content = call.path() + " " + said;
        boolean isProven =
            key != null
                && signed.verify(new ECDSAVerifier(key.toECKey()))
                && said.equals(hash(call.body()))
                && signed.getJWTClaimsSet().getAudience().equals(List.of(root() + call.path()))
                && content.equals(deliveries.getOrDefault(delivery, content));
        deliveries.put(delivery, content);
        unproven += isProven ? 0 : 1;
      } catch (ParseException | JOSEException e) {
        unproven++;
      }
    }
    return unproven;
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Takes what was measured. */
  @FunctionalInterface
  interface Check {
    void check(String what, String aim, String measured);
  }

  /** Each version came to those who asked for it, in order, and nothing else to anybody. */
  void judge(FhirCalls calls, String issue, Check check) throws IOException, InterruptedException {
    int newest = version(calls, issue);
    String told = versions(issue, newest);
    while (version(calls, issue) > newest) {
      newest = version(calls, issue);
      told = versions(issue, newest);
    }
    String all =
        IntStream.rangeClosed(1, newest).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    check.check("versions told outside", all + ", " + newest + " pings", told);
    check.check("was refused while away", "true", String.valueOf(refused() > 0));
    check.check("told who may hear of another model", "0", String.valueOf(overheard()));
    check.check("told of a patient", "0", String.valueOf(named()));
    check.check("calls without proof", "0", String.valueOf(unproven(calls)));
  }

  private static int version(FhirCalls calls, String issue)
      throws IOException, InterruptedException {
    return calls.get("/fhir/" + issue).body().at("/meta/versionId").asInt();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
