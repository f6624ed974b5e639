package org.auscult.prove.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.auscult.prove.CommandRun;
import org.auscult.prove.Conditions;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Folders;
import org.auscult.prove.LoadSlice;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;

/**
 * Synthetic patients stand in the record twice: as they are, and as a second vendor writes them,
 * with no standard code left where a code is free, in other units, some of them texts of its own,
 * and under other profiles. One mapping resource later, forty features have the same values, from
 * the same evidence, at the same times, known since the same times. Before it they differ.
 */
public final class SecondVendorProof implements Proof {
  private static final String SET = "https://example.org/reference/Library/set|1.0.0";
  private static final int LEAST_FEATURES = 30;
  private static final Set<String> TYPES =
      Set.of(
          "Patient",
          "Encounter",
          "Observation",
          "Condition",
          "MedicationRequest",
          "Medication",
          "Procedure",
          "Immunization",
          "Organization",
          "Location",
          "Practitioner");

  @Override
  public String name() {
    return "second-vendor";
  }

  @Override
  public String about() {
    return "patients in a second vendor's codes, units and profiles give equal vectors by a mapping";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path ndjson = conditions.data().resolve("data/synthea/ndjson");
    if (!Files.exists(ndjson.resolve("manifest.json"))) {
      throw new NotRunException("there is no data/synthea/ndjson/manifest.json; give --data DIR");
    }
    JsonNode definitions =
        FhirCalls.JSON
            .readTree(Sources.folder().resolve("benchmarks/reference/definitions.json").toFile())
            .path("entry");
    Path work = Files.createTempDirectory("auscult-vendor");
    try {
      return new Run(conditions, work).run(ndjson, definitions);
    } finally {
      Folders.delete(work);
    }
  }

  private static final class Run {
    private final Conditions conditions;
    private final Path work;
    private final Random random;
    private final List<String> failures = new ArrayList<>();

    Run(Conditions conditions, Path work) {
      this.conditions = conditions;
      this.work = work;
      this.random = new Random(conditions.seed());
    }

    /** A question, and what was answered for the patient as it is. */
    private record Asked(String patient, Instant at, Vector vector) {}

    Verdict run(Path ndjson, JsonNode definitions) throws Exception {
      Path first = slice(ndjson);
      Path second = Files.createDirectory(work.resolve("second"));
      LocalCodes codes = new LocalCodes(random);
      Rewriting rewriting = new Rewriting(codes);
      rewriting.rewrite(first, second);
      say(
          "%,d resources rewritten: %,d codes and %d units of the second vendor"
              .formatted(rewriting.resources(), codes.size(), codes.units()));
      try (ServerProcess server = ServerProcess.drafts(conditions.db(), Map.of())) {
        load(first, server);
        load(second, server);
        FhirCalls fhir = server.calls();
        for (JsonNode entry : definitions) {
          fhir.create(entry.path("resource"));
        }
        List<Asked> asked = ask(fhir);
        compare(asked, fhir, codes);
      }
      return new Verdict(failures);
    }

    private Path slice(Path ndjson) throws IOException {
      Path wanted = Files.createDirectory(work.resolve("wanted"));
      try (Stream<Path> files = Files.list(ndjson)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          if (TYPES.contains(name.replaceFirst("\\..*", ""))) {
            Files.copy(file, wanted.resolve(name));
          }
        }
      }
      Path slice = Files.createDirectory(work.resolve("first"));
      new LoadSlice(wanted)
          .write(slice, conditions.pick(3, 40), conditions.pick(500, 3000), random);
      return slice;
    }

    private void load(Path folder, ServerProcess server) throws IOException, InterruptedException {
      List<String> command =
          List.of(
              "load",
              folder.toString(),
              "--history",
              "--no-resume",
              "--server",
              server.root() + "/fhir",
              "--data",
              server.identities().folder().toString());
      try (CommandRun load = CommandRun.start(command, line -> {})) {
        int status = load.end();
        if (status != 0) {
          failures.add("load ended with " + status + ": " + load.lastLines(3));
        }
        load.lastLines(1).forEach(line -> say("loaded: " + line));
      }
    }

    private List<Asked> ask(FhirCalls fhir) throws IOException, InterruptedException {
      List<Asked> asked = new ArrayList<>();
      for (JsonNode entry :
          fhir.get("/fhir/Patient?_elements=id&_count=500").body().path("entry")) {
        String patient = entry.at("/resource/id").asText();
        if (!patient.startsWith(Rewriting.PREFIX)) {
          for (Instant at : times(patient, fhir)) {
            asked.add(new Asked(patient, at, vector(patient, at, fhir)));
          }
        }
      }
      return asked;
    }

    /** Some times of the patient's record, and a little beside them. */
    private List<Instant> times(String patient, FhirCalls fhir)
        throws IOException, InterruptedException {
      List<Instant> recorded = new ArrayList<>();
      JsonNode page =
          fhir.get(
                  "/fhir/Observation?patient="
                      + patient
                      + "&_elements=effective&_count="
                      + conditions.pick(200, 1000))
              .body();
      page.path("entry")
          .forEach(
              e -> {
                String when = e.at("/resource/effectiveDateTime").asText();
                if (!when.isEmpty()) {
                  recorded.add(OffsetDateTime.parse(when).toInstant());
                }
              });
      List<Instant> times = new ArrayList<>();
      for (int i = 0; i < conditions.pick(10, 25) && !recorded.isEmpty(); i++) {
        Instant one = recorded.get(random.nextInt(recorded.size()));
        times.add(one.plus(random.nextInt(200) * 36L, ChronoUnit.HOURS));
      }
      return times;
    }

    private static Vector vector(String patient, Instant at, FhirCalls fhir)
        throws IOException, InterruptedException {
      FhirCalls.Answer answer =
          fhir.get(
              "/fhir/Patient/"
                  + patient
                  + "/$features?featureSet="
                  + URLEncoder.encode(SET, StandardCharsets.UTF_8)
                  + "&at="
                  + at);
      if (answer.status() != 200) {
        throw new IOException("$features answered " + answer.status() + ": " + answer.body());
      }
      return Vector.of(answer.body());
    }

    private void compare(List<Asked> asked, FhirCalls fhir, LocalCodes codes)
        throws IOException, InterruptedException {
      Set<String> features = new HashSet<>();
      asked.forEach(one -> features.addAll(one.vector().features().keySet()));
      if (asked.isEmpty() || features.size() < LEAST_FEATURES) {
        failures.add(asked.size() + " vectors of " + features.size() + " features are too few");
      }
      Map<String, Integer> before = differing(asked, fhir, false);
      fhir.create(codes.conceptMap());
      Map<String, Integer> after = differing(asked, fhir, true);
      int cells = asked.size() * features.size();
      say(
          "without the mapping %,d of %,d values of %d features differ"
              .formatted(sum(before), cells, before.size()));
      say(
          "with it %,d of %,d values at %d index times differ (aim: 0)"
              .formatted(sum(after), cells, asked.size()));
      int least = conditions.pick(8, LEAST_FEATURES);
      if (before.size() < least) {
        failures.add(
            "without the mapping only %d features differ, fewer than %d: %s"
                .formatted(before.size(), least, new TreeSet<>(before.keySet())));
      }
    }

    private static int sum(Map<String, Integer> counts) {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** By feature, at how many times the second vendor's patient has another value. */
    private Map<String, Integer> differing(List<Asked> asked, FhirCalls fhir, boolean isFailure)
        throws IOException, InterruptedException {
      Map<String, Integer> counts = new HashMap<>();
      for (Asked one : asked) {
        Vector other = vector(Rewriting.PREFIX + one.patient(), one.at(), fhir);
        one.vector()
            .differences(other)
            .forEach(
                (feature, what) -> {
                  counts.merge(feature, 1, Integer::sum);
                  if (isFailure && failures.size() < 20) {
                    failures.add(
                        "Patient/%s at %s, %s: %s"
                            .formatted(one.patient(), one.at(), feature, what));
                  }
                });
      }
      return counts;
    }

    private void say(String text) {
      conditions.out().println("  " + text);
    }
  }
}
