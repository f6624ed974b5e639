package org.auscult.prove.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.auscult.prove.CommandRun;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Folders;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Golden cases over HTTP have their vectors, online and as rows of a data set; the same request and
 * seed give the same bytes, by our command too; another seed moves patients and changes no row;
 * what is cancelled is gone; and in the whole form, a killed server's data set has the bytes of one
 * that nothing befell.
 *
 * <p>Files of golden cases that lie in {@code --data} itself are taken in the place of ours.
 */
public final class TrainingProof implements Proof {
  /** Of its servers. */
  static final Map<String, String> SETTINGS = Map.of("auscult.time-zone", "UTC");

  private static final int FILES = 3;
  private static final int CASES = 12;
  private static final long SEED = 7;

  @Override
  public String name() {
    return "training";
  }

  @Override
  public String about() {
    return "rows of training sets are what is served, golden cases among them; the same bytes again";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    if (conditions.length() == Length.SHORT && conditions.db() == null) {
      return run(conditions, null);
    }
    try (ProofDatabase database = postgres(conditions)) {
      return run(conditions, database.create("auscult_training"));
    }
  }

  private static ProofDatabase postgres(Conditions conditions) throws NotRunException {
    try {
      return ProofDatabase.open(conditions.db());
    } catch (IOException | IllegalStateException e) {
      throw new NotRunException("PostgreSQL does not start here: " + e.getMessage());
    }
  }

  private static Verdict run(Conditions conditions, @Nullable String db) throws Exception {
    List<String> failures = new ArrayList<>();
    List<GoldenFile> files = files(conditions);
    try (ServerProcess server = start(db)) {
      GoldenOnline golden = new GoldenOnline(server.calls(), files, conditions, failures);
      golden.load();
      golden.compare();
      sameBytes(server, golden, files.get(0), conditions, failures);
      cancelled(server.calls(), golden.longRequest(files.get(0), "PT6H"), conditions, failures);
      if (db != null) {
        new KilledServer(db, conditions, failures)
            .run(server, golden.longRequest(files.get(0), "P30D"));
      }
    }
    return new Verdict(failures);
  }

  private static ServerProcess start(@Nullable String db) throws IOException, InterruptedException {
    return ServerProcess.drafts(db, SETTINGS);
  }

  private static List<GoldenFile> files(Conditions conditions) throws Exception {
    List<Path> paths = new ArrayList<>(golden(conditions.data()));
    boolean isOurs = paths.isEmpty();
    if (isOurs) {
      paths.addAll(golden(Sources.folder().resolve("golden")));
    }
    Random random = new Random(conditions.seed());
    Collections.shuffle(paths, random);
    List<GoldenFile> files = new ArrayList<>();
    for (Path path : paths.subList(0, Math.min(paths.size(), conditions.pick(FILES, 1_000)))) {
      int most = conditions.pick(CASES, Integer.MAX_VALUE);
      GoldenFile file = GoldenFile.read(path, files.size(), most, random);
      if (!file.cases().isEmpty()) {
        files.add(file);
      }
    }
    if (files.isEmpty()) {
      throw new NotRunException("no golden case can be asked of a server");
    }
    return files;
  }

  private static List<Path> golden(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> golden = new ArrayList<>();
    try (Stream<Path> found = Files.list(folder)) {
      for (Path path : found.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        if (FhirCalls.JSON.readTree(path.toFile()).path("cases").isArray()) {
          golden.add(path);
        }
      }
    }
    return golden;
  }

  private static void sameBytes(
      ServerProcess server,
      GoldenOnline golden,
      GoldenFile file,
      Conditions conditions,
      List<String> failures)
      throws Exception {
    TrainingCalls training = new TrainingCalls(server.calls());
    String[] formats = {"csv", "meds", "ndjson", "parquet"};
    ObjectNode request = golden.request(file, SEED, formats);
    JsonNode first = training.await(training.start(request));
    String content = content(first);
    String fetched = byCommand(server, request);
    JsonNode other = training.await(training.start(golden.request(file, SEED + 1, formats)));
    Map<String, JsonNode> before = byPatient(training.rows(first));
    Map<String, JsonNode> after = byPatient(training.rows(other));
    long moved =
        before.entrySet().stream()
            .filter(e -> !split(e.getValue()).equals(split(after.get(e.getKey()))))
            .count();
    conditions
        .out()
        .printf(
            "  made again by the command: %s; with another seed %d of %d patients are in another"
                + " part%n",
            fetched.equals(content) ? "the same bytes" : "OTHER BYTES", moved, before.size());
    if (content.isEmpty() || !fetched.equals(content)) {
      failures.add("the same request gave " + content + ", then " + fetched);
    }
    if (before.size() >= CASES / 2 && (moved == 0 || content(other).equals(content))) {
      failures.add("another seed moved nobody");
    }
    before.values().forEach(row -> ((ObjectNode) row).remove("split"));
    after.values().forEach(row -> ((ObjectNode) row).remove("split"));
    if (before.isEmpty() || !before.equals(after)) {
      failures.add("another seed changed more than the parts");
    }
  }

  private static String split(@Nullable JsonNode row) {
    return row == null ? "" : row.path("split").asText();
  }

  static String content(JsonNode status) {
    return status.at("/extension/manifest/contentSha256").asText();
  }

  private static Map<String, JsonNode> byPatient(List<JsonNode> rows) {
    Map<String, JsonNode> byPatient = new HashMap<>();
    rows.forEach(row -> byPatient.put(row.path("patient").asText(), row));
    return byPatient;
  }

  /** Our command makes and fetches it, and checks each file; the hash over all of them. */
  private static String byCommand(ServerProcess server, ObjectNode request) throws Exception {
    Path work = Files.createTempDirectory("auscult-training");
    try {
      Path asked = work.resolve("request.json");
      FhirCalls.JSON.writeValue(asked.toFile(), request);
      List<String> command =
          List.of(
              "training-set",
              "--request",
              asked.toString(),
              "--out",
              work.resolve("set").toString(),
              "--server",
              server.root() + "/fhir",
              "--data",
              server.identities().folder().toString());
      try (CommandRun run = CommandRun.start(command, line -> {})) {
        if (run.end() != 0) {
          throw new IOException("training-set failed: " + run.lastLines(3));
        }
      }
      return FhirCalls.JSON
          .readTree(work.resolve("set/manifest.json").toFile())
          .path("contentSha256")
          .asText();
    } finally {
      Folders.delete(work);
    }
  }

  private static void cancelled(
      FhirCalls fhir, ObjectNode request, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    TrainingCalls training = new TrainingCalls(fhir);
    String status = training.start(request);
    HttpResponse<byte[]> underWay = training.ask(status);
    int cancelled = training.cancel(status).statusCode();
    int after = training.ask(status).statusCode();
    conditions
        .out()
        .printf(
            "  under way: HTTP %d; cancelled: HTTP %d; afterwards: HTTP %d (aim 202, 202, 404)%n",
            underWay.statusCode(), cancelled, after);
    if (underWay.statusCode() != 202 || cancelled != 202 || after != 404) {
      failures.add("what is cancelled is not gone");
    }
  }
}
