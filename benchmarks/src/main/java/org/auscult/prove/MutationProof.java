package org.auscult.prove;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.MutationReport.Fate;
import org.auscult.prove.MutationReport.Tally;

/**
 * Whether the tests would notice a mistake in a core: PIT makes small mistakes in its compiled
 * classes, one at a time, and runs the tests that reach them. What is mutated, and by which
 * operators, is said in the parent pom.
 *
 * <p>In short form it takes one class that matters, by the seed, and the tests of its package.
 */
final class MutationProof implements Proof {
  /** Percent of a core's mutants that its tests must kill. */
  static final int AIM = 80;

  private static final List<String> CORES =
      List.of("feature-resources", "model-resources", "monitoring", "cds-services");

  /** A class where a mistake would reach a patient's card, and its tests. */
  private record Slice(String module, String type, String tests) {}

  private static final List<Slice> SLICES =
      List.of(
          new Slice(
              "feature-resources",
              "org.auscult.feature.FeatureEvaluator",
              "org.auscult.feature.*Test"),
          new Slice("feature-resources", "org.auscult.unit.Units", "org.auscult.unit.*Test"),
          new Slice(
              "feature-resources",
              "org.auscult.timeline.fhir.FactProjector",
              "org.auscult.timeline.fhir.*Test"),
          new Slice(
              "model-resources",
              "org.auscult.explanation.ShapleyExplainer",
              "org.auscult.explanation.*Test"),
          new Slice(
              "model-resources",
              "org.auscult.prediction.PredictionService",
              "org.auscult.prediction.*Test"),
          new Slice(
              "cds-services", "org.auscult.cds.hook.CardWriter", "org.auscult.cds.hook.*Test"),
          new Slice(
              "cds-services", "org.auscult.cds.fhir.DraftOrders", "org.auscult.cds.fhir.*Test"),
          new Slice(
              "cds-services",
              "org.auscult.cds.hook.PatientGatherer",
              "org.auscult.cds.hook.*Test"));

  private static final Pattern STAGE =
      Pattern.compile("Building Auscult|Calculated coverage|Created \\d+ mutation|Completed in");

  /** How Maven says that a repository has not what it needs, or cannot be asked. */
  private static final Pattern UNREACHABLE =
      Pattern.compile("could not be resolved|Could not transfer artifact|Cannot access \\S+ ");

  @Override
  public String name() {
    return "mutation";
  }

  @Override
  public String about() {
    return "tests kill at least " + AIM + " % of the mutants of each core";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path home = Sources.home();
    if (conditions.length() == Length.WHOLE) {
      return prove(home, CORES, List.of(), conditions.out());
    }
    Slice slice = SLICES.get(new Random(conditions.seed()).nextInt(SLICES.size()));
    conditions.out().println("  " + slice.type() + " by " + slice.tests());
    List<String> narrowed =
        List.of("-DtargetClasses=" + slice.type() + "*", "-DtargetTests=" + slice.tests());
    return prove(home, List.of(slice.module()), narrowed, conditions.out());
  }

  private static Verdict prove(Path home, List<String> modules, List<String> more, PrintStream out)
      throws IOException, InterruptedException, NotRunException {
    for (String module : modules) {
      Files.deleteIfExists(report(home, module));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "mvn",
                "-B",
                "-ntp",
                "-Dstyle.color=never",
                "-Dspotless.check.skip",
                "-pl",
                String.join(",", modules),
                "-am",
                "test-compile",
                "org.pitest:pitest-maven:mutationCoverage"));
    command.addAll(more);
    Path log = home.resolve("benchmarks/target/mutation.log");
    Files.createDirectories(log.getParent());
    int status = await(command, home, log, out);
    if (status != 0) {
      List<String> errors =
          Files.readString(log, StandardCharsets.ISO_8859_1)
              .lines()
              .filter(line -> line.startsWith("[ERROR]"))
              .limit(10)
              .toList();
      if (errors.stream().anyMatch(UNREACHABLE.asPredicate())) {
        throw new NotRunException("Maven cannot fetch PIT or a library here, see " + log);
      }
      errors.forEach(out::println);
      return new Verdict(List.of("the mutation run ended with " + status + ", see " + log));
    }
    Map<String, MutationReport> reports = new LinkedHashMap<>();
    for (String module : modules) {
      try (InputStream xml = Files.newInputStream(report(home, module))) {
        reports.put(module, MutationReport.parse(xml));
      }
    }
    return judge(reports, out);
  }

  /** Prints each package and module, and holds each module against the aim. */
  static Verdict judge(Map<String, MutationReport> reports, PrintStream out) {
    out.printf(
        "  %-36s %8s %8s %10s %9s %12s %8s %7s%n",
        "package", "mutants", "killed", "timed out", "survived", "no coverage", "untried", "score");
    List<String> failures = new ArrayList<>();
    reports.forEach(
        (module, report) -> {
          report.byPackage().forEach((name, tally) -> print(name, tally, out));
          Tally total = report.total();
          print("= " + module, total, out);
          if (total.score() < AIM) {
            failures.add(
                String.format(
                    Locale.ROOT,
                    "%s: %.1f %% of %d mutants killed, the aim is %d %%",
                    module,
                    total.score(),
                    total.mutants(),
                    AIM));
          }
        });
    return new Verdict(failures);
  }

  private static void print(String name, Tally tally, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "  %-36s %8d %8d %10d %9d %12d %8d %5.1f %%%n",
        name,
        tally.mutants(),
        tally.of(Fate.KILLED),
        tally.of(Fate.TIMED_OUT),
        tally.of(Fate.SURVIVED),
        tally.of(Fate.NO_COVERAGE),
        tally.of(Fate.UNTRIED),
        tally.score());
  }

  /** Runs a command to its end and says now and then how far its log has come. */
  private static int await(List<String> command, Path home, Path log, PrintStream out)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int told = 0;
      while (!process.waitFor(5, TimeUnit.SECONDS)) {
        List<String> stages =
            Files.readString(log, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> STAGE.matcher(line).find())
                .toList();
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        for (String stage : stages.subList(told, stages.size())) {
          out.printf("  %4d s  %s%n", seconds, stage.replaceFirst("^.*INFO\\W+", ""));
        }
        told = stages.size();
      }
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static Path report(Path home, String module) {
    return home.resolve(module).resolve("target/pit-reports/mutations.xml");
  }
}
