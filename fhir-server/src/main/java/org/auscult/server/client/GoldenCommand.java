package org.auscult.server.client;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.auscult.golden.fhir.CaseResult;
import org.auscult.golden.fhir.GoldenCase;
import org.auscult.golden.fhir.GoldenFile;
import org.auscult.golden.fhir.GoldenProblem;
import org.auscult.golden.fhir.GoldenReader;
import org.auscult.golden.fhir.GoldenRunner;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs golden cases of anybody's, without a server. */
@Command(
    name = "golden",
    description = {
      "Run golden cases: resources, definitions and a time, and the vector that must come of them.",
      "The format is described in docs/golden.md. No server is needed.",
      "Exit code: 0 all are equal, 1 some differ, 2 a file is wrong or cannot be read."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class GoldenCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "PATH", description = "A file, or a folder of files *.json.")
  private Path path = Path.of("");

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "Z",
      description = "Time zone of cases that name none (default: ${DEFAULT-VALUE}).")
  private String zone = "Z";

  @Option(
      names = "--mutants",
      description = "Also run each case with its mutant, under which it must differ.")
  private boolean mutants;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** A case as it is, and with its mutant; null without one. */
  private record Run(CaseResult result, @Nullable CaseResult mutated) {
    boolean isEqual() {
      return result.isEqual() && (mutated == null || !mutated.isEqual());
    }
  }

  @Override
  public Integer call() {
    // A library would else greet on the stream that the results go to.
    ((Logger) LoggerFactory.getLogger("ca.uhn.fhir")).setLevel(Level.WARN);
    CodeUnits units = CodeUnits.standard();
    List<GoldenFile> files;
    try {
      files = new GoldenReader(units, ZoneId.of(zone)).read(path);
    } catch (IOException | DateTimeException e) {
      System.err.println("golden: " + e);
      return 2;
    }
    GoldenRunner runner = new GoldenRunner(units);
    List<Run> runs = new ArrayList<>();
    for (GoldenFile file : files) {
      for (GoldenCase golden : file.cases()) {
        GoldenCase.Mutant mutant = mutants ? golden.mutant() : null;
        runs.add(new Run(runner.run(golden), mutant == null ? null : runner.run(mutant.changed())));
      }
    }
    if (json) {
      System.out.println(object(files, runs));
    } else {
      tell(files, runs);
    }
    if (files.stream().anyMatch(file -> !file.problems().isEmpty())) {
      return 2;
    }
    return runs.stream().allMatch(Run::isEqual) ? 0 : 1;
  }

  private static void tell(List<GoldenFile> files, List<Run> runs) {
    for (GoldenFile file : files) {
      file.problems().forEach(problem -> print("WRONG   " + problem));
    }
    for (Run run : runs) {
      CaseResult result = run.result();
      if (result.failure() != null) {
        print("DIFFERS " + result.golden() + ": " + result.failure());
      }
      for (CaseResult.Compared one : result.features()) {
        if (!one.isEqual()) {
          print("DIFFERS " + result.golden() + ": " + one.feature());
          print("        differs in " + String.join(", ", one.differences()));
          print("        expected " + GoldenText.of(one.expected()));
          print("        actual   " + GoldenText.of(one.actual(), one.refuses()));
        }
      }
      if (run.mutated() != null && run.mutated().isEqual()) {
        print("VACUOUS " + result.golden() + ": it also holds with its mutant, " + mutant(run));
      }
    }
    long equal = runs.stream().filter(run -> run.result().isEqual()).count();
    long mutated = runs.stream().filter(run -> run.mutated() != null).count();
    long failing = runs.stream().filter(r -> r.mutated() != null && !r.mutated().isEqual()).count();
    System.out.printf(
        "%,d files, %,d cases: %,d equal, %,d differ, %,d not run; %,d mistakes%s%n",
        files.size(),
        files.stream().mapToInt(GoldenFile::told).sum(),
        equal,
        runs.size() - equal,
        files.stream().mapToInt(GoldenFile::told).sum() - runs.size(),
        files.stream().mapToInt(file -> file.problems().size()).sum(),
        mutated == 0 ? "" : "; %,d of %,d mutants make theirs fail".formatted(failing, mutated));
  }

  private static String mutant(Run run) {
    GoldenCase.Mutant mutant = run.result().golden().mutant();
    return mutant == null ? "" : mutant.name();
  }

  /** What others wrote may hold what a terminal would obey. */
  private static void print(String line) {
    System.out.println(line.replaceAll("\\p{Cntrl}", "?"));
  }

  private static ObjectNode object(List<GoldenFile> files, List<Run> runs) {
    ObjectNode object = JSON.createObjectNode();
    object.put("files", files.size());
    object.put("cases", files.stream().mapToInt(GoldenFile::told).sum());
    object.put("equal", runs.stream().filter(run -> run.result().isEqual()).count());
    object.put("differ", runs.stream().filter(run -> !run.result().isEqual()).count());
    object.put("mutants", runs.stream().filter(run -> run.mutated() != null).count());
    var problems = object.putArray("problems");
    for (GoldenFile file : files) {
      for (GoldenProblem problem : file.problems()) {
        problems
            .addObject()
            .put("file", problem.file())
            .put("case", problem.caseName())
            .put("place", problem.place())
            .put("what", problem.what())
            .put("remedy", problem.remedy());
      }
    }
    var results = object.putArray("results");
    runs.forEach(run -> results.add(object(run)));
    return object;
  }

  private static ObjectNode object(Run run) {
    CaseResult result = run.result();
    ObjectNode one = JSON.createObjectNode();
    one.put("file", result.golden().file());
    one.put("case", result.golden().name());
    one.put("equal", result.isEqual());
    if (result.failure() != null) {
      one.put("failure", result.failure());
    }
    if (run.mutated() != null) {
      one.put("mutant", mutant(run));
      one.put("mutantFails", !run.mutated().isEqual());
    }
    var features = one.putArray("features");
    for (CaseResult.Compared compared : result.features()) {
      ObjectNode feature = features.addObject().put("name", compared.feature());
      feature.put("equal", compared.isEqual());
      compared.differences().forEach(feature.withArray("differences")::add);
      feature.set("expected", GoldenText.json(compared.expected()));
      feature.set("actual", GoldenText.json(compared.actual(), compared.refuses()));
    }
    return one;
  }
}
