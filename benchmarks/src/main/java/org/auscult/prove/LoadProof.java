package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * What is loaded is there, once: bundles and NDJSON of synthetic patients, each load killed at a
 * random moment and begun again, counted by type; then every timeline is rebuilt and compared.
 *
 * <p>Counts are the manifest's (the whole set) or those of the lines of a random slice.
 */
final class LoadProof implements Proof {
  private static final Pattern REBUILT =
      Pattern.compile("^([\\d,]+) patients, ([\\d,]+) rows, ([\\d,]+) differing rows in .*");
  private static final Pattern SUMMARY = Pattern.compile("^[\\d,]+ resources in .*");
  private static final int SLICE_PATIENTS = 4;
  private static final int LARGEST_IN_SLICE = 700;
  private static final int LARGEST_BUNDLE_IN_SHORT = 400;

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String about() {
    return "patients load on both databases, killed on the way: none lost, none doubled";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path synthea = conditions.data().resolve("data/synthea");
    if (!Files.exists(synthea.resolve("ndjson/manifest.json"))) {
      throw new NotRunException("there is no data/synthea/ndjson/manifest.json; give --data DIR");
    }
    List<String> failures = new ArrayList<>();
    Path work = Files.createTempDirectory("auscult-load");
    try {
      Input bundles = bundles(synthea.resolve("bundles"), work, conditions);
      Input lines = lines(synthea.resolve("ndjson"), work, conditions);
      // In short form each database takes one of the formats, unless there is but one database.
      boolean isShared = conditions.length() == Length.SHORT && conditions.db() == null;
      if (conditions.db() == null) {
        new Run("H2", null, work, conditions, failures).run(bundles, isShared ? null : lines);
      }
      try (ProofDatabase postgres = ProofDatabase.open(conditions.db())) {
        String url = postgres.create("auscult_load");
        new Run("PostgreSQL", url, work, conditions, failures)
            .run(isShared ? null : bundles, lines);
      }
    } finally {
      Folders.delete(work);
    }
    return new Verdict(failures);
  }

  /**
   * A folder to load.
   *
   * @param counts resources by type
   */
  private record Input(Path folder, Map<String, Integer> counts) {
    int total() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private static Input bundles(Path given, Path work, Conditions conditions) throws IOException {
    Path folder = Files.createDirectory(work.resolve("bundles"));
    Map<String, Integer> counts = new TreeMap<>();
    try (Stream<Path> files = Files.list(given)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json.gz")).toList()) {
        JsonNode entries;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          entries = FhirCalls.JSON.readTree(in).path("entry");
        }
        if (conditions.length() == Length.WHOLE || entries.size() <= LARGEST_BUNDLE_IN_SHORT) {
          Files.copy(file, folder.resolve(file.getFileName()));
          entries.forEach(
              e -> counts.merge(e.at("/resource/resourceType").asText(), 1, Integer::sum));
        }
      }
    }
    return new Input(folder, counts);
  }

  private static Input lines(Path given, Path work, Conditions conditions) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    if (conditions.length() == Length.WHOLE) {
      for (JsonNode file : FhirCalls.JSON.readTree(given.resolve("manifest.json").toFile())) {
        counts.merge(file.path("resourceType").asText(), file.path("count").asInt(), Integer::sum);
      }
      return new Input(given, counts);
    }
    Path folder = Files.createDirectory(work.resolve("ndjson"));
    new LoadSlice(given)
        .write(folder, SLICE_PATIENTS, LARGEST_IN_SLICE, new Random(conditions.seed()));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String type = file.getFileName().toString().replaceFirst("\\..*", "");
        try (var in = new GZIPInputStream(Files.newInputStream(file));
            var reader = new BufferedReader(new InputStreamReader(in, "UTF-8"))) {
          counts.put(type, (int) reader.lines().count());
        }
      }
    }
    return new Input(folder, counts);
  }

  /** The loads into one database. */
  private static final class Run {
    private final String database;
    private final @Nullable String db;
    private final Path work;
    private final Conditions conditions;
    private final List<String> failures;
    private final Random random;

    Run(
        String database,
        @Nullable String db,
        Path work,
        Conditions conditions,
        List<String> failures) {
      this.database = database;
      this.db = db;
      this.work = work;
      this.conditions = conditions;
      this.failures = failures;
      this.random = new Random(conditions.seed());
    }

    void run(@Nullable Input bundles, @Nullable Input lines) throws Exception {
      try (ServerProcess server = ServerProcess.start(db)) {
        FhirCalls fhir = server.calls();
        if (bundles != null) {
          loadAndCount("bundles", bundles, List.of(), server, fhir);
        }
        if (lines != null) {
          loadAndCount("NDJSON", lines, List.of("--history"), server, fhir);
        }
        rebuild(server, fhir);
      }
    }

    private void loadAndCount(
        String what, Input input, List<String> options, ServerProcess server, FhirCalls fhir)
        throws Exception {
      Map<String, Integer> before = count(input.counts(), fhir);
      load(what, input, options, server);
      Map<String, Integer> after = count(input.counts(), fhir);
      int stored = 0;
      for (var expected : input.counts().entrySet()) {
        String type = expected.getKey();
        int found = after.getOrDefault(type, 0) - before.getOrDefault(type, 0);
        stored += found;
        if (found != expected.getValue()) {
          failures.add(
              "%s, %s: %d of %d %s stored"
                  .formatted(database, what, found, expected.getValue(), type));
        }
      }
      say(
          "%s: %,d of %,d resources of %d types stored"
              .formatted(what, stored, input.total(), input.counts().size()));
    }

    /** The first run is killed when it may be anywhere; the second goes on. */
    private void load(String what, Input input, List<String> options, ServerProcess server)
        throws Exception {
      List<String> command = new ArrayList<>(List.of("load", input.folder().toString()));
      command.addAll(options);
      command.addAll(List.of("--server", server.root() + "/fhir"));
      command.addAll(List.of("--data", server.identities().folder().toString()));
      command.addAll(List.of("--state", work.resolve(database + what + ".state").toString()));
      FhirCalls fhir = server.calls();
      int enough =
          observations(fhir) + random.nextInt(input.counts().getOrDefault("Observation", 1));
      try (CommandRun first = CommandRun.start(command, this::progress)) {
        boolean ended = false;
        while (!ended && observations(fhir) <= enough) {
          ended = first.endedWithin(conditions.pick(50, 500));
        }
        first.kill();
      }
      say("%s: killed with %,d Observations in the store".formatted(what, observations(fhir)));
      long start = System.nanoTime();
      try (CommandRun second = CommandRun.start(command, this::progress)) {
        int status = second.end();
        if (status != 0) {
          failures.add(database + ", " + what + ": load ended with " + status);
          second.lastLines(3).forEach(l -> say("  " + l));
        }
        second.lines().stream()
            .filter(l -> l.startsWith("refused") || l.startsWith("load:"))
            .limit(5)
            .forEach(l -> say("  " + l));
        second.lines().stream()
            .filter(l -> SUMMARY.matcher(l).matches())
            .forEach(l -> say(what + ": " + l));
      }
      say(
          "%s: second run took %d s"
              .formatted(what, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)));
    }

    private void progress(String line) {
      if (conditions.length() == Length.WHOLE && line.contains("remaining")) {
        conditions.out().print("  " + database + ": " + line + "\r");
        conditions.out().flush();
      }
    }

    private static int observations(FhirCalls fhir) throws IOException, InterruptedException {
      return fhir.get("/fhir/Observation?_summary=count").body().path("total").asInt(-1);
    }

    private Map<String, Integer> count(Map<String, Integer> types, FhirCalls fhir)
        throws IOException, InterruptedException {
      Map<String, Integer> found = new TreeMap<>();
      for (String type : types.keySet()) {
        FhirCalls.Answer answer = fhir.get("/fhir/" + type + "?_summary=count");
        found.put(type, answer.body().path("total").asInt(-1));
      }
      return found;
    }

    private void rebuild(ServerProcess server, FhirCalls fhir) throws Exception {
      int patients = count(Map.of("Patient", 0), fhir).getOrDefault("Patient", -1);
      List<String> command =
          List.of(
              "rebuild",
              "--server",
              server.root() + "/fhir",
              "--data",
              server.identities().folder().toString());
      try (CommandRun rebuild = CommandRun.start(command, this::progress)) {
        int status = rebuild.end();
        Matcher rebuilt = REBUILT.matcher("");
        String last =
            rebuild.lines().stream().filter(l -> rebuilt.reset(l).matches()).findFirst().orElse("");
        say("rebuild: " + last);
        if (status != 0 || !rebuilt.reset(last).matches()) {
          failures.add(
              database + ": a rebuilt timeline differs (rebuild ended with " + status + ")");
        } else if (number(rebuilt.group(1)) != patients || number(rebuilt.group(2)) < patients) {
          failures.add(database + ": " + patients + " patients stand, but rebuilt were " + last);
        }
        rebuild.lines().stream()
            .filter(l -> l.startsWith("differs"))
            .limit(5)
            .forEach(l -> say("  " + l));
      }
    }

    private static int number(String text) {
      return Integer.parseInt(text.replace(",", ""));
    }

    private void say(String text) {
      conditions.out().println("  " + database + ", " + text);
    }
  }
}
