package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that are fetched, kept, and rotated.
 *
 * <p>Checklist: 64.
 */
class RemoteKeysTest {
  private static final URI ADDRESS = URI.create("https://north.example.org/keys");
  private static final ECKey FIRST = Ehr.ec(Curve.P_384, "first");
  private static final ECKey SECOND = Ehr.ec(Curve.P_384, "second");

  private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile Callable<String> served = () -> Ehr.set(FIRST);
  private final RemoteKeys keys =
      new RemoteKeys(
          ADDRESS,
          address -> {
            assertThat(address).isEqualTo(ADDRESS);
            fetches.incrementAndGet();
            try {
              return served.call();
            } catch (IOException | RuntimeException e) {
              throw e;
            } catch (Exception e) {
              throw new IOException(e);
            }
          },
          clock);

  private int found(String id) throws KeysUnavailableException {
    return keys.find(id, JWSAlgorithm.ES384).size();
  }

  @Test
  @DisplayName("keys are fetched once while they are fresh")
  void once() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(found("first")).isEqualTo(1);
    }
    clock.move(RemoteKeys.FRESH.minusSeconds(1));
    assertThat(found("first")).isEqualTo(1);
    assertThat(fetches).hasValue(1);
    clock.move(Duration.ofSeconds(1));
    assertThat(found("first")).isEqualTo(1);
    assertThat(fetches).hasValue(2);
  }

  @Test
  @DisplayName("a new key is found when a token names it; unknown ones cause no flood")
  void rotation() throws Exception {
    assertThat(found("first")).isEqualTo(1);
    served = () -> Ehr.set(FIRST, SECOND);
    clock.move(RemoteKeys.PAUSE);

    assertThat(found("second")).isEqualTo(1);
    assertThat(found("first")).isEqualTo(1);
    assertThat(fetches).hasValue(2);

    for (int i = 0; i < 1_000; i++) {
      assertThat(found("made-up-" + i)).isZero();
    }
    assertThat(fetches).hasValue(2);
    clock.move(RemoteKeys.PAUSE);
    for (int i = 0; i < 1_000; i++) {
      assertThat(found("made-up-" + i)).isZero();
    }
    assertThat(fetches).hasValue(3);
  }

  @Test
  @DisplayName("a withdrawn key is no longer taken once the keys are no longer fresh")
  void withdrawn() throws Exception {
    assertThat(found("first")).isEqualTo(1);
    served = () -> Ehr.set(SECOND);
    clock.move(RemoteKeys.FRESH);

    assertThat(found("first")).isZero();
    assertThat(found("second")).isEqualTo(1);
  }

  @Test
  @DisplayName("while the address fails, the last keys hold for an hour and no longer")
  void outage() throws Exception {
    assertThat(found("first")).isEqualTo(1);
    served =
        () -> {
          throw new IOException("it cannot be reached");
        };
    clock.move(RemoteKeys.LONGEST.minusSeconds(1));
    assertThat(found("first")).isEqualTo(1);
    assertThat(fetches).hasValue(2);
    clock.move(Duration.ofSeconds(1));

    assertThatThrownBy(() -> found("first")).isInstanceOf(KeysUnavailableException.class);
    assertThatThrownBy(() -> found("first")).isInstanceOf(KeysUnavailableException.class);
    assertThat(fetches).as("it is not asked again at once").hasValue(2);
    clock.move(RemoteKeys.PAUSE_AFTER_FAILURE);
    served = () -> Ehr.set(FIRST);
    assertThat(found("first")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[{\"kty\":\"EC\"}]}",
        "<html>login</html>",
        "PRIVATE",
        "SECRET",
        "MANY"
      })
  @DisplayName("what is no set of public keys is none")
  void noKeys(String document) {
    served =
        () ->
            switch (document) {
              case "PRIVATE" -> "{\"keys\":[" + FIRST.toJSONString() + "]}";
              case "SECRET" ->
                  "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"first\",\"k\":\"AAAA\"},"
                      + SECOND.toPublicJWK().toJSONString()
                      + "]}";
              case "MANY" ->
                  "{\"keys\":["
                      + (FIRST.toPublicJWK().toJSONString() + ",").repeat(100)
                      + FIRST.toPublicJWK().toJSONString()
                      + "]}";
              default -> document;
            };

    assertThatThrownBy(() -> found("first"))
        .isInstanceOfSatisfying(
            KeysUnavailableException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(RemoteKeys.PAUSE_AFTER_FAILURE));
  }

  @Test
  @DisplayName("keys that are not for signatures, too weak, or of another kind verify nothing")
  void otherKeys() throws Exception {
    String p256 = Ehr.ec(Curve.P_256, "p256").toPublicJWK().toJSONString();
    String encrypting =
        FIRST.toPublicJWK().toJSONString().replace("\"kid\"", "\"use\":\"enc\",\"kid\"");
    String wrapping =
        SECOND.toPublicJWK().toJSONString().replace("\"kid\"", "\"key_ops\":[\"wrapKey\"],\"kid\"");
    String otherAlgorithm =
        Ehr.RSA.toPublicJWK().toJSONString().replace("\"kid\"", "\"alg\":\"RS512\",\"kid\"");
    String okp =
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"okp\","
            + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
    served =
        () ->
            "{\"keys\":["
                + String.join(",", p256, encrypting, wrapping, otherAlgorithm, okp)
                + "]}";

    for (String id : List.of("p256", "first", "second", "rsa", "okp")) {
      assertThat(found(id)).isZero();
    }
    assertThat(keys.find("rsa", JWSAlgorithm.RS384)).isEmpty();
    assertThat(keys.find("p256", JWSAlgorithm.ES256)).hasSize(1);
  }

  @Test
  @DisplayName("while one fetches, others go on with the keys that there are")
  void nobodyWaitsForASlowServer() throws Exception {
    assertThat(found("first")).isEqualTo(1);
    clock.move(RemoteKeys.FRESH);
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    served =
        () -> {
          isAsked.countDown();
          assertThat(mayAnswer.await(30, TimeUnit.SECONDS)).isTrue();
          return Ehr.set(SECOND);
        };
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try {
      Future<Integer> slow = threads.submit(() -> found("first"));
      assertThat(isAsked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(found("first")).isEqualTo(1);
      assertThat(fetches).hasValue(2);
      mayAnswer.countDown();
      assertThat(slow.get(30, TimeUnit.SECONDS)).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("many that come first together cause one fetch")
  void together() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() -> found("first"));
      }
      for (Future<Integer> each : threads.invokeAll(calls)) {
        assertThat(each.get()).isEqualTo(1);
      }
      assertThat(fetches).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }
}
