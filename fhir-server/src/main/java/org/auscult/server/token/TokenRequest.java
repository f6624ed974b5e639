package org.auscult.server.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auscult.server.auth.user.Totp;
import org.jspecify.annotations.Nullable;

/**
 * Gets access tokens of a running demonstration as anybody has to: a user signs in on its pages,
 * with PKCE; a service signs an assertion.
 */
public final class TokenRequest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final HttpClient http;
  private final DemoIdentities identities;
  private final String root;
  private final String known;
  private String signedIn = "";

  public TokenRequest(DemoIdentities identities) {
    this(identities, identities.root());
  }

  /**
   * @param known the server's address as it is configured, where it is reached by another
   */
  public TokenRequest(DemoIdentities identities, String known) {
    this.identities = identities;
    this.root = identities.root();
    this.known = known;
    boolean isBehindProxy = known.startsWith("https:") && root.startsWith("http:");
    this.http =
        HttpClient.newBuilder()
            .cookieHandler(isBehindProxy ? new CookiesBehindProxy() : new CookieManager())
            .build();
  }

  /** Whoever asks in the place of the proxy that ends TLS has cookies as if there were TLS. */
  private static final class CookiesBehindProxy extends CookieManager {
    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
      super.put(uri, headers);
      getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
    }
  }

  /** Why there is no token. */
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
      super(message);
    }
  }

  /**
   * A user's token. Who is signed in already is not asked again.
   *
   * @param patient in context; null for none
   */
  public String ofUser(String user, String scope, @Nullable String patient)
      throws IOException, InterruptedException {
    String verifier = random();
    if (!signedIn.equals(user)) {
      signIn(user);
    }
    HttpResponse<String> answer = get(authorize(scope, verifier));
    String location = location(answer);
    if (location.endsWith("/login")) {
      signIn(user);
      answer = get(authorize(scope, verifier));
      location = location(answer);
    }
    if (location.contains("/oauth2/patient")) {
      if (patient == null) {
        throw new RefusedException("These scopes need a patient: --patient ID");
      }
      answer = get(location(pick(location, patient)));
      location = location(answer);
    }
    String code = parameter(location, "code");
    if (code == null) {
      throw new RefusedException("Refused: " + parameter(location, "error"));
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", DemoIdentities.COMMAND_LINE);
    form.put("redirect_uri", DemoIdentities.COMMAND_LINE_REDIRECT);
    form.put("code_verifier", verifier);
    form.put("code", code);
    return token(form);
  }

  private void signIn(String user) throws IOException, InterruptedException {
    JsonNode known = identities.user(user);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("_csrf", csrf("/login"));
    form.put("username", user);
    form.put("password", known.path("password").asText());
    if (known.has("totp")) {
      form.put("code", Totp.of(known.path("totp").asText()).at(Instant.now()));
    }
    HttpResponse<String> answer = post("/login", form);
    if (answer.statusCode() != 302 || location(answer).contains("refused")) {
      throw new RefusedException(
          "The sign-in was refused. A code of a second factor counts once: try again in 30 s.");
    }
    signedIn = user;
  }

  private HttpResponse<String> pick(String page, String patient)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("_csrf", csrf("/oauth2/account"));
    form.put("request", String.valueOf(parameter(page, "request")));
    form.put("patient", patient);
    HttpResponse<String> answer = post("/oauth2/patient", form);
    if (answer.statusCode() != 303) {
      throw new RefusedException("There is no Patient/" + patient + " that this user may choose");
    }
    return answer;
  }

  private String authorize(String scope, String verifier) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", DemoIdentities.COMMAND_LINE);
    request.put("redirect_uri", DemoIdentities.COMMAND_LINE_REDIRECT);
    request.put("scope", scope);
    request.put("state", random());
    request.put("aud", known + "/fhir");
    request.put("code_challenge", challenge(verifier));
    request.put("code_challenge_method", "S256");
    return "/oauth2/authorize?" + form(request);
  }

  /** The token of a backend service. */
  public String ofClient(String client, String scope) throws IOException, InterruptedException {
    return token(
        ClientAssertion.form(client, identities.key(client), scope, known + "/oauth2/token"));
  }

  private String token(Map<String, String> form) throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/oauth2/token", form);
    JsonNode body = JSON.readTree(answer.body());
    if (answer.statusCode() != 200) {
      throw new RefusedException("Refused: " + body.path("error").asText());
    }
    return body.path("access_token").asText();
  }

  private String csrf(String page) throws IOException, InterruptedException {
    Matcher field = CSRF.matcher(get(page).body());
    if (!field.find()) {
      throw new RefusedException("The server shows no page at " + page);
    }
    return field.group(1);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    String below = path.startsWith(known) ? path.substring(known.length()) : path;
    URI uri = URI.create(below.startsWith("/") ? root + below : below);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(form)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String location(HttpResponse<String> answer) throws IOException {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new RefusedException("Refused: HTTP " + answer.statusCode()));
  }

  private static @Nullable String parameter(String url, String name) {
    Matcher parameter = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
    return parameter.find() ? parameter.group(1) : null;
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
