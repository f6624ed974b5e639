package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The commands deidentify and reidentify on files.
 *
 * <p>Safety: 33.
 */
class DeidentifyCommandTest {
  private static final String OBSERVATION =
      "{\"resourceType\":\"Observation\",\"id\":\"o-%1$s\",\"status\":\"final\",\"code\":{\"coding\":"
          + "[{\"system\":\"http://loinc.org\",\"code\":\"29463-7\"}]},\"subject\":{\"reference\":"
          + "\"Patient/%1$s\"},\"effectiveDateTime\":\"%2$s\",\"note\":[{\"text\":\"Mrs Doe\"}],"
          + "\"valueQuantity\":{\"value\":81.50,\"unit\":\"kg\"}}";

  @TempDir Path folder = Path.of("");
  private Path in = Path.of("");
  private Path out = Path.of("");
  private Path map = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void files() throws IOException {
    in = Files.createDirectory(folder.resolve("in"));
    out = folder.resolve("out");
    map = folder.resolve("map");
    key = folder.resolve("key");
    List<String> patients = new ArrayList<>();
    List<String> observations = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      String id = "doe" + i;
      patients.add(patient(id, i < 13 ? "1960-02-03" : "1971-04-05"));
      observations.add(OBSERVATION.formatted(id, "2024-03-04T05:06:07Z"));
    }
    Files.write(in.resolve("Patient.ndjson"), patients);
    try (var zipped =
        new GZIPOutputStream(Files.newOutputStream(in.resolve("Observation.ndjson.gz")))) {
      zipped.write(String.join("\n", observations).getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(
        in.resolve("Jane_Doe.json"),
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"fullUrl\":"
            + "\"urn:uuid:aa-bb\",\"resource\":"
            + patient("", "1960-02-09").replace("\"id\":\"\",", "")
            + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}},{\"resource\":"
            + OBSERVATION.formatted("x", "2024-01-02").replace("Patient/x", "urn:uuid:aa-bb")
            + "}]}");
    Files.writeString(in.resolve("Practitioner.ndjson"), "{\"resourceType\":\"Practitioner\"}\n");
    Files.writeString(in.resolve("Doe.ndjson"), OBSERVATION.formatted("doe1", "2023-01-02") + "\n");
  }

  private static String patient(String id, String birth) {
    return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"Doe\"}],"
            .formatted(id)
        + "\"gender\":\"female\",\"birthDate\":\"%s\"}".formatted(birth);
  }

  private int run(String... arguments) {
    Object command =
        arguments[0].equals("deidentify") ? new DeidentifyCommand() : new ReidentifyCommand();
    return new CommandLine(command).execute(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private int copy(Path to, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("deidentify", in.toString(), to.toString(), "--report"));
    arguments.add(to + ".report");
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> found = Files.list(of)) {
      return found.sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    var bytes = Files.newInputStream(file);
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                StandardCharsets.UTF_8))) {
      return String.join("\n", reader.lines().toList());
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    return text(file)
        .lines()
        .map(
            line -> {
              try {
                return FhirHttp.JSON.readTree(line);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  @Test
  void copiesAFolderWithoutTheNamesOfPersonsInTextsOrFileNames() throws IOException {
    assertThat(copy(out, "--profile", "safe-harbor")).isZero();

    assertThat(files(out))
        .extracting(file -> file.getFileName().toString())
        .contains("Patient.ndjson", "Observation.ndjson.gz")
        .hasSize(4)
        .noneMatch(name -> name.contains("Doe") || name.contains("Practitioner"));
    List<String> patients = new ArrayList<>();
    for (JsonNode patient : lines(out.resolve("Patient.ndjson"))) {
      patients.add("Patient/" + patient.path("id").asText());
    }
    assertThat(patients).hasSize(15).doesNotHaveDuplicates();
    List<JsonNode> observations = lines(out.resolve("Observation.ndjson.gz"));
    assertThat(observations).hasSize(15);
    assertThat(observations)
        .allMatch(o -> patients.contains(o.at("/subject/reference").asText()))
        .allMatch(o -> o.at("/valueQuantity/value").decimalValue().toString().equals("81.50"))
        .allMatch(o -> o.path("effectiveDateTime").asText().equals("2024"));
    for (Path file : files(out)) {
      assertThat(text(file)).doesNotContainIgnoringCase("doe").doesNotContain("urn:uuid");
    }
    assertThat(Files.exists(folder.resolve("out.part"))).isFalse();
    assertThat(Files.exists(map)).isFalse();
  }

  @Test
  void bundlesBecomeTransactionsThatCanBeLoaded() throws IOException {
    assertThat(copy(out, "--profile", "limited")).isZero();
    Path bundle =
        files(out).stream().filter(f -> f.toString().endsWith(".json")).findFirst().orElseThrow();
    JsonNode masked = FhirHttp.JSON.readTree(bundle.toFile());
    String patient = "Patient/" + masked.at("/entry/0/resource/id").asText();
    assertThat(masked.at("/entry/0/request/url").asText()).isEqualTo(patient);
    assertThat(masked.at("/entry/0/request/method").asText()).isEqualTo("PUT");
    assertThat(masked.at("/entry/1/resource/subject/reference").asText()).isEqualTo(patient);
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.createDirectory(out);
    assertThat(copy(out, "--profile", "limited")).isEqualTo(2);
    assertThat(files(out)).isEmpty();
    Path left = Files.createDirectory(folder.resolve("other.part"));
    assertThat(copy(folder.resolve("other"), "--profile", "limited")).isEqualTo(2);
    assertThat(left).exists();
    Files.writeString(folder.resolve("third.report"), "mine");
    assertThat(copy(folder.resolve("third"), "--profile", "limited")).isEqualTo(2);
    assertThat(Files.exists(folder.resolve("third"))).isFalse();
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(copy(out, "--profile", "none")).isEqualTo(2);
    assertThat(copy(out)).isEqualTo(2);
    assertThat(copy(out, "--profile", "expert", "--map", map.toString())).isEqualTo(2);
    assertThat(copy(out, "--profile", "expert", "--k", "1")).isEqualTo(2);
    assertThat(
            copy(
                out,
                "--profile",
                "expert",
                "--map",
                out.resolve("map").toString(),
                "--key",
                key.toString()))
        .isEqualTo(2);
    assertThat(
            copy(
                out,
                "--profile",
                "expert",
                "--map",
                folder.resolve("nowhere/map").toString(),
                "--key",
                key.toString()))
        .isEqualTo(2);
    assertThat(copy(out, "--profile", "expert", "--below-k", "hide")).isEqualTo(2);
    assertThat(
            run(
                "deidentify",
                folder.resolve("no").toString(),
                out.toString(),
                "--profile",
                "limited"))
        .isEqualTo(2);
    assertThat(Files.exists(out)).isFalse();
  }

  @Test
  void whatCannotBeReadIsLeftOutAndTold() throws IOException {
    Files.writeString(in.resolve("Condition.ndjson"), "{\"resourceType\":\n[]\n");
    Files.writeString(in.resolve("cut.json"), "{\"resourceType\":\"Bundle\",\"entry\":[{");
    Files.write(in.resolve("Procedure.ndjson.gz"), new byte[] {31, (byte) 139, 8, 0});
    assertThat(copy(out, "--profile", "limited")).isEqualTo(1);
    assertThat(text(folder.resolve("out.report"))).contains("it cannot be read");
    assertThat(lines(out.resolve("Patient.ndjson"))).hasSize(15);
  }

  @Test
  void aMapGivesTheSamePseudonymsAndShiftsAgain() throws IOException {
    String[] options = {"--profile", "expert", "--map", map.toString(), "--key", key.toString()};
    Path again = folder.resolve("again");
    assertThat(copy(out, options)).isZero();
    assertThat(copy(again, options)).isZero();
    for (String file : List.of("Patient.ndjson", "Observation.ndjson.gz")) {
      assertThat(text(again.resolve(file))).isEqualTo(text(out.resolve(file)));
    }
    Path without = folder.resolve("without");
    assertThat(copy(without, "--profile", "expert")).isZero();
    assertThat(text(without.resolve("Patient.ndjson")))
        .isNotEqualTo(text(out.resolve("Patient.ndjson")));
  }

  @Test
  void theMapIsNothingWithoutItsKey() throws IOException {
    String[] options = {"--profile", "limited", "--map", map.toString(), "--key", key.toString()};
    assertThat(copy(out, options)).isZero();
    String bytes = Files.readString(map, StandardCharsets.ISO_8859_1);
    String pseudonym = lines(out.resolve("Patient.ndjson")).get(0).path("id").asText();
    assertThat(bytes).doesNotContain("doe1").doesNotContain("Patient").doesNotContain(pseudonym);
    for (Path secret : List.of(map, key)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }

    Path other = folder.resolve("other-key");
    Path otherMap = folder.resolve("other-map");
    assertThat(
            copy(
                folder.resolve("b"),
                "--profile",
                "limited",
                "--map",
                otherMap.toString(),
                "--key",
                other.toString()))
        .isZero();
    assertThat(reidentify(pseudonym, map, other)).isEqualTo(2);
    assertThat(reidentify(pseudonym, map, folder.resolve("no-key"))).isEqualTo(2);
    assertThat(Files.exists(folder.resolve("no-key"))).isFalse();
    byte[] altered = Files.readAllBytes(map);
    altered[altered.length / 2] ^= 1;
    Files.write(otherMap, altered);
    assertThat(reidentify(pseudonym, otherMap, key)).isEqualTo(2);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(reidentify(pseudonym, map, key)).isEqualTo(2);
  }

  private int reidentify(String pseudonym, Path withMap, Path withKey) {
    return run(
        "reidentify",
        pseudonym,
        "--map",
        withMap.toString(),
        "--key",
        withKey.toString(),
        "--reason",
        "a finding that must be told",
        "--by",
        "Dr. A. Example");
  }

  @Test
  void everyReidentificationIsLoggedBeforeItIsAnswered() throws IOException {
    String[] options = {"--profile", "limited", "--map", map.toString(), "--key", key.toString()};
    assertThat(copy(out, options)).isZero();
    String pseudonym = lines(out.resolve("Patient.ndjson")).get(0).path("id").asText();
    Path log = Path.of(map + ".log");

    assertThat(reidentify("Patient/" + pseudonym, map, key)).isZero();
    assertThat(reidentify("unknown", map, key)).isEqualTo(1);
    assertThat(
            run(
                "reidentify",
                pseudonym,
                "--map",
                map.toString(),
                "--key",
                key.toString(),
                "--reason",
                " ",
                "--by",
                "Dr. A. Example"))
        .isEqualTo(2);

    List<JsonNode> entries = lines(log);
    assertThat(entries).hasSize(2);
    assertThat(entries.get(0).path("pseudonym").asText()).isEqualTo("Patient/" + pseudonym);
    assertThat(entries.get(0).path("by").asText()).isEqualTo("Dr. A. Example");
    assertThat(entries.get(0).path("reason").asText()).isEqualTo("a finding that must be told");
    assertThat(entries.get(0).path("outcome").asText()).isEqualTo("found");
    assertThat(entries.get(1).path("outcome").asText()).isEqualTo("unknown");
    assertThat(text(log)).doesNotContain("doe");

    // A later copy keeps the log's head, and an altered, shortened or missing log answers nothing.
    assertThat(copy(folder.resolve("later"), options)).isZero();
    List<String> lines = Files.readAllLines(log);
    Files.write(log, List.of(lines.get(0).replace("must", "should"), lines.get(1)));
    assertThat(reidentify(pseudonym, map, key)).isEqualTo(2);
    Files.write(log, List.of(lines.get(1), lines.get(0)));
    assertThat(reidentify(pseudonym, map, key)).isEqualTo(2);
    Files.write(log, lines.subList(0, 1));
    assertThat(reidentify(pseudonym, map, key)).isEqualTo(2);
    Files.delete(log);
    assertThat(reidentify(pseudonym, map, key)).isEqualTo(2);
    Files.write(log, lines);
    assertThat(reidentify(pseudonym, map, key)).isZero();
  }

  @Test
  void theReportTellsWhoIsAlikeAndWhatWasDoneAboutIt() throws IOException {
    Path dropped = folder.resolve("dropped");
    assertThat(copy(out, "--profile", "safe-harbor", "--k", "5")).isZero();
    assertThat(copy(dropped, "--profile", "safe-harbor", "--k", "5", "--below-k", "drop")).isZero();

    String kept = text(folder.resolve("out.report"));
    assertThat(kept)
        .contains("16 persons in 2 classes", "the smallest class has 2")
        .contains("2 persons are in classes of fewer than k = 5", "They are IN THE COPY")
        .contains("l-diversity")
        .containsPattern("1960s +withheld")
        .containsPattern("1970s +<11")
        .containsPattern("Practitioner +<11  its type does not pass")
        .containsPattern("Observation.note +17")
        .doesNotContain("Doe", "doe1");
    assertThat(lines(out.resolve("Patient.ndjson"))).hasSize(15);
    assertThat(text(folder.resolve("dropped.report"))).contains("They were LEFT OUT");
    assertThat(lines(dropped.resolve("Patient.ndjson"))).hasSize(13);
    assertThat(lines(dropped.resolve("Observation.ndjson.gz"))).hasSize(13);
  }

  /** Safety: 34. */
  @Test
  void aSiteNamesItsProtectedCodes() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "http://loinc.org|29463-7\n");
    assertThat(copy(out, "--profile", "limited", "--without-protected=" + list)).isZero();
    assertThat(Files.exists(out.resolve("Observation.ndjson.gz"))).isFalse();
    assertThat(lines(out.resolve("Patient.ndjson"))).hasSize(15);
    assertThat(copy(folder.resolve("b"), "--profile", "limited", "--without-protected")).isZero();
    assertThat(lines(folder.resolve("b/Observation.ndjson.gz"))).hasSize(15);
    Files.writeString(list, "nonsense\n");
    assertThat(copy(folder.resolve("c"), "--profile", "limited", "--without-protected=" + list))
        .isEqualTo(2);
  }
}
