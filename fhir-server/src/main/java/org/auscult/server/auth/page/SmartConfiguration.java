package org.auscult.server.auth.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.server.config.PublicUrls;

/**
 * What a client must know to ask for access: always JSON, with absolute URLs of our configuration.
 *
 * <p>Source: SMART App Launch 2.2, {@code .well-known/smart-configuration}.
 */
public final class SmartConfiguration extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> CAPABILITIES =
      List.of(
          "launch-ehr",
          "launch-standalone",
          "authorize-post",
          "client-public",
          "client-confidential-symmetric",
          "client-confidential-asymmetric",
          "sso-openid-connect",
          "context-banner",
          "context-style",
          "context-ehr-patient",
          "context-ehr-encounter",
          "context-standalone-patient",
          "permission-offline",
          "permission-online",
          "permission-patient",
          "permission-user",
          "permission-v1",
          "permission-v2");

  private static final List<String> SCOPES =
      List.of(
          "openid",
          "fhirUser",
          "profile",
          "launch",
          "launch/patient",
          "launch/encounter",
          "offline_access",
          "online_access",
          "patient/*.cruds",
          "user/*.cruds",
          "system/*.cruds",
          "auscult/registry");

  private final transient PublicUrls urls;

  public SmartConfiguration(PublicUrls urls) {
    this.urls = urls;
  }

  /** What this and the metadata of OAuth and OpenID say alike. */
  public static Map<String, Object> common(PublicUrls urls) {
    String root = urls.root();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("issuer", root);
    members.put("jwks_uri", root + "/oauth2/jwks");
    members.put("authorization_endpoint", root + "/oauth2/authorize");
    members.put("token_endpoint", root + "/oauth2/token");
    members.put("introspection_endpoint", root + "/oauth2/introspect");
    members.put("revocation_endpoint", root + "/oauth2/revoke");
    members.put(
        "grant_types_supported",
        List.of("authorization_code", "refresh_token", "client_credentials"));
    members.put("response_types_supported", List.of("code"));
    members.put("code_challenge_methods_supported", List.of("S256"));
    members.put("scopes_supported", SCOPES);
    for (String endpoint : List.of("token_endpoint", "revocation_endpoint")) {
      members.put(
          endpoint + "_auth_methods_supported",
          List.of("private_key_jwt", "client_secret_basic", "none"));
    }
    members.put(
        "introspection_endpoint_auth_methods_supported",
        List.of("private_key_jwt", "client_secret_basic"));
    members.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"));
    return members;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, Object> members = new LinkedHashMap<>(common(urls));
    members.put("capabilities", CAPABILITIES);
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "max-age=300");
    if (response.getHeader("Access-Control-Allow-Origin") == null) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    }
    JSON.writeValue(response.getOutputStream(), members);
  }
}
