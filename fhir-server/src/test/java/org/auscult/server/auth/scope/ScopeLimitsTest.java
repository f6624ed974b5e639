package org.auscult.server.auth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.auscult.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeLimitsTest {
  /** SMART: 22. SMART: 23. SMART: 24. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "patient/*.cruds; patient/Observation.rs; patient/Observation.rs",
        "patient/*.rs; patient/Observation.cruds; patient/Observation.rs",
        "patient/*.rs; patient/*.read; patient/*.read",
        "patient/*.read; patient/Observation.rs; patient/Observation.rs",
        "patient/*.write; patient/Observation.cud; patient/Observation.cud",
        "user/*.rs; patient/*.rs; ''",
        "patient/Observation.rs; patient/*.rs; patient/Observation.rs",
        "patient/Observation.rs?category=laboratory; patient/Observation.rs;"
            + " patient/Observation.rs?category=laboratory",
        "patient/Observation.rs; patient/Observation.rs?category=laboratory;"
            + " patient/Observation.rs?category=laboratory",
        "openid; openid fhirUser; openid",
        "patient/*.rs; patient/Observation.dustc; ''"
      })
  void givesWhatIsBothAskedForAndAllowed(String allowed, String requested, String granted) {
    assertThat(ScopeLimits.covered(ScopeLimits.split(requested), ScopeLimits.split(allowed)))
        .containsExactlyElementsOf(ScopeLimits.split(granted));
  }

  /** SMART: 19. */
  @Test
  void aRoleSetsALimit() {
    Set<String> all = Set.of("patient/*.cruds", "user/*.cruds", "system/*.cruds", "launch/patient");

    assertThat(ScopeLimits.forRoles(all, Set.of(Role.CLINICIAN)))
        .containsExactlyInAnyOrder("patient/*.cruds", "user/*.cruds", "launch/patient");
    assertThat(ScopeLimits.forRoles(all, Set.of(Role.AUDITOR))).containsExactly("user/*.rs");
    assertThat(ScopeLimits.forRoles(all, Set.of())).isEmpty();
  }

  @Test
  void everyScopeHasPlainWords() {
    for (String scope : ScopeLimits.CONTEXT) {
      assertThat(PlainWords.of(scope)).isNotEqualTo(scope);
    }
    assertThat(PlainWords.of("patient/Observation.rs?category=laboratory"))
        .isEqualTo(
            "read, search data of the kind Observation of the chosen patient, only where category"
                + " is laboratory");
    assertThat(PlainWords.of("user/*.cruds"))
        .isEqualTo("add, read, change, delete, search all data of every patient that you may see");
    assertThat(List.of(PlainWords.of("system/*.r")))
        .containsExactly("read all data of every patient");
  }
}
