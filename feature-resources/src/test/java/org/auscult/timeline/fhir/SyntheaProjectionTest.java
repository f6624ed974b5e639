package org.auscult.timeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real lines of a whole synthetic population, where it is at hand; skipped loudly where not. */
class SyntheaProjectionTest {
  private static final int LINES = 400;

  private final IParser parser = FhirContext.forR4Cached().newJsonParser();
  private final FactProjector projector = new FactProjector(ZoneOffset.UTC, CodeUnits.standard());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation",
        "Condition",
        "MedicationRequest",
        "MedicationAdministration",
        "Procedure",
        "Encounter",
        "AllergyIntolerance",
        "Immunization",
        "DiagnosticReport",
        "Patient"
      })
  void everyLineGivesFactsOfItsPatient(String type) throws IOException {
    Path file = file(type);
    int lines = 0;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine();
          line != null && lines < LINES;
          line = reader.readLine()) {
        check((Resource) parser.parseResource(line));
        lines++;
      }
    }
    assertThat(lines).isPositive();
  }

  private void check(Resource resource) {
    String id = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    List<Fact> facts = projector.project(resource, Projection.RECORD);
    assertThat(facts).as(id).isNotEmpty();
    assertThat(projector.project(resource, Projection.RECORD)).as(id).isEqualTo(facts);
    for (Fact fact : facts) {
      assertThat(fact.patient()).isEqualTo(projector.patient(resource).orElseThrow());
      assertThat(fact.codes()).as(id).isNotEmpty();
      if (fact.value() instanceof FactValue.Measured measured
          && CodeUnits.standard().preferredUnit(fact.codes()).isPresent()
          && !measured.original().unit().equals("mL/min")) {
        assertThat(measured.preferred()).as(id).isNotNull();
      }
    }
  }

  private static Path file(String type) {
    String place = System.getenv("AUSCULT_DATA");
    Path file =
        Path.of(place == null ? "../../shared" : place)
            .resolve("data/synthea/ndjson/" + type + ".ndjson.gz");
    if (!Files.exists(file)) {
      System.err.println("!!! SKIPPED: " + file.getFileName() + " is not here; set AUSCULT_DATA");
    }
    assumeTrue(Files.exists(file));
    return file;
  }
}
