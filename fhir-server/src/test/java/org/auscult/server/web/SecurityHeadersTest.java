package org.auscult.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityHeadersTest {
  private static String get(SmallServer server, String path) throws Exception {
    return SmallServer.raw(
        server.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }

  @Test
  void everyAnswerHasThem() throws Exception {
    try (SmallServer server = SmallServer.start(Map.of())) {
      for (String path :
          List.of(
              "/oauth2/page", "/none", "/fhir/metadata", "/fhir/Patient/1", "/actuator/health/x")) {
        assertThat(get(server, path))
            .as(path)
            .contains(
                "X-Content-Type-Options: nosniff",
                "Referrer-Policy: no-referrer",
                "X-Frame-Options: DENY",
                "frame-ancestors 'none'",
                "Cache-Control: no-store")
            .doesNotContain("Strict-Transport-Security", "unsafe-inline", "unsafe-eval");
      }
      assertThat(get(server, "/fhir/metadata")).contains(SecurityHeaders.DATA_POLICY);
      assertThat(get(server, "/oauth2/page")).contains("script-src 'self';");
      assertThat(get(server, "/oauth2/style.css")).doesNotContain("no-store");
      assertThat(get(server, "/fhir/Binary/a.css")).contains("no-store");
    }
  }

  @Test
  void asksForTlsBehindAProxyThatEndsIt() throws Exception {
    try (SmallServer server = SmallServer.start(Map.of("auscult.tls.terminated-by-proxy", true))) {
      assertThat(get(server, "/oauth2/page"))
          .contains("Strict-Transport-Security: max-age=31536000");
    }
  }
}
