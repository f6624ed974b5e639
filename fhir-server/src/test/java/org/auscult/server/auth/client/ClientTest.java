package org.auscult.server.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.List;
import java.util.Map;
import org.auscult.server.auth.client.Client.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTest {
  private static Client client(
      Type type, String redirectUri, String scopes, @Nullable String secret, @Nullable String keys)
      throws Exception {
    return new Client(
        "app",
        "App",
        type,
        redirectUri.isEmpty() ? List.of() : List.of(redirectUri),
        null,
        scopes,
        secret,
        keys == null ? null : new ObjectMapper().readTree(keys),
        null,
        List.of(),
        null,
        false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app.example.org/cb",
        "https://app.example.org/*",
        "https://app.example.org/cb#x",
        "https://user@app.example.org/cb",
        "javascript:alert(1)",
        "data:text/html,x",
        "/relative"
      })
  void refusesARedirectUriThatCouldLeadAstray(String redirectUri) {
    assertThatThrownBy(() -> client(Type.PUBLIC, redirectUri, "user/*.rs", null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redirect URI");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://app.example.org/cb", "http://127.0.0.1:9000/cb", "org.example.app:/cb"})
  void takesARedirectUriOfASiteOfThisMachineOrOfAnApp(String redirectUri) {
    assertThatCode(() -> client(Type.PUBLIC, redirectUri, "user/*.rs", null, null))
        .doesNotThrowAnyException();
  }

  /** SMART: 43. */
  @Test
  void aBackendServiceHasKeysAndNoSecret() throws Exception {
    String keys =
        new JWKSet(new ECKeyGenerator(Curve.P_384).keyID("k").generate().toPublicJWK()).toString();
    assertThat(client(Type.BACKEND, "", "system/*.rs", null, keys).keys().getKeys()).hasSize(1);

    assertThatThrownBy(() -> client(Type.BACKEND, "", "system/*.rs", "{bcrypt}x", null))
        .hasMessageContaining("secret");
    assertThatThrownBy(() -> client(Type.BACKEND, "", "system/*.rs", "{bcrypt}x", keys))
        .hasMessageContaining("secret");
    assertThatThrownBy(() -> client(Type.BACKEND, "", "system/*.rs", null, null))
        .hasMessageContaining("keys");
    assertThatThrownBy(() -> client(Type.BACKEND, "", "user/*.rs", null, keys))
        .hasMessageContaining("system/");
    assertThatThrownBy(() -> client(Type.PUBLIC, "https://a.example/cb", "system/*.rs", null, null))
        .hasMessageContaining("system/");
    assertThatThrownBy(
            () -> client(Type.SYMMETRIC, "https://a.example/cb", "user/*.rs", "plain", null))
        .hasMessageContaining("hash");
  }

  @Test
  void refusesAPrivateKey() throws Exception {
    Map<String, Object> withPrivate =
        new JWKSet(new ECKeyGenerator(Curve.P_384).generate()).toJSONObject(false);

    assertThatThrownBy(
            () ->
                client(
                    Type.BACKEND,
                    "",
                    "system/*.rs",
                    null,
                    new ObjectMapper().writeValueAsString(withPrivate)))
        .hasMessageContaining("private");
  }
}
