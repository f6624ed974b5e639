package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.auscult.server.client.Loader.Nature;
import org.auscult.server.token.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of each resource of a file, whatever the server does. */
class LoaderTest {
  @TempDir Path folder = Path.of("");
  @TempDir Path elsewhere = Path.of("");
  private SmallFhirServer server;
  private String printed = "";

  @BeforeEach
  void start() throws IOException {
    server = new SmallFhirServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void loadsEachLineUnderItsId() throws IOException {
    write("Patient.ndjson", patients(1, 25));

    Report report = load();

    assertThat(server.stored).hasSize(25).containsKey("Patient/p25");
    assertThat(server.sizes).containsExactlyInAnyOrder(10, 10, 5);
    assertThat(report.anyRefused()).isFalse();
    assertThat(printed).containsPattern("Patient +25 read +25 created +0 updated +0 refused");
  }

  @Test
  void sendsEveryDecimalAsItIsWritten() throws IOException {
    String written =
        "{\"resourceType\":\"Observation\",\"id\":\"o\",\"v\":[1.50,100.0,72.15832817273001234]}";
    write("Observation.ndjson", written);

    load();

    assertThat(server.stored).containsEntry("Observation/o", written);
  }

  @Test
  void readsCompressedFilesAndFoldersInTheOrderOfNeed() throws IOException {
    zip("Observation.ndjson.gz", observation("o1", "Patient/p1"));
    write("Patient.ndjson", patients(1, 1));
    write("Organization.ndjson", "{\"resourceType\":\"Organization\",\"id\":\"org\"}");
    write("manifest.json", "{}");
    write("readme.txt", "no resource");

    assertThat(SourceFile.in(folder))
        .extracting(SourceFile::name)
        .containsExactly("Organization.ndjson", "Patient.ndjson", "Observation.ndjson.gz");
    load();

    assertThat(server.stored).containsOnlyKeys("Organization/org", "Patient/p1", "Observation/o1");
  }

  @Test
  void isolatesWhatIsRefusedAndLoadsTheRest() throws IOException {
    server.refuses = r -> r.path("id").asText().matches("p(3|17)");
    write("Patient.ndjson", patients(1, 30));

    Report report = load();

    assertThat(server.stored).hasSize(28).doesNotContainKeys("Patient/p3", "Patient/p17");
    assertThat(report.anyRefused()).isTrue();
    assertThat(printed)
        .contains("refused: Patient.ndjson:3 Patient/p3: HTTP 422: not valid")
        .contains("refused: Patient.ndjson:17 Patient/p17: HTTP 422: not valid")
        .containsPattern("Patient +30 read +28 created +0 updated +2 refused");
  }

  @Test
  void namesLinesThatAreNoResource() throws IOException {
    write(
        "Patient.ndjson",
        patient(1),
        "{\"resourceType\":\"Patient\",\"id\":",
        "[]",
        patient(2) + patient(3),
        "",
        patient(4));

    load();

    assertThat(server.stored).containsOnlyKeys("Patient/p1", "Patient/p4");
    assertThat(printed)
        .contains("refused: Patient.ndjson:2: the line is no JSON, at column")
        .contains("refused: Patient.ndjson:3: the line is no resource")
        .contains("refused: Patient.ndjson:4: the line is no JSON");
  }

  @Test
  void loadsWhatStandsBeforeTheEndOfATruncatedFile() throws IOException {
    Path whole = zip("Patient.ndjson.gz", patients(1, 4000));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));

    Report report = load();

    assertThat(server.stored).containsKey("Patient/p1");
    assertThat(report.anyRefused()).isTrue();
    assertThat(printed).contains("it is cut off or damaged");
  }

  @Test
  void waitsForABusyServer() throws IOException {
    server.nextStatuses.addAll(Arrays.asList(503, 429, 503));
    write("Patient.ndjson", patients(1, 3));

    load();

    assertThat(server.stored).hasSize(3);
    assertThat(server.sizes).hasSize(4);
  }

  @Test
  void saysThatAServerDoesNotAnswer() throws IOException {
    write("Patient.ndjson", patients(1, 3));
    server.close();

    assertThatThrownBy(this::load)
        .isInstanceOf(FhirHttp.Unavailable.class)
        .hasMessageContaining("no connection");
  }

  @Test
  void goesOnWhereItWasInterrupted() throws IOException {
    write("Patient.ndjson", patients(1, 100));
    server.transactionsUntilDown = 4;
    assertThatThrownBy(this::load).isInstanceOf(FhirHttp.Unavailable.class);
    int stored = server.stored.size();
    assertThat(stored).isBetween(10, 50);
    server.transactionsUntilDown = Integer.MAX_VALUE;
    server.sizes.clear();

    load();

    assertThat(server.stored).hasSize(100);
    assertThat(server.sizes.stream().mapToInt(n -> n).sum()).isLessThanOrEqualTo(90);
    assertThat(printed).containsPattern("0 refused, [1-9]0 loaded before");
  }

  @Test
  void loadsAgainWhenTheServerHasForgotten() throws IOException {
    write("Patient.ndjson", patients(1, 20));
    load();
    server.sizes.clear();
    load();
    assertThat(server.sizes).isEmpty();

    server.stored.clear();
    load();

    assertThat(server.stored).hasSize(20);
  }

  @Test
  void triesAgainWhatWasRefused() throws IOException {
    write("Patient.ndjson", patients(1, 20));
    server.refuses = r -> r.path("id").asText().equals("p2");
    assertThat(load().anyRefused()).isTrue();
    server.refuses = r -> false;

    assertThat(load().anyRefused()).isFalse();
    assertThat(server.stored).hasSize(20);
  }

  @Test
  void makesConditionalReferencesLiteral() throws IOException {
    write("Practitioner.ndjson", practitioner("a", "1"), practitioner("b", "2"));
    write("Observation.ndjson", observation("o", "Practitioner?identifier=urn:npi|2"));

    load();

    assertThat(server.stored.get("Observation/o")).contains("\"Practitioner/b\"");
    assertThat(server.searches).isEmpty();
  }

  @Test
  void searchesOnceForWhatTheFilesDoNotHold() throws IOException {
    server.stored.put("Practitioner/here", practitioner("here", "7"));
    write(
        "Observation.ndjson",
        observation("o1", "Practitioner?identifier=urn:npi|7"),
        observation("o2", "Practitioner?identifier=urn:npi|7"),
        observation("o3", "Practitioner?identifier=urn:npi|8"));

    load();

    assertThat(server.stored.get("Observation/o2")).contains("\"Practitioner/here\"");
    assertThat(server.searches).hasSize(2);
    assertThat(server.stored).doesNotContainKey("Observation/o3");
    assertThat(printed).contains("Observation.ndjson:3 Observation/o3: its reference names no one");
  }

  @Test
  void refusesAReferenceThatTwoAnswerTo() throws IOException {
    write("Practitioner.ndjson", practitioner("a", "1"), practitioner("b", "1"));
    write("Observation.ndjson", observation("o", "Practitioner?identifier=urn:npi|1"));

    load();

    assertThat(server.stored).doesNotContainKey("Observation/o");
  }

  @Test
  void marksHistoryOnce() throws IOException {
    String tag = "{\"system\":\"https://auscult.org/fhir/CodeSystem/load\",\"code\":\"history\"}";
    write(
        "Patient.ndjson",
        patient(1),
        "{\"resourceType\":\"Patient\",\"id\":\"p2\",\"meta\":{\"tag\":[" + tag + "]}}");

    load(Nature.HISTORY);

    String meta = "\"meta\":{\"tag\":[" + tag + "]}";
    assertThat(server.stored.get("Patient/p1")).contains(meta);
    assertThat(server.stored.get("Patient/p2")).contains(meta);
  }

  @Test
  void postsATransactionWhole() throws IOException {
    zip("someone.json.gz", bundle("transaction", post("Patient", "x"), postAbout("x", "y")));

    load();
    load();

    assertThat(server.stored).hasSize(2);
    String patient =
        server.stored.keySet().stream().filter(k -> k.startsWith("P")).findFirst().get();
    assertThat(server.stored.values()).anyMatch(text -> text.contains('"' + patient + '"'));
    assertThat(server.sizes).containsExactly(2);
  }

  @Test
  void splitsATransactionThatIsTooLarge() throws IOException {
    server.mostEntries = 2;
    write(
        "someone.json",
        bundle(
            "transaction",
            postAbout("x", "o1"),
            postAbout("x", "o2"),
            post("Patient", "x"),
            postAbout("x", "o3"),
            postAbout("o3", "o4")));

    Report report = load();

    assertThat(report.anyRefused()).isFalse();
    assertThat(server.stored).hasSize(5);
    assertThat(server.stored.values()).noneMatch(text -> text.contains("urn:uuid"));
  }

  @Test
  void isolatesTheRefusedEntryOfATransaction() throws IOException {
    server.refuses = r -> r.path("language").asText().equals("bad");
    write(
        "someone.json",
        bundle(
            "transaction",
            post("Patient", "x"),
            postAbout("x", "o1"),
            bad(postAbout("x", "bad")),
            postAbout("bad", "o2"),
            postAbout("x", "o3")));

    assertThat(load().anyRefused()).isTrue();

    assertThat(server.stored).hasSize(3);
    assertThat(printed)
        .containsPattern("someone.json: entry 3 Observation/[-0-9a-f]+: HTTP 422: not valid")
        .containsPattern("entry 4 Observation/[-0-9a-f]+: it refers to an entry that was refused");
    // A second run neither stores the others twice nor keeps silent.
    assertThat(load().anyRefused()).isTrue();
    assertThat(server.stored).hasSize(3);
  }

  @Test
  void readsTheAnswerToEachEntryOfABatch() throws IOException {
    server.refuses = r -> r.path("language").asText().equals("bad");
    write("hospital.json", bundle("batch", post("Patient", "x"), bad(post("Patient", "bad"))));

    load();

    assertThat(server.stored).hasSize(1);
    assertThat(printed)
        .containsPattern(
            "hospital.json: entry 2 Patient/[-0-9a-f]+: HTTP 422 Unprocessable: not valid");
  }

  @Test
  void storesABundleOnceThoughItsAnswerIsLost() throws IOException {
    server.losesNextAnswer = true;
    write("someone.json", bundle("transaction", post("Patient", "x"), postAbout("x", "y")));

    load();

    assertThat(server.stored).hasSize(2);
    assertThat(server.sizes).containsExactly(2, 2);
  }

  /** An earlier run's last request may still be at work at the server. */
  @Test
  void waitsForAnotherWriterOfTheSame() throws IOException {
    server.nextStatuses.addAll(List.of(409, 409));
    write("someone.json", bundle("transaction", post("Patient", "x")));

    assertThat(load().anyRefused()).isFalse();
    assertThat(server.stored).hasSize(1);
  }

  @Test
  void storesWhatHasNoIdOnce() throws IOException {
    write("a.json", bundle("transaction", post("Patient", "x"), postAbout("x", "y")));
    write("b.json", bundle("batch", post("Patient", "x"), post("Patient", "y")));
    write("Patient.ndjson", "{\"resourceType\":\"Patient\"}", "{\"resourceType\":\"Patient\"}");
    load();
    Map<String, String> first = Map.copyOf(server.stored);
    Files.delete(elsewhere.resolve("a/state"));
    load();

    assertThat(first).hasSize(6);
    assertThat(server.stored).isEqualTo(first);
  }

  @Test
  void storesPartsOnce() throws IOException {
    server.mostEntries = 2;
    server.transactionsUntilDown = 2;
    String[] entries = {
      post("Patient", "x"), postAbout("x", "o1"), postAbout("x", "o2"), postAbout("x", "o3")
    };
    write("someone.json", bundle("transaction", entries));
    assertThatThrownBy(this::load).isInstanceOf(FhirHttp.Unavailable.class);
    assertThat(server.stored).hasSize(2);

    // Now it is taken as a whole, and a part of it is there.
    server.mostEntries = Integer.MAX_VALUE;
    server.transactionsUntilDown = Integer.MAX_VALUE;
    load();

    assertThat(server.stored).hasSize(4);
  }

  @Test
  void repeatsWhatIsStoredUnderItsOwnId() throws IOException {
    server.losesNextAnswer = true;
    write("Patient.ndjson", patients(1, 3));

    load();

    assertThat(server.stored).hasSize(3);
  }

  @Test
  void printsNothingOfAResource() throws IOException {
    server.refuses = r -> true;
    write(
        "Patient.ndjson",
        "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"family\":\"Secret\"}]}",
        "{\"resourceType\":\"Patient\",\"id\":\"p2\",\"name\":[{\"family\":\"Secret\"}");

    load();

    assertThat(printed).contains("Patient.ndjson:2").doesNotContain("Secret");
  }

  private Report load() throws IOException {
    return load(Nature.LIVE);
  }

  private Report load(Nature nature) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Report report = new Report(new PrintStream(out, true, StandardCharsets.UTF_8), 0);
    LoadState state = new LoadState(elsewhere.resolve("a/state"), server.base(), nature);
    FhirHttp http = new FhirHttp(server.base(), TokenSource.NONE, Duration.ofMillis(1));
    try {
      new Loader(http, nature, 10, 2, state).load(SourceFile.in(folder), report);
    } finally {
      report.summary();
      printed = out.toString(StandardCharsets.UTF_8);
    }
    return report;
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), Arrays.asList(lines));
  }

  private Path zip(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static String[] patients(int from, int to) {
    String[] lines = new String[to - from + 1];
    Arrays.setAll(lines, i -> patient(from + i));
    return lines;
  }

  private static String patient(int number) {
    return "{\"resourceType\":\"Patient\",\"id\":\"p" + number + "\"}";
  }

  private static String practitioner(String id, String npi) {
    return "{\"resourceType\":\"Practitioner\",\"id\":\""
        + id
        + "\",\"identifier\":[{\"system\":\"urn:npi\",\"value\":\""
        + npi
        + "\"}]}";
  }

  private static String observation(String id, String reference) {
    return "{\"resourceType\":\"Observation\",\"id\":\""
        + id
        + "\",\"subject\":{\"reference\":\""
        + reference
        + "\"}}";
  }

  private static String bundle(String type, String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\""
        + type
        + "\",\"entry\":["
        + String.join(",", entries)
        + "]}";
  }

  private static String post(String type, String id) {
    return entry(type, id, "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"}");
  }

  private static String postAbout(String whom, String id) {
    return entry("Observation", id, observation(id, "urn:uuid:" + whom));
  }

  /** Refused by a server that refuses this language. */
  private static String bad(String entry) {
    return entry.replaceFirst("\"id\"", "\"language\":\"bad\",\"id\"");
  }

  private static String entry(String type, String id, String resource) {
    return "{\"fullUrl\":\"urn:uuid:"
        + id
        + "\",\"resource\":"
        + resource
        + ",\"request\":{\"method\":\"POST\",\"url\":\""
        + type
        + "\"}}";
  }
}
