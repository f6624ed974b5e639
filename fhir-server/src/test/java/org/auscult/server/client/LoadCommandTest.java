package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against the running server. */
class LoadCommandTest extends ServerTest {
  @TempDir Path folder = Path.of("");
  @TempDir Path elsewhere = Path.of("");

  @Test
  void loadsAFolderAsHistory() throws IOException {
    write("Patient.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"load-p\"}");
    write(
        "Practitioner.ndjson",
        "{\"resourceType\":\"Practitioner\",\"id\":\"load-d\",\"identifier\":"
            + "[{\"system\":\"urn:load\",\"value\":\"7\"}]}");
    write("Observation.ndjson", weight("load-o", "81.50"));

    assertThat(load(folder, "--history", "--lag", "P1D")).isZero();

    Observation stored = client().read().resource(Observation.class).withId("load-o").execute();
    assertThat(stored.getValueQuantity().getValueElement().getValueAsString()).isEqualTo("81.50");
    assertThat(stored.getPerformerFirstRep().getReference()).isEqualTo("Practitioner/load-d");
    assertThat(stored.getMeta().getTag("https://auscult.org/fhir/CodeSystem/load", "history"))
        .isNotNull();
    assertThat(stored.getMeta().getTag("https://auscult.org/fhir/load-lag", "PT24H")).isNotNull();
    assertThat(load(folder, "--lag", "P1D")).isEqualTo(2);
  }

  @Test
  void namesWhatTheServerRefusesAndLoadsTheRest() throws IOException {
    write("Patient.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"load-q\"}");
    write("Practitioner.ndjson", "{\"resourceType\":\"Practitioner\",\"id\":\"load-e\"}");
    write(
        "Encounter.ndjson",
        "{\"resourceType\":\"Encounter\",\"id\":\"load-bad\",\"status\":\"nonsense\"}",
        "{\"resourceType\":\"Encounter\",\"id\":\"load-good\",\"status\":\"finished\"}");

    assertThat(load(folder)).isEqualTo(1);

    assertThat(found("Encounter?_id=load-bad")).isZero();
    assertThat(found("Encounter?_id=load-good")).isEqualTo(1);
  }

  @Test
  void keepsTheRestOfABundleWithOneBadEntry() throws IOException {
    write(
        "someone.json",
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
            + "{\"fullUrl\":\"urn:uuid:b0a3f6f0-0000-4000-8000-000000000001\",\"resource\":"
            + "{\"resourceType\":\"Patient\",\"identifier\":"
            + "[{\"system\":\"urn:load\",\"value\":\"bundled\"}]},"
            + "\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}},"
            + "{\"fullUrl\":\"urn:uuid:b0a3f6f0-0000-4000-8000-000000000002\",\"resource\":"
            + "{\"resourceType\":\"Encounter\",\"status\":\"nonsense\"},"
            + "\"request\":{\"method\":\"POST\",\"url\":\"Encounter\"}},"
            + "{\"fullUrl\":\"urn:uuid:b0a3f6f0-0000-4000-8000-000000000003\",\"resource\":"
            + "{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"subject\":"
            + "{\"reference\":\"urn:uuid:b0a3f6f0-0000-4000-8000-000000000001\"}},"
            + "\"request\":{\"method\":\"POST\",\"url\":\"Encounter\"}}]}");

    assertThat(load(folder)).isEqualTo(1);

    assertThat(found("Patient?identifier=urn:load|bundled")).isEqualTo(1);
    assertThat(found("Encounter?status=finished&patient.identifier=urn:load|bundled")).isEqualTo(1);
  }

  @Test
  void saysThatItCouldNotRun() throws IOException {
    assertThat(load(folder.resolve("nowhere"))).isEqualTo(2);
    assertThat(load(folder)).isEqualTo(2);
  }

  private int load(Path path, String... options) {
    CommandLine command = new CommandLine(new LoadCommand());
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(
        List.of(
            path.toString(),
            "--server",
            rootUrl() + "/fhir",
            "--state",
            elsewhere.resolve("state").toString()));
    arguments.addAll(CommandAccess.options(elsewhere, caller()));
    return command.execute(arguments.toArray(String[]::new));
  }

  private int found(String search) {
    return client().search().byUrl(search).returnBundle(Bundle.class).execute().getEntry().size();
  }

  private static String weight(String id, String kilograms) {
    return "{\"resourceType\":\"Observation\",\"id\":\""
        + id
        + "\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/load-p\"},"
        + "\"performer\":[{\"reference\":\"Practitioner?identifier=urn:load|7\"}],"
        + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"29463-7\"}]},"
        + "\"effectiveDateTime\":\"2020-05-01T10:00:00Z\","
        + "\"valueQuantity\":{\"value\":"
        + kilograms
        + ",\"unit\":\"kg\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"kg\"}}";
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }
}
