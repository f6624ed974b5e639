package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against the running server. */
class TrainingSetCommandTest extends ServerTest {
  private static final String SET = "https://auscult.org/fhir/Library/ckd-epi-inputs|1.0.0";

  @TempDir Path folder = Path.of("");

  private String at = "";

  @BeforeEach
  void somebody() {
    Patient patient = new Patient();
    patient.setId("training-set-command");
    patient.setBirthDateElement(new DateType("1961-05-01"));
    client().update().resource(patient).execute();
    at = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private int run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--server", rootUrl() + "/fhir"));
    arguments.addAll(CommandAccess.options(folder, caller()));
    arguments.addAll(List.of(options));
    return new CommandLine(new TrainingSetCommand()).execute(arguments.toArray(String[]::new));
  }

  /** What stands on the standard error after a run that could not begin. */
  private String said(String option) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
      assertThat(run(option, "--out=" + folder.resolve("none"))).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private Path request() throws IOException {
    return Files.writeString(
        folder.resolve("request.json"),
        """
        {"resourceType": "Parameters", "parameter": [
          {"name": "name", "valueString": "by-command"},
          {"name": "cohort", "valueString": "Patient?_id=training-set-command"},
          {"name": "target", "valueString": "none"},
          {"name": "index", "valueString": "list"},
          {"name": "time", "valueString": "%s"},
          {"name": "knownAt", "valueString": "%s"},
          {"name": "featureSet", "valueString": "%s"},
          {"name": "seed", "valueString": "1"}]}
        """
            .formatted(at, at, SET));
  }

  private JsonNode manifest(Path set) throws IOException {
    return FhirHttp.JSON.readTree(set.resolve("manifest.json").toFile());
  }

  @Test
  void fetchesTheSameBytesByFileAndByOptions() throws IOException {
    Path byFile = folder.resolve("by-file");
    Path byOptions = folder.resolve("by-options");
    assertThat(
            run(
                "--request",
                request().toString(),
                "--format",
                "csv,ndjson",
                "--seed",
                "7",
                "--out",
                byFile.toString()))
        .isZero();
    assertThat(
            run(
                "--name=by-options",
                "--cohort=Patient?_id=training-set-command",
                "--target=none",
                "--index=list",
                "--time=" + at,
                "--known-at=" + at,
                "--feature-set=" + SET,
                "--seed=7",
                "--format=csv",
                "--format=ndjson",
                "--out=" + byOptions))
        .isZero();

    JsonNode manifest = manifest(byFile);
    assertThat(manifest.path("request").path("seed").path(0).asText()).isEqualTo("7");
    assertThat(manifest.path("purposeOfUse").asText()).isEqualTo("HRESCH");
    assertThat(manifest.path("files")).hasSize(2);
    for (JsonNode file : manifest.path("files")) {
      String name = file.path("name").asText();
      assertThat(byOptions.resolve(name)).hasSameBinaryContentAs(byFile.resolve(name));
    }
    String one = manifest.path("id").asText();
    String other = manifest(byOptions).path("id").asText();
    assertThat(run("--compare", one, other)).isZero();
    assertThat(run("--id", one, "--out", byFile.toString())).as("all is there").isZero();
    assertThat(run("--cancel", one)).as("it is made, and is kept").isEqualTo(1);
  }

  @Test
  void tellsThatTwoDiffer() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    assertThat(run("--request", request().toString(), "--out", one.toString())).isZero();
    assertThat(run("--request", request().toString(), "--format=csv", "--out", other.toString()))
        .isZero();

    assertThat(
            run(
                "--compare",
                manifest(one).path("id").asText(),
                manifest(other).path("id").asText()))
        .isEqualTo(1);
    assertThat(run("--id", manifest(one).path("id").asText(), "--out", other.toString()))
        .as("another data set's folder")
        .isEqualTo(1);
  }

  @Test
  void saysWhatTheServerRefuses() {
    assertThat(run("--name=X", "--cohort=nobody", "--out=" + folder.resolve("none"))).isEqualTo(1);
    assertThat(run("--id", "0".repeat(36), "--out=" + folder.resolve("none"))).isEqualTo(1);
    assertThat(run("--request=" + folder.resolve("absent"), "--out=" + folder.resolve("none")))
        .isEqualTo(2);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void saysWhyARequestIsNone() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no JSON");
    Path other = Files.writeString(folder.resolve("other"), "{\"resourceType\":\"Patient\"}");
    assertThat(said("--request=" + folder.resolve("absent"))).contains("absent cannot be read");
    assertThat(said("--request=" + text)).contains("text is no JSON");
    assertThat(said("--request=" + other)).contains("other holds no Parameters");
  }

  @Test
  void takesOneThingToDo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--name=a")).as("no folder").isEqualTo(2);
    assertThat(run("--id", "0".repeat(36), "--name=a", "--out=x")).isEqualTo(2);
    assertThat(run("--cancel", "0".repeat(36), "--out=x")).isEqualTo(2);
    assertThat(run("--id", "../x", "--out=x")).isEqualTo(2);
  }
}
