package org.auscult.server.auth.ehr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.auth.ehr.EhrSettings.Authentication;
import org.auscult.server.auth.user.SecondFactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EhrsTest {
  private static final SecondFactor SECOND_FACTOR = new SecondFactor(Set.of(Role.ADMINISTRATOR));
  private static final String NORTH = "auscult.clients.north.";

  private static Ehrs ehrs(String... keysAndValues) {
    Map<String, String> settings = new HashMap<>();
    settings.put(NORTH + "fhir-servers", "https://NORTH.example.org/fhir/");
    settings.put(NORTH + "launch.client-id", "auscult");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Ehrs(
        new Binder(new MapConfigurationPropertySource(settings))
            .bindOrCreate("auscult", EhrSettings.class),
        SECOND_FACTOR);
  }

  /** Safety: 28. */
  @Test
  void anEhrIsKnownByItsFhirServerExactly() {
    Ehr ehr =
        ehrs(
                NORTH + "launch.users.ada",
                "Practitioner/1",
                NORTH + "launch.frame-ancestors",
                "https://ehr.north.example.org,https://portal.north.example.org:8443")
            .ofServer("https://north.example.org/fhir")
            .orElseThrow();

    assertThat(ehr.users()).containsExactly(Map.entry("Practitioner/1", "ada"));
    assertThat(ehr.authentication()).isEqualTo(Authentication.PRIVATE_KEY_JWT);
    assertThat(ehr.framing())
        .isEqualTo("https://ehr.north.example.org https://portal.north.example.org:8443");
    assertThat(ehrs().ofServer("https://north.example.org/fhir/other")).isEmpty();
    assertThat(ehrs().framing("north")).isEqualTo("'none'");
    assertThat(ehrs().framing("nobody")).isEqualTo("'none'");
  }

  @Test
  void whoLaunchesNothingIsNoneOfThem() {
    assertThat(
            ehrs("auscult.clients.south.fhir-servers", "https://south.example.org").find("south"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "fhir-servers, http://north.example.org/fhir, https",
    "launch.roles, administrator, signs in here",
    "launch.roles, system, signs in here",
    "launch.roles, wizard, no role",
    "launch.users.ada, 17, launch.users",
    "launch.frame-ancestors, *, frame-ancestors",
    "launch.frame-ancestors, http://ehr.example.org, frame-ancestors",
    "launch.frame-ancestors, https://ehr.example.org/path, frame-ancestors",
    "launch.frame-ancestors, https://ehr.example.org;script-src, frame-ancestors"
  })
  void aWrongValueNamesItsKey(String key, String value, String words) {
    assertThatThrownBy(() -> ehrs(NORTH + key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auscult.clients.north")
        .hasMessageContaining(words);
  }

  @Test
  void twoUsersAreNotTheSamePerson() {
    assertThatThrownBy(
            () ->
                ehrs(
                    NORTH + "launch.users.ada", "Practitioner/1",
                    NORTH + "launch.users.eva", "Practitioner/1"))
        .hasMessageContaining("same person");
  }
}
