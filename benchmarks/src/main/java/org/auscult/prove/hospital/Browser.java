package org.auscult.prove.hospital;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
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
import org.jspecify.annotations.Nullable;

/** A browser's part in signing in and in giving codes: cookies, forms, redirects by hand. */
public final class Browser {
  private static final Pattern HIDDEN =
      Pattern.compile("name=\"(_csrf|state|request|scope)\" value=\"([^\"]*)\"");

  private final Wire wire;
  private final Staff staff;
  private final String from;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Browser(Wire wire, Staff staff, String from) {
    this.wire = wire;
    this.staff = staff;
    this.from = from;
  }

  /** Sends a request with the cookies, and keeps those of the answer. */
  public Reply send(Ask ask) throws IOException {
    Ask whole = cookies.isEmpty() ? ask : ask.with("Cookie: " + cookies());
    Reply reply = wire.send(whole, from);
    for (String cookie : reply.headers().getOrDefault("set-cookie", List.of())) {
      String[] pair = cookie.replaceFirst(";.*", "").split("=", 2);
      cookies.put(pair[0], pair.length > 1 ? pair[1] : "");
    }
    return reply;
  }

  /** Opens a page by its path, or by an address of the server. */
  public Reply open(String url) throws IOException {
    return send(Ask.get(url.startsWith(wire.root()) ? url.substring(wire.root().length()) : url));
  }

  /** All cookies, as they are sent. */
  public String cookies() {
    return cookies.entrySet().stream()
        .map(c -> c.getKey() + "=" + c.getValue())
        .collect(Collectors.joining("; "));
  }

  /** Takes a cookie that somebody else planted. */
  public void plant(String name, String value) {
    cookies.put(name, value);
  }

  /** The value of a page's hidden field; empty if there is none. */
  public static String hidden(Reply page, String name) {
    Matcher field = HIDDEN.matcher(page.text());
    while (field.find()) {
      if (field.group(1).equals(name)) {
        return field.group(2);
      }
    }
    return "";
  }

  /** The form of a login, with what the page hides in it. */
  public Map<String, String> loginForm(String user, String password, String code)
      throws IOException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("_csrf", hidden(open("/login"), "_csrf"));
    form.put("username", user);
    form.put("password", password);
    form.put("code", code);
    return form;
  }

  /** Signs in; the answer. */
  public Reply signIn(String user) throws IOException {
    return send(
        Ask.form("/login", loginForm(user, staff.password(user), staff.code(user, Instant.now()))));
  }

  /** Whether an answer to a login is that of a success. */
  public static boolean isSignedIn(Reply answer) {
    return answer.status() == 302 && !answer.header("Location").contains("refused");
  }

  /** Whether this browser's session is somebody's. */
  public boolean isSignedIn() throws IOException {
    return open("/oauth2/account").status() == 200;
  }

  /**
   * What is asked of the authorization endpoint for a code.
   *
   * @param verifier of PKCE
   */
  public Map<String, String> request(String client, String scope, String verifier) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", client);
    request.put("redirect_uri", Staff.redirect(client));
    request.put("scope", scope);
    request.put("state", random());
    request.put("aud", wire.root() + "/fhir");
    request.put("code_challenge", challenge(verifier));
    request.put("code_challenge_method", "S256");
    return request;
  }

  /** Asks for a code, picks the patient if one is to be picked, and agrees; the last answer. */
  public Reply authorize(Map<String, String> request, @Nullable String patient) throws IOException {
    Reply reply = open("/oauth2/authorize?" + Ask.encoded(request));
    if (reply.header("Location").contains("/oauth2/patient") && patient != null) {
      Map<String, String> pick = new LinkedHashMap<>();
      pick.put("_csrf", hidden(open("/oauth2/account"), "_csrf"));
      pick.put("request", parameter(reply.header("Location"), "request"));
      pick.put("patient", patient);
      reply = open(send(Ask.form("/oauth2/patient", pick)).header("Location"));
    }
    if (reply.header("Location").contains("/oauth2/consent")) {
      String state = parameter(reply.header("Location"), "state");
      StringBuilder agreed = new StringBuilder("client_id=" + request.get("client_id"));
      agreed.append("&state=").append(Ask.encoded(state));
      for (String scope : String.valueOf(request.get("scope")).split(" ")) {
        agreed.append("&scope=").append(Ask.encoded(scope));
      }
      reply =
          send(
              Ask.send(
                  "POST",
                  "/oauth2/authorize",
                  "application/x-www-form-urlencoded",
                  agreed.toString().getBytes(UTF_8)));
    }
    return reply;
  }

  /** The code of an answer; empty if there is none. */
  public static String code(Reply reply) {
    return parameter(reply.header("Location"), "code");
  }

  /** What is sent to the token endpoint for a code. */
  public static Map<String, String> exchange(String client, String code, String verifier) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", client);
    form.put("redirect_uri", Staff.redirect(client));
    form.put("code_verifier", verifier);
    form.put("code", code);
    return form;
  }

  /** A parameter of an address; empty if it has none such. */
  public static String parameter(String url, String name) {
    Matcher parameter = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
    return parameter.find() ? URLDecoder.decode(parameter.group(1), UTF_8) : "";
  }

  /** The challenge of a verifier. */
  public static String challenge(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Something that nobody can guess. */
  public static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
