package org.auscult.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * An EHR with an authorization server and a FHIR server of its own, over HTTP: it holds its clients
 * to redirect URI, PKCE and assertion, and gives each launch and code away once. What it says can
 * be bent for attacks.
 */
public final class LaunchingEhr {
  static final String CLIENT = "auscult-at-this-ehr";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer http;
  private final ECKey key = newKey("ehr-key");
  private final boolean isConfidential;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final Set<String> openLaunches = ConcurrentHashMap.newKeySet();
  private final Map<String, ObjectNode> patients = new ConcurrentHashMap<>();
  private final Set<String> assertions = ConcurrentHashMap.newKeySet();

  /** Access tokens that were given out. */
  final Set<String> accessTokens = ConcurrentHashMap.newKeySet();

  /** What the next sign-ins are like. */
  volatile Session session = new Session();

  /** What can be bent. */
  static final class Session {
    String patient = "1";
    String fhirUser = "Practitioner/7";
    String subject = "user-7";
    UnaryOperator<JWTClaimsSet.Builder> claims = given -> given;
    UnaryOperator<String> idToken = given -> given;
    UnaryOperator<ObjectNode> answer = given -> given;
    UnaryOperator<ObjectNode> resource = given -> given;
    String callback = "";
  }

  private LaunchingEhr(boolean isConfidential) {
    this.isConfidential = isConfidential;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "launching-ehr");
              thread.setDaemon(true);
              return thread;
            }));
    http.createContext("/", this::serve);
    http.start();
  }

  /** One whose clients prove who they are by an assertion. */
  public static LaunchingEhr confidential() {
    return new LaunchingEhr(true);
  }

  /** One whose clients are public. */
  public static LaunchingEhr open() {
    return new LaunchingEhr(false);
  }

  public String root() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  public String fhir() {
    return root() + "/fhir";
  }

  ECKey key() {
    return key;
  }

  static ECKey newKey(String id) {
    try {
      return new ECKeyGenerator(Curve.P_384).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A launch as the EHR's own pages begin it. */
  String launch() {
    String launch = random();
    openLaunches.add(launch);
    return launch;
  }

  void patient(String id, ObjectNode patient) {
    patients.put(id, patient);
  }

  private static String random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      switch (path) {
        case "/fhir/.well-known/smart-configuration" -> send(exchange, 200, discovery());
        case "/keys" -> send(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
        case "/authorize" -> authorize(exchange);
        case "/token" -> token(exchange);
        default -> patient(exchange, path.replaceFirst("/fhir/Patient/", ""));
      }
    } catch (JOSEException | ParseException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private String discovery() {
    ObjectNode discovery = JSON.createObjectNode();
    discovery.put("issuer", root());
    discovery.put("authorization_endpoint", root() + "/authorize");
    discovery.put("token_endpoint", root() + "/token");
    discovery.put("jwks_uri", root() + "/keys");
    discovery.put("authorization_response_iss_parameter_supported", isConfidential);
    discovery.putArray("code_challenge_methods_supported").add("S256");
    discovery.putArray("capabilities").add("launch-ehr").add("permission-v2");
    return discovery.toString();
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
    String back = asked.getOrDefault("redirect_uri", "");
    boolean isRight =
        CLIENT.equals(asked.get("client_id"))
            && back.contains("/launch/callback/")
            && fhir().equals(asked.get("aud"))
            && "S256".equals(asked.get("code_challenge_method"))
            && List.of(asked.getOrDefault("scope", "").split(" "))
                .containsAll(List.of("launch", "openid", "fhirUser", "patient/Patient.r"));
    if (!isRight) {
      send(exchange, 400, "{}");
      return;
    }
    String state = "state=" + SmartBrowser.encode(asked.getOrDefault("state", ""));
    String iss = isConfidential ? "&iss=" + SmartBrowser.encode(root()) : "";
    String query;
    if (openLaunches.remove(asked.get("launch"))) {
      String code = random();
      codes.put(code, asked);
      query = "code=" + code + "&" + state + iss;
    } else {
      query = "error=access_denied&" + state + iss;
    }
    exchange.getResponseHeaders().add("Location", back + "?" + query + session.callback);
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange)
      throws IOException, JOSEException, ParseException, InterruptedException {
    Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
    boolean isRight =
        asked != null
            && asked.getOrDefault("redirect_uri", "none").equals(form.get("redirect_uri"))
            && asked
                .getOrDefault("code_challenge", "none")
                .equals(AuthorizationTest.challenge(form.getOrDefault("code_verifier", "")))
            && (isConfidential ? isProven(form) : !form.containsKey("client_assertion"));
    if (!isRight) {
      send(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    String access = random();
    accessTokens.add(access);
    ObjectNode answer = JSON.createObjectNode();
    answer.put("access_token", access).put("token_type", "Bearer").put("expires_in", 300);
    answer.put("scope", asked.get("scope"));
    answer.put("patient", session.patient);
    answer.put("id_token", session.idToken.apply(idToken(asked.getOrDefault("nonce", "none"))));
    send(exchange, 200, session.answer.apply(answer).toString());
  }

  /** As SMART asks: ES384 under a key that our server publishes, for this endpoint, once. */
  private boolean isProven(Map<String, String> form)
      throws IOException, JOSEException, ParseException, InterruptedException {
    SignedJWT assertion = SignedJWT.parse(form.getOrDefault("client_assertion", ""));
    String ours =
        form.getOrDefault("redirect_uri", "").replaceFirst("/launch/callback/.*", "")
            + "/oauth2/launch-jwks";
    String keys =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(ours)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    ECKey theirs = JWKSet.parse(keys).getKeyByKeyId(assertion.getHeader().getKeyID()).toECKey();
    JWTClaimsSet claims = assertion.getJWTClaimsSet();
    return !theirs.isPrivate()
        && assertion.getHeader().getAlgorithm().equals(JWSAlgorithm.ES384)
        && assertion.verify(new ECDSAVerifier(theirs))
        && claims.getIssuer().equals(CLIENT)
        && claims.getSubject().equals(CLIENT)
        && claims.getAudience().equals(List.of(root() + "/token"))
        && claims.getExpirationTime().toInstant().isBefore(Instant.now().plusSeconds(301))
        && assertions.add(claims.getJWTID());
  }

  private String idToken(String nonce) throws JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(root())
            .audience(CLIENT)
            .subject(session.subject)
            .claim("fhirUser", fhir() + "/" + session.fhirUser)
            .claim("name", "Dr Elsewhere")
            .claim("nonce", nonce)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)));
    return signed(key, session.claims.apply(claims).build());
  }

  static String signed(ECKey key, JWTClaimsSet claims) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384).keyID(key.getKeyID()).build(), claims);
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private void patient(HttpExchange exchange, String id) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    ObjectNode patient = patients.get(id);
    boolean isKnown =
        authorization != null && accessTokens.contains(authorization.replaceFirst("^Bearer ", ""));
    if (!isKnown || patient == null) {
      send(exchange, isKnown ? 404 : 401, "{}");
    } else {
      send(exchange, 200, session.resource.apply(patient.deepCopy()).toString());
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      if (!seen.add(parts[0])) {
        throw new IllegalArgumentException("twice: " + parts[0]);
      }
      form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }
}
