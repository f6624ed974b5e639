package org.auscult.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser with its cookies that follows redirects and fills in our pages, one step at a time. */
final class SmartBrowser {
  private static final Pattern FORM = Pattern.compile("<form (.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT =
      Pattern.compile("<input [^>]*?name=\"([^\"]*)\"[^>]*?value=\"([^\"]*)\"[^>]*>");

  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String root;

  SmartBrowser(String root) {
    this.root = root;
  }

  /** What a request leads to: the page where the redirects of our server end. */
  HttpResponse<String> open(String url) throws Exception {
    return follow(send(HttpRequest.newBuilder(absolute(url)).GET()));
  }

  HttpResponse<String> get(String url) throws Exception {
    return send(HttpRequest.newBuilder(absolute(url)).GET());
  }

  /** Posts without following. */
  HttpResponse<String> post(String url, String form, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(absolute(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Sends the form of a page that has this text, with these values on top of its own. */
  HttpResponse<String> submit(HttpResponse<String> page, String formWith, String... nameAndValue)
      throws Exception {
    Matcher forms = FORM.matcher(page.body());
    while (forms.find()) {
      String form = forms.group(1);
      if (form.contains(formWith)) {
        String action = form.replaceFirst("(?s).*?action=\"([^\"]*)\".*", "$1");
        String body = fields(form);
        String more = form(nameAndValue);
        return follow(post(action, body + (body.isEmpty() || more.isEmpty() ? "" : "&") + more));
      }
    }
    throw new AssertionError("No form with '" + formWith + "' in: " + page.body());
  }

  /** Sends the form of a page that asks by GET and has this text. */
  HttpResponse<String> submitGet(HttpResponse<String> page, String formWith) throws Exception {
    Matcher forms = FORM.matcher(page.body());
    while (forms.find()) {
      String form = forms.group(1);
      if (form.contains(formWith) && form.contains("method=\"get\"")) {
        return open(form.replaceFirst("(?s).*?action=\"([^\"]*)\".*", "$1") + "?" + fields(form));
      }
    }
    throw new AssertionError("No form with '" + formWith + "' in: " + page.body());
  }

  private static String fields(String form) {
    StringBuilder body = new StringBuilder();
    Matcher inputs = INPUT.matcher(form);
    while (inputs.find()) {
      body.append(body.isEmpty() ? "" : "&")
          .append(encode(inputs.group(1)))
          .append('=')
          .append(encode(inputs.group(2).replace("&amp;", "&")));
    }
    return body.toString();
  }

  HttpResponse<String> login(String name, String password) throws Exception {
    return submit(open("/login"), "password", "username", name, "password", password);
  }

  private HttpResponse<String> follow(HttpResponse<String> answer) throws Exception {
    HttpResponse<String> last = answer;
    for (int steps = 0; steps < 10 && last.statusCode() / 100 == 3; steps++) {
      String location = last.headers().firstValue("Location").orElseThrow();
      if (!location.startsWith(root) && !location.startsWith("/")) {
        return last;
      }
      last = send(HttpRequest.newBuilder(absolute(location)).GET());
    }
    return last;
  }

  private URI absolute(String url) {
    return URI.create(url.startsWith("http") ? url : root + url);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The parameters with which a client was called back. */
  static Map<String, String> callback(HttpResponse<String> answer) {
    String location =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new AssertionError(answer.statusCode() + ": " + answer.body()));
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("", location.replaceFirst("\\?.*", ""));
    for (String pair : List.of(location.replaceFirst("[^?]*\\??", "").split("&"))) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return parameters;
  }

  static String form(String... nameAndValue) {
    String[] names = nameAndValue;
    return Arrays.stream(range(names.length / 2))
        .mapToObj(i -> encode(names[2 * i]) + "=" + encode(names[2 * i + 1]))
        .collect(Collectors.joining("&"));
  }

  private static int[] range(int size) {
    int[] range = new int[size];
    Arrays.setAll(range, i -> i);
    return range;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
