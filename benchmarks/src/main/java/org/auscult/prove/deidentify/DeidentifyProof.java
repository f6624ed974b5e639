package org.auscult.prove.deidentify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.auscult.prove.CommandRun;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Folders;
import org.auscult.prove.LoadSlice;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.Verdict;

/**
 * Synthetic patients with markers planted in their texts are masked by the command, in each
 * profile: no marker and nothing that identified anyone is in the copy, references still meet,
 * counts are kept, shifted dates keep their distances, and what a model wrote is left out where
 * asked.
 */
public final class DeidentifyProof implements Proof {
  private static final int SLICE_PATIENTS = 6;
  private static final int LARGEST_IN_SLICE = 900;
  private static final long LARGEST_BUNDLE_IN_SHORT = 60_000;
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final int LONGEST_SHIFT_DAYS = 182;

  private static final Set<String> TYPES =
      Set.of(
          "Patient",
          "Observation",
          "Condition",
          "MedicationRequest",
          "MedicationAdministration",
          "Medication",
          "Procedure",
          "Encounter",
          "AllergyIntolerance",
          "Immunization",
          "Claim",
          "ExplanationOfBenefit",
          "DiagnosticReport");

  @Override
  public String name() {
    return "deidentify";
  }

  @Override
  public String about() {
    return "masked copies hold no marker and no identifier; references meet, intervals stay";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path synthea = conditions.data().resolve("data/synthea");
    if (!Files.exists(synthea.resolve("ndjson/manifest.json"))) {
      throw new NotRunException("there is no data/synthea/ndjson/manifest.json; give --data DIR");
    }
    Path work = Files.createTempDirectory("auscult-deidentify");
    try {
      return new Run(synthea, work, conditions).run();
    } finally {
      Folders.delete(work);
    }
  }

  /** One run in a folder of its own. */
  private static final class Run {
    private final Path synthea;
    private final Path work;
    private final Path in;
    private final Conditions conditions;
    private final List<String> failures = new ArrayList<>();
    private final PlantedFiles planted;

    Run(Path synthea, Path work, Conditions conditions) throws IOException {
      this.synthea = synthea;
      this.work = work;
      this.conditions = conditions;
      this.in = Files.createDirectory(work.resolve("in"));
      this.planted = new PlantedFiles(new Random(conditions.seed()));
    }

    Verdict run() throws Exception {
      plant();
      say(
          "%,d resources, %,d markers planted, %,d texts that identify",
          planted.counts.values().stream().mapToInt(Integer::intValue).sum(),
          planted.markers,
          planted.identifying.size());
      CopyCheck original = new CopyCheck(planted.identifying, planted.withoutCode).read(in);
      breach(original.markers == 0, "the check does not find the markers in the original");
      breach(original.leaks.isEmpty(), "the check does not find identifiers in the original");
      for (String profile : List.of("safe-harbor", "limited", "expert")) {
        Path out = work.resolve(profile);
        command(0, "deidentify", in, out, "--profile", profile, "--report", out + ".report");
        check(profile, new CopyCheck(planted.identifying, Set.of()).read(out), original);
      }
      withoutAi();
      mapAndLog();
      command(2, "deidentify", in, work.resolve("expert"), "--profile", "expert");
      return new Verdict(failures);
    }

    private void plant() throws IOException {
      Path bundles = Files.createDirectory(work.resolve("bundles"));
      try (Stream<Path> files = Files.list(synthea.resolve("bundles"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".json.gz")).toList()) {
          if (!file.getFileName().toString().startsWith("manifest")
              && (conditions.length() == Length.WHOLE
                  || Files.size(file) <= LARGEST_BUNDLE_IN_SHORT)) {
            Files.copy(file, bundles.resolve(file.getFileName()));
          }
        }
      }
      Path lines = synthea.resolve("ndjson");
      if (conditions.length() == Length.SHORT) {
        Path slice = Files.createDirectory(work.resolve("ndjson"));
        new LoadSlice(lines)
            .write(slice, SLICE_PATIENTS, LARGEST_IN_SLICE, new Random(conditions.seed()));
        lines = slice;
      }
      planted.copy(lines, in);
      planted.copy(bundles, in);
    }

    private void check(String profile, CopyCheck copy, CopyCheck original) throws IOException {
      breach(copy.markers > 0, profile + ": " + copy.markers + " markers are in the copy");
      breach(
          !copy.leaks.isEmpty(), profile + ": identifiers are in the copy: " + copy.leaks.size());
      String report = Files.readString(work.resolve(profile + ".report"));
      breach(PlantedFiles.MARKER.matcher(report).find(), profile + ": a marker is in the report");
      long expectedLoose = original.toObservations(planted.withoutCode);
      breach(
          copy.dangling() > expectedLoose,
          profile + ": " + copy.dangling() + " references name nothing");
      int kept = 0;
      for (Map.Entry<String, Integer> type : planted.counts.entrySet()) {
        int expected = TYPES.contains(type.getKey()) ? type.getValue() : 0;
        int found = copy.counts.getOrDefault(type.getKey(), 0);
        kept += found;
        if (type.getKey().equals("Observation")) {
          expected -= planted.uncoded;
        }
        boolean provenance = type.getKey().equals("Provenance");
        breach(
            !provenance && expected != found,
            "%s: %d of %d %s are in the copy".formatted(profile, found, expected, type.getKey()));
      }
      if (profile.equals("safe-harbor")) {
        breach(copy.finerThanYear > 0, copy.finerThanYear + " dates are finer than a year");
      }
      if (!profile.equals("safe-harbor")) {
        breach(!copy.intervals().equals(original.intervals()), profile + ": intervals changed");
      }
      if (profile.equals("expert")) {
        shifted(copy, original);
      }
      say(
          "%s: %,d resources, %,d references, %d to resources left out; %d markers, %d identifiers"
              + " found in %,d texts",
          profile,
          kept,
          copy.referenceCount(),
          copy.dangling(),
          copy.markers,
          copy.leaks.size(),
          copy.texts);
    }

    private void shifted(CopyCheck copy, CopyCheck original) {
      Map<String, Long> before = original.firstTimes();
      copy.firstTimes()
          .forEach(
              (distances, first) -> {
                long moved = first - before.getOrDefault(distances, first);
                long days = Math.abs(moved / DAY_MILLIS);
                breach(
                    before.containsKey(distances)
                        && (moved % DAY_MILLIS != 0 || days < 1 || days > LONGEST_SHIFT_DAYS),
                    "expert: a person's dates moved by " + moved + " ms");
              });
    }

    /** Transparency: 13. */
    private void withoutAi() throws Exception {
      Path out = work.resolve("without-ai");
      command(
          0, "deidentify", in, out, "--profile", "limited", "--without-ai", "--report", out + ".r");
      CopyCheck copy = new CopyCheck(planted.identifying, Set.of()).read(out);
      int left =
          planted.counts.getOrDefault("Observation", 0)
              - copy.counts.getOrDefault("Observation", 0)
              - planted.uncoded;
      breach(copy.labelled > 0, "what a model wrote is in a copy without it");
      breach(
          left != planted.labelled,
          "%d Observations are left out for %d labels".formatted(left, planted.labelled));
      say("without what a model wrote: %d Observations fewer, %d labelled", left, planted.labelled);
    }

    private void mapAndLog() throws Exception {
      Path map = work.resolve("map");
      Path key = work.resolve("key");
      CopyCheck[] copies = new CopyCheck[2];
      for (int i = 0; i < 2; i++) {
        Path out = work.resolve("mapped" + i);
        command(
            0,
            "deidentify",
            in,
            out,
            "--profile",
            "expert",
            "--map",
            map,
            "--key",
            key,
            "--report",
            out + ".r");
        copies[i] = new CopyCheck(Set.of(), Set.of()).read(out);
      }
      breach(!copies[0].names.equals(copies[1].names), "one map gave two pseudonyms");
      breach(!copies[0].times.keySet().equals(copies[1].times.keySet()), "one map, two persons");
      String patient =
          copies[0].names.stream().filter(n -> n.startsWith("Patient/")).findFirst().orElseThrow();
      List<String> answer =
          command(
              0,
              "reidentify",
              patient,
              "--map",
              map,
              "--key",
              key,
              "--reason",
              "proof",
              "--by",
              "P");
      breach(
          answer.stream()
              .noneMatch(
                  line ->
                      line.startsWith("Patient/")
                          && planted.identifying.contains(line.substring("Patient/".length()))),
          "the map does not lead back");
      Path log = Path.of(map + ".log");
      breach(Files.readAllLines(log).size() != 1, "the question is not in the log");
      Files.writeString(log, Files.readString(log).replace("proof", "other"));
      command(
          2, "reidentify", patient, "--map", map, "--key", key, "--reason", "proof", "--by", "P");
    }

    private List<String> command(int expected, Object... words) throws Exception {
      List<String> arguments = Stream.of(words).map(Object::toString).toList();
      long start = System.nanoTime();
      try (CommandRun command = CommandRun.start(arguments, line -> {})) {
        int status = command.end();
        breach(
            status != expected,
            arguments.get(0) + " ended with " + status + ": " + command.lastLines(2));
        command.lines().stream()
            .filter(line -> line.contains(" resources read in "))
            .forEach(line -> say("%s", line + ", process " + seconds(start) + " s"));
        return command.lines();
      }
    }

    private static long seconds(long start) {
      return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }

    private void breach(boolean breached, String what) {
      if (breached) {
        failures.add(what);
      }
    }

    private void say(String format, Object... values) {
      conditions.out().println("  " + format.formatted(values));
    }
  }
}
