package org.auscult.cds.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTokenTest {
  /** Checklist: 22. */
  @Test
  @DisplayName("22: a token shows nothing of itself")
  void showsNothing() {
    CallerToken token = CallerToken.of("s3cr3t", "user/*.read s3cr3t-scope");

    assertThat(token.authorization()).isEqualTo("Bearer s3cr3t");
    assertThat(new CallerAccess("https://ehr.example.org/fhir", token).toString())
        .doesNotContain("s3cr3t");
  }

  /** Checklist: 21. */
  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\r\nX: y", "", "=", "ä", "a=b", "a,b"})
  @DisplayName("21: what is no bearer token is refused without quoting it")
  void noBearerToken(String text) {
    assertThat(CallerToken.isBearer(text)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallerToken.of(text, ""))
        .withMessage("not a bearer token");
  }

  @Test
  void lengthHasALimit() {
    assertThat(CallerToken.isBearer("a".repeat(16_384))).isTrue();
    assertThat(CallerToken.isBearer("a".repeat(16_385))).isFalse();
    assertThat(CallerToken.isBearer("eyJ.a-b_c~d+e/f==")).isTrue();
  }

  /** Checklist: 61. Safety: 4. */
  @ParameterizedTest(name = "{0}: search {1}, read {2}")
  @CsvSource({
    "patient/*.read, true, true",
    "user/Observation.read, true, true",
    "system/Observation.*, true, true",
    "launch patient/Condition.read patient/Observation.read, true, true",
    "user/Observation.rs, true, true",
    "user/*.cruds, true, true",
    "user/Observation.r, false, true",
    "user/Observation.s, true, false",
    "user/Observation.cud, false, false",
    "user/Observation.write, false, false",
    "patient/Condition.read, false, false",
    "patient/Observation.rs?category=laboratory, false, false",
    "patient/Observation.rs?category=laboratory patient/*.rs, true, true",
    "openid launch, true, true",
    "clinical-data, true, true"
  })
  @DisplayName("61, rule 4: what a scope does not cover in full proves no absence")
  void scopes(String scope, boolean search, boolean read) {
    TokenScope parsed = CallerToken.of("t", scope).scope();

    assertThat(parsed.covers("Observation", false)).isEqualTo(search);
    assertThat(parsed.covers("Observation", true)).isEqualTo(read);
  }
}
