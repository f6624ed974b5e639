package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.auscult.cds.client.ClientProfile;
import org.auscult.server.caller.TrustSettings.Callers.Authentication;
import org.auscult.server.caller.TrustSettings.Trust;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an operator may set of callers: wrong values stop the start.
 *
 * <p>Safety: 27.
 */
class TrustSettingsTest {
  private static final KeyFetcher NONE =
      address -> {
        throw new IOException("nothing is fetched at the start");
      };

  private static Issuers issuers(Map<String, String> settings, List<ClientProfile> clients) {
    return Issuers.from(Trusting.bound(settings), clients, NONE, new MovedClock(Trusting.NOW));
  }

  private static Map<String, String> north(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("auscult.callers.authentication", "required");
    settings.put("auscult.clients.north.issuer", Trusting.NORTH);
    for (int i = 0; i < more.length; i += 2) {
      settings.put("auscult.clients.north." + more[i], more[i + 1]);
    }
    return settings;
  }

  /** Checklist: 46, 54. */
  @Test
  void whatIsLeftOutIsStrict() {
    TrustSettings none = Trusting.bound(Map.of());
    assertThat(none.authentication("north")).isEqualTo(Authentication.REQUIRED);
    assertThat(none.callers().openDiscovery()).isFalse();
    assertThat(none.clients()).isEmpty();

    Trust named = Objects.requireNonNull(Trusting.bound(north()).clients().get("north"));
    assertThat(named.algorithms()).containsExactly("ES384", "RS384");
    assertThat(named.leeway()).isEqualTo(Duration.ofMinutes(1));
    assertThat(named.longestLife()).isEqualTo(Duration.ofMinutes(5));
    assertThat(named.audiences()).isEmpty();
    assertThat(named.callsPerSecond()).isZero();
    assertThat(named.callsPerDay()).isZero();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "leeway, -1s",
    "leeway, 301s",
    "longest-life, 29s",
    "longest-life, 61m",
    "calls-per-second, -1",
    "calls-per-second, 100001",
    "calls-per-day, -1",
    "authentication, perhaps",
    "issuer, ' '",
    "issuer, a b",
    "keys, nonsense",
    "keys, {}",
    "keys, '{\"keys\":[]}'",
    "keys-file, target/there-is-none",
    "keys-url, http://north.example.org/keys",
    "keys-url, ftp://north.example.org/keys",
    "keys-url, https://u:p@north.example.org/keys",
    "keys-url, https://north.example.org/keys#a",
    "keys-url, keys",
    "jku, http://10.0.0.1/keys",
    "algorithms, HS384",
    "algorithms, none",
    "algorithms, 'ES384,PS384'",
    "algorithms, es384"
  })
  void aWrongValueStopsTheStartAndIsNamed(String key, String value) {
    Map<String, String> settings =
        key.startsWith("keys") || key.equals("jku")
            ? north(key, value)
            : north("jku", "https://n.example.org/keys", key, value);

    assertThatThrownBy(() -> issuers(settings, List.of()))
        .hasStackTraceContaining("auscult.clients")
        .hasStackTraceContaining("north")
        .hasStackTraceContaining(key.substring(1));
  }

  /** Checklist: 51. */
  @Test
  @DisplayName("51: an issuer without keys, keys without issuer, and two ways to keys are refused")
  void keysBelongToAnIssuer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuers(north(), List.of()))
        .withMessageContaining("auscult.clients.north: an issuer needs one of keys");
    Map<String, String> nobodys = north("keys", Ehr.set(Ehr.EC));
    nobodys.remove("auscult.clients.north.issuer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuers(nobodys, List.of()))
        .withMessageContaining("auscult.clients.north: issuer is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                issuers(
                    north("keys", Ehr.set(Ehr.EC), "keys-url", "https://n.example.org/k"),
                    List.of()))
        .withMessageContaining("one of keys, keys-file and keys-url");
  }

  @Test
  @DisplayName("a private key in the settings stops the start, and is not repeated")
  void aPrivateKeyIsNoPublicKey() {
    String secret = Ehr.EC.getD().toString();

    assertThatThrownBy(
            () -> issuers(north("keys", "{\"keys\":[" + Ehr.EC.toJSONString() + "]}"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("private key")
        .satisfies(e -> assertThat(e.toString()).doesNotContain(secret));
  }

  /** Checklist: 50. */
  @Test
  @DisplayName("50: two clients with one issuer are refused: nobody could say who calls")
  void oneIssuerForEachClient() {
    Map<String, String> settings = north("keys", Ehr.set(Ehr.EC));
    settings.put("auscult.clients.south.issuer", Trusting.NORTH);
    settings.put("auscult.clients.south.keys", Ehr.set(Ehr.RSA));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuers(settings, List.of()))
        .withMessageContaining("north")
        .withMessageContaining("south");
  }

  /** Checklist: 48. */
  @Test
  @DisplayName("48: without our own address no token could be for us, so it must be known")
  void theAddressMustBeKnown() {
    Map<String, String> settings = north("keys", Ehr.set(Ehr.EC));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuers(settings, List.of(ClientProfile.PLAIN)))
        .withMessageContaining("auscult.clients.default.public-base-url");
    assertThat(issuers(settings, Trusting.clients().all()).isEmpty()).isFalse();
    settings.put("auscult.clients.default.authentication", "off");
    assertThat(issuers(settings, List.of(ClientProfile.PLAIN)).isEmpty()).isFalse();
  }

  /** Checklist: 51. */
  @Test
  @DisplayName("51: keys in a file")
  void keysInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("keys.json"), Ehr.set(Ehr.EC, Ehr.RSA));

    assertThat(issuers(north("keys-file", file.toString()), List.of()).find(Trusting.NORTH))
        .hasValueSatisfying(
            issuer -> {
              assertThat(issuer.client()).isEqualTo("north");
              assertThat(issuer.addresses()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://n.example.org/keys?a=b", "http://127.0.0.1:9/k", "http://[::1]/k"})
  void addressesOfKeys(String address) {
    assertThat(issuers(north("keys-url", address), List.of()).find(Trusting.NORTH))
        .hasValueSatisfying(issuer -> assertThat(issuer.addresses()).containsExactly(address));
  }
}
