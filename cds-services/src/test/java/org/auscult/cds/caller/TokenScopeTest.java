package org.auscult.cds.caller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a token covers: an answer outside of it proves nothing.
 *
 * <p>Checklist: 21, 61. Safety: 4.
 */
class TokenScopeTest {
  @ParameterizedTest(name = "{0} covers {1} (read by id: {2}): {3}")
  @CsvSource({
    "user/Observation.read, Observation, false, true",
    "user/Observation.read, Condition, false, false",
    "patient/*.read, Condition, false, true",
    "patient/*.rs, Condition, false, true",
    "patient/Condition.r, Condition, true, true",
    "patient/Condition.r, Condition, false, false",
    "patient/Condition.s, Condition, true, false",
    "patient/Condition.cruds, Condition, true, true",
    "patient/Condition.write, Condition, true, false",
    "patient/Observation.rs?category=laboratory, Observation, false, false",
    "user/Observation.Read user/Patient.Read, Observation, false, true",
    "user/Observation.Read user/Patient.Read, Condition, false, false",
    "launch openid, Condition, false, true",
    "EPIC.FHIR.R4.SERVICES.Observation.Read, Condition, false, true"
  })
  void covers(String scope, String type, boolean read, boolean covered) {
    assertThat(TokenScope.parse(scope).covers(type, read)).isEqualTo(covered);
  }
}
