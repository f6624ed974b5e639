package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.access.Requester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class TokenFilterTest {
  private static final String ISSUER = "https://ehr.example.org";
  private static final String BASE = "https://auscult.example.org/fhir";

  private final TestIssuer issuer = new TestIssuer();
  private final RSAKey key = issuer.rsa("k1");
  private final Enforcement enforcement = new Enforcement(true);
  private final TokenFilter filter =
      new TokenFilter(
          new AccessTokens(
              () ->
                  Map.of(
                      ISSUER,
                      new AccessTokens.Trusted(
                          new TokenIssuer(
                              new TokenIssuer.Rules(
                                  ISSUER,
                                  () -> Set.of(BASE),
                                  List.of("at+jwt"),
                                  Set.of(JWSAlgorithm.RS256),
                                  Duration.ZERO,
                                  null),
                              TokenKeys.at(issuer.url()),
                              Clock.systemUTC()),
                          TokenClaims.OWN)),
              () -> BASE),
          enforcement);

  @AfterEach
  void close() {
    issuer.close();
  }

  /** SMART: 16. */
  @Test
  void refusesWhoBringsNoToken() throws Exception {
    MockHttpServletResponse answer = send(request("GET", "/fhir/Patient/1"));

    assertThat(answer.getStatus()).isEqualTo(401);
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"fhir\"");
    assertThat(answer.getContentType()).startsWith("application/fhir+json");
    JsonNode outcome = new ObjectMapper().readTree(answer.getContentAsByteArray());
    assertThat(outcome.at("/resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(outcome.at("/issue/0/code").asText()).isEqualTo("login");
  }

  /** Only what standards want public, exactly as it is spelt. */
  @ParameterizedTest
  @ValueSource(strings = {"/fhir/metadata", "/fhir/.well-known/smart-configuration"})
  void leavesOpenWhatStandardsWantOpen(String path) throws Exception {
    assertThat(send(request("GET", path)).getStatus()).isEqualTo(200);
    assertThat(send(request("OPTIONS", path)).getStatus()).isEqualTo(200);
    assertThat(send(request("POST", path)).getStatus()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir",
        "/fhir/",
        "/fhir/metadata/",
        "/fhir//metadata",
        "/fhir/metadata;x=1",
        "/fhir/Patient/..;/metadata",
        "/fhir/%6detadata",
        "/fhir/Patient/1/metadata",
        "/fhir/.well-known/",
        "/fhir/StructureDefinition"
      })
  void opensNothingThatOnlyLooksLikeIt(String path) throws Exception {
    assertThat(send(request("GET", path)).getStatus()).isEqualTo(401);
  }

  @Test
  void saysWhoAsks() throws Exception {
    MockHttpServletRequest request = request("GET", "/fhir/Patient/1");
    request.addHeader("Authorization", "bearer " + token(300));

    assertThat(send(request).getStatus()).isEqualTo(200);
    assertThat(((Requester) request.getAttribute(Requester.ATTRIBUTE)).subject()).isEqualTo("anna");
  }

  /** A bad token is refused wherever it is sent, and also where none is asked for. */
  @Test
  void refusesATokenThatDoesNotCountAndNeverRepeatsIt() throws Exception {
    enforcement.set(false);
    for (String given :
        List.of(
            "Bearer " + token(-1),
            "Bearer not-a-token",
            "Basic YTpi",
            "Bearer ",
            "Bearer a\"b",
            token(300))) {
      MockHttpServletRequest request = request("GET", "/fhir/metadata");
      request.addHeader("Authorization", given);
      MockHttpServletResponse answer = send(request);

      assertThat(answer.getStatus()).as(given).isEqualTo(401);
      assertThat(answer.getHeader("WWW-Authenticate")).contains("error=\"invalid_token\"");
      String secret = given.substring(given.indexOf(' ') + 1);
      assertThat(answer.getContentAsString() + answer.getHeader("WWW-Authenticate"))
          .satisfies(said -> assertThat(secret.isEmpty() || !said.contains(secret)).isTrue());
      assertThat(request.getAttribute("org.auscult.refusal")).isEqualTo("no-token");
    }
  }

  @Test
  void refusesTwoTokens() throws Exception {
    MockHttpServletRequest request = request("GET", "/fhir/Patient/1");
    request.addHeader("Authorization", "Bearer " + token(300));
    request.addHeader("Authorization", "Bearer " + token(300));

    assertThat(send(request).getStatus()).isEqualTo(401);
  }

  @Test
  void letsAnybodyInWithoutATokenWhileItIsNotEnforced() throws Exception {
    enforcement.set(false);
    MockHttpServletRequest request = request("GET", "/fhir/Patient/1");

    assertThat(send(request).getStatus()).isEqualTo(200);
    assertThat(request.getAttribute(Requester.ATTRIBUTE)).isNull();
  }

  @Test
  void answers503WhileKeysCannotBeHad() throws Exception {
    issuer.status = 500;
    MockHttpServletRequest request = request("GET", "/fhir/Patient/1");
    request.addHeader("Authorization", "Bearer " + token(300));

    assertThat(send(request).getStatus()).isEqualTo(503);
  }

  private String token(int seconds) {
    Instant now = Instant.now();
    return TestIssuer.sign(
        key,
        JWSAlgorithm.RS256,
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(BASE)
            .subject("anna")
            .expirationTime(Date.from(now.plusSeconds(seconds)))
            .build());
  }

  private static MockHttpServletRequest request(String method, String uri) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, uri);
    request.setServletPath("/fhir");
    request.setPathInfo(uri.substring("/fhir".length()));
    return request;
  }

  private MockHttpServletResponse send(MockHttpServletRequest request)
      throws IOException, ServletException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }
}
