package org.auscult.server.auth.user;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final String SECRET = Totp.encode("12345678901234567890".getBytes(US_ASCII));

  /** RFC 6238, appendix B: the SHA-1 column, of whose eight digits ours are the last six. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void givesThePublishedCodes(long seconds, String code) {
    assertThat(Totp.of(SECRET).at(Instant.ofEpochSecond(seconds))).isEqualTo(code);
  }

  @Test
  void spellsASecretAsTheStandardDoes() {
    assertThat(SECRET).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(Totp.encode("foobar".getBytes(US_ASCII))).isEqualTo("MZXW6YTBOI");
  }

  @Test
  void takesACodeOnceAndOnlyAroundItsTime() {
    Totp totp = Totp.of(SECRET);
    Instant now = Instant.ofEpochSecond(1_111_111_111);
    long step = totp.accept("050471", now, 0).orElseThrow();

    assertThat(totp.accept("050471", now, step)).isEmpty();
    assertThat(totp.accept("050471", now.plusSeconds(30), 0)).hasValue(step);
    assertThat(totp.accept("050471", now.plusSeconds(90), 0)).isEmpty();
    assertThat(totp.accept("050471", now.minusSeconds(90), 0)).isEmpty();
    assertThat(totp.accept("", now, 0)).isEmpty();
    assertThat(totp.accept("50471", now, 0)).isEmpty();
  }

  @Test
  void refusesAShortOrForeignSecret() {
    assertThatThrownBy(() -> Totp.of("GEZDGNBV")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Totp.of("1".repeat(32))).isInstanceOf(IllegalArgumentException.class);
  }
}
