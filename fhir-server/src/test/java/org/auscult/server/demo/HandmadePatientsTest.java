package org.auscult.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The patients made by hand, as they are written to the server. */
class HandmadePatientsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");

  @Test
  void areMarkedAsSuch() throws IOException {
    List<JsonNode> patients = new ArrayList<>();
    for (JsonNode resource : resources()) {
      assertThat(resource.at("/meta/tag/0/code").asText()).isEqualTo("HTEST");
      assertThat(resource.path("id").asText()).startsWith("handmade-");
      if (resource.path("resourceType").asText().equals("Patient")) {
        patients.add(resource);
      }
    }
    assertThat(patients)
        .hasSize(5)
        .allMatch(p -> p.at("/name/0/text").asText().startsWith("Handmade"));
  }

  @Test
  void haveTheirVitalSignsMinutesBefore() throws IOException {
    int signs = 0;
    for (JsonNode resource : resources()) {
      String id = resource.path("subject").path("reference").asText();
      String code = resource.at("/code/coding/0/code").asText();
      if (id.startsWith("Patient/handmade-ward") && !code.isEmpty()) {
        Duration before =
            Duration.between(Instant.parse(resource.path("effectiveDateTime").asText()), NOW);
        if (!code.equals("designated-scale")) {
          assertThat(before).isBetween(Duration.ZERO, Duration.ofMinutes(15));
          signs++;
        }
      }
    }
    assertThat(signs).isEqualTo(3 * 7);
  }

  @Test
  void leaveNoTimeUndated() throws IOException {
    assertThat(HandmadePatients.transaction(NOW).toString())
        .doesNotContain("now-")
        .contains("2026-11-21T11:53:00Z");
  }

  private static List<JsonNode> resources() throws IOException {
    List<JsonNode> resources = new ArrayList<>();
    HandmadePatients.transaction(NOW)
        .path("entry")
        .forEach(entry -> resources.add(entry.path("resource")));
    return resources;
  }
}
