package org.auscult.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.NotRunException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code auscult bench}: lists the benchmarks, or runs one. */
@Command(
    name = "bench",
    description = "Measure speed beside a peer and the floor; without a name: the list.",
    footer = {
      "",
      "Exit status: 0 measured, also where an aim is MISSED;",
      "1 a wrong answer, an error or a lost resource; 2 not run, and why."
    },
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  private static final List<Benchmark> BENCHMARKS =
      List.of(
          new HookBench(),
          new IngestBench(),
          new AuditBench(),
          new FeaturesBench(),
          new TrainingSetBench(),
          new MonitoringBench());

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which one.")
  private @Nullable String name;

  @Option(names = "--short", description = "Seconds instead of minutes; its figures are rough.")
  private boolean shortened;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of everything random; a fresh one by default, printed.")
  private long seed = new SecureRandom().nextInt(1_000_000_000);

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = "PostgreSQL instead of an embedded one; its user must create databases.")
  private @Nullable String db;

  @Option(names = "--out", paramLabel = "FILE", description = "Writes the figures as JSON, too.")
  private @Nullable Path out;

  @Option(
      names = "--burst",
      paramLabel = "SECONDS",
      description = "hook: of each side's burst; 60, in short form 5, 0 for none.")
  private @Nullable Integer burst;

  @Option(
      names = "--sustained",
      paramLabel = "SECONDS",
      description = "hook: of the sustained load; 600, in short form 10, 0 for none.")
  private @Nullable Integer sustained;

  @Option(
      names = "--rows",
      paramLabel = "N",
      split = ",",
      description =
          "hook, features: sizes of patients; 200,2000,20000, in short form without the last.")
  private List<Integer> rows = List.of();

  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (name == null) {
      BENCHMARKS.forEach(b -> System.out.printf("  %-12s %s%n", b.name(), b.about()));
      return 0;
    }
    for (Benchmark benchmark : BENCHMARKS) {
      if (benchmark.name().equals(name)) {
        return run(benchmark);
      }
    }
    System.err.println("There is no benchmark '" + name + "'; without a name: the list.");
    return 2;
  }

  private int run(Benchmark benchmark) throws Exception {
    Length length = shortened ? Length.SHORT : Length.WHOLE;
    double loadBefore = load();
    System.out.printf(
        "%s: %s (seed %d, %s form, load %.1f on %d processors)%n",
        benchmark.name(),
        benchmark.about(),
        seed,
        shortened ? "short" : "whole",
        loadBefore,
        Runtime.getRuntime().availableProcessors());
    Instant start = Instant.now();
    Report report = new Report();
    try {
      benchmark.run(
          new Setting(length, seed, db, burst, sustained, List.copyOf(rows), System.out), report);
    } catch (NotRunException e) {
      System.out.println(benchmark.name() + ": NOT RUN: " + e.getMessage());
      return 2;
    }
    report.print(System.out);
    long seconds = ChronoUnit.SECONDS.between(start, Instant.now());
    boolean wrong = !report.errors().isEmpty();
    System.out.printf(
        "%s: %s in %d s%n",
        benchmark.name(),
        wrong
            ? "FAILED: " + report.errors().size() + " errors"
            : report.missed() == 0 ? "every aim met" : report.missed() + " aims MISSED",
        seconds);
    if (out != null) {
      write(benchmark, report, start, loadBefore, out);
    }
    return wrong ? 1 : 0;
  }

  private void write(
      Benchmark benchmark, Report report, Instant start, double loadBefore, Path file)
      throws IOException {
    ObjectNode json = report.json();
    json.put("benchmark", benchmark.name());
    json.put("started", start.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("seed", seed).put("form", shortened ? "short" : "whole");
    json.put("loadBefore", loadBefore);
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("java", System.getProperty("java.vm.version"));
    JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
