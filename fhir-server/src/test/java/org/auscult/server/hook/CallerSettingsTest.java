package org.auscult.server.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.auscult.cds.caller.CallerLimits;
import org.auscult.cds.caller.HttpCallerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CallerSettingsTest {
  private static CallerSettings settings(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("auscult", CallerSettings.class);
  }

  /** Checklist: 20. */
  @Test
  @DisplayName("20: unless configured, no caller's server is read")
  void nothingByDefault() {
    CallerSettings none = settings(Map.of());

    assertThat(none.callerFhirServers()).isEmpty();
    assertThat(none.callerPrivateNetwork()).isFalse();
    assertThat(none.limits()).isEqualTo(CallerLimits.STANDARD);
    try (HttpCallerRecord callers = new HttpCallerRecord(none.servers(), none.limits())) {
      assertThat(callers.mayRead("https://ehr.example.org/fhir")).isFalse();
    }
  }

  @Test
  void aListAndLimits() {
    CallerSettings set =
        settings(
            Map.of(
                "auscult.caller-fhir-servers", "https://a.example.org/fhir,http://10.1.2.3/r4",
                "auscult.caller-budget", "750ms",
                "auscult.caller-pages", "3",
                "auscult.caller-bytes", "50000",
                "auscult.caller-threads", "2"));

    assertThat(set.limits()).isEqualTo(new CallerLimits(Duration.ofMillis(750), 3, 50_000, 2));
    try (HttpCallerRecord callers = new HttpCallerRecord(set.servers(), set.limits())) {
      assertThat(callers.mayRead("https://a.example.org/fhir")).isTrue();
      assertThat(callers.mayRead("http://10.1.2.3/r4")).isTrue();
      assertThat(callers.mayRead(URI.create("https://a.example.org").toString())).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "caller-fhir-servers, ftp://a.example.org/fhir",
    "caller-fhir-servers, https://u:p@a.example.org/fhir",
    "caller-fhir-servers, https://*.example.org/fhir?x",
    "caller-budget, 49ms",
    "caller-budget, 31s",
    "caller-pages, 0",
    "caller-pages, 1001",
    "caller-bytes, 9999",
    "caller-bytes, 100000001",
    "caller-threads, 0",
    "caller-threads, 65"
  })
  @DisplayName("a wrong value stops the start, naming the key and what it takes")
  void wrongValues(String key, String value) {
    assertThatThrownBy(() -> settings(Map.of("auscult." + key, value)))
        .hasStackTraceContaining("auscult." + key)
        .hasStackTraceContaining("take");
  }
}
