package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.auscult.access.Role;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.auscult.server.auth.user.Totp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** An administrator with a token of the registry, for tests of it. */
abstract class RegistrySteps extends AuthorizationTest {
  static final String USERS = "/auth/admin/users";
  static final String CLIENTS = "/auth/admin/clients";
  static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  static final String NEW_PASSWORD = "another horse, another staple";

  /** Of the one administrator; a code counts once, so the sign-in is not repeated. */
  static String token = "";

  private static String tokenOf = "";

  @Autowired JdbcTemplate jdbc;

  private final HttpClient http = HttpClient.newHttpClient();
  String name = "";

  @BeforeEach
  void administrator() throws Exception {
    name = "new-" + UUID.randomUUID().toString().substring(0, 12);
    clients.put(
        new Client(
            "registry-app",
            "The registry",
            Type.PUBLIC,
            List.of(REDIRECT),
            null,
            "auscult/registry user/*.cruds",
            null,
            null,
            null,
            List.of(),
            false,
            false),
        "api");
    if (!tokenOf.equals(rootUrl())) {
      users.put(user("root-admin", Set.of(Role.ADMINISTRATOR), SECRET), "api");
      token = tokenOf("root-admin", SECRET, "auscult/registry");
      tokenOf = rootUrl();
    }
  }

  final String tokenOf(String user, @Nullable String secret, String scope) throws Exception {
    SmartBrowser browser = browser();
    browser.submit(
        browser.open("/login"),
        "password",
        "username",
        user,
        "password",
        PASSWORD,
        "code",
        secret == null ? "" : Totp.of(secret).at(Instant.now()));
    Map<String, String> callback =
        SmartBrowser.callback(browser.get(authorize("registry-app", scope)));
    return JSON.readTree(token(exchange("registry-app", callback)).body())
        .path("access_token")
        .asText();
  }

  final HttpResponse<String> send(
      String method, String path, @Nullable String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rootUrl() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (headers.length == 0 || !headers[0].equals("Authorization")) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  final ObjectNode body(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    return (ObjectNode) JSON.readTree(answer.body());
  }

  final void assertProblem(HttpResponse<String> answer, int status, String words) throws Exception {
    ObjectNode outcome = body(answer, status);
    assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(outcome.at("/issue/0/severity").asText()).isEqualTo("error");
    assertThat(outcome.at("/issue/0/diagnostics").asText()).contains(words);
  }

  /** What the audit log has of an operation on somebody, as text. */
  final String said(String operation, String of) throws Exception {
    StringBuilder said = new StringBuilder();
    for (byte[] leaf :
        jdbc.queryForList(
            "select leaf from audit_log union all select leaf from audit_pending", byte[].class)) {
      JsonNode json = JSON.readTree(leaf);
      JsonNode details = json.path("details");
      if (json.path("operation").asText().equals(operation)
          && (of.isEmpty() || details.path("name").asText().equals(of))) {
        said.append(json.path("reason").asText()).append(' ');
        details
            .properties()
            .forEach(
                d -> said.append(d.getKey()).append('=').append(d.getValue().asText()).append(' '));
      }
    }
    return said.toString();
  }
}
