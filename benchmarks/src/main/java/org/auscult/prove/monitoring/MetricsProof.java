package org.auscult.prove.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.auscult.prove.CommandRun;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Folders;
import org.auscult.prove.Proof;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;

/**
 * The commands {@code metrics} and {@code drift} on files, held against what scikit-learn, SciPy
 * and R made of the same data; then files that are wrong, which must be told with line and column.
 */
public final class MetricsProof implements Proof {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SLICE =
      Set.of("ties", "all-negative", "extremes", "groups", "drift-shift", "drift-tiny");
  private static final int WRONG = 2;

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public String about() {
    return "the commands metrics and drift tell what scikit-learn, SciPy and R tell, to 1e-9";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path work = Files.createTempDirectory("auscult-metrics");
    try {
      return new Run(work, conditions).run();
    } finally {
      Folders.delete(work);
    }
  }

  private static final class Run {
    private final Path work;
    private final Conditions conditions;
    private final Path data;
    private final JsonNode all;
    private final Figures figures = new Figures();
    private final List<String> failures = new ArrayList<>();

    Run(Path work, Conditions conditions) throws Exception {
      this.work = work;
      this.conditions = conditions;
      data = Sources.folder().resolve("monitoring/src/test/resources/statistics");
      all = JSON.readTree(data.resolve("expected.json").toFile());
    }

    Verdict run() throws Exception {
      int sets = 0;
      for (var set : all.path("sets").properties()) {
        if (conditions.length() == Length.WHOLE || SLICE.contains(set.getKey())) {
          switch (set.getValue().path("kind").asText()) {
            case "drift" -> drift(set.getKey(), set.getValue());
            case "regression" -> quantities(set.getKey(), set.getValue());
            default -> labels(set.getKey(), set.getValue());
          }
          sets++;
        }
      }
      conditions
          .out()
          .printf(
              "  %d data sets of %d, %,d values, intervals, p-values and reasons compared; the"
                  + " greatest difference is %.1e (aim: 1e-9)%n",
              sets, all.path("sets").size(), figures.compared(), figures.greatest());
      failures.addAll(figures.failures());
      wrongFiles();
      return new Verdict(failures);
    }

    private void labels(String name, JsonNode expected) throws Exception {
      Path file =
          expected.has("generated")
              ? GeneratedFile.scores(expected.path("generated"), work.resolve(name + ".csv"))
              : data.resolve(name + ".csv");
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "metrics",
                  file.toString(),
                  "--json",
                  "--threshold",
                  expected.path("threshold").asText()));
      expected
          .path("groups")
          .fieldNames()
          .forEachRemaining(column -> arguments.addAll(List.of("--by", column)));
      JsonNode told = command(arguments);
      figures.compare(name, expected.path("overall"), told.path("overall"));
      for (var column : expected.path("groups").properties()) {
        JsonNode of = told.path("groups").path(column.getKey());
        figures.same(
            name + " hidden by " + column.getKey(),
            column.getValue().path("hidden"),
            of.path("hidden"));
        for (var group : column.getValue().path("groups").properties()) {
          figures.compare(
              name + " " + group.getKey(),
              group.getValue(),
              of.path("groups").path(group.getKey()));
        }
      }
    }

    private void quantities(String name, JsonNode expected) throws Exception {
      JsonNode told =
          command(
              List.of("metrics", data.resolve(name + ".csv").toString(), "--json", "--quantity"));
      figures.compare(name, expected.path("overall"), told.path("overall"));
    }

    private void drift(String name, JsonNode expected) throws Exception {
      Path reference = data.resolve(name + "-reference.csv");
      Path current = data.resolve(name + "-current.csv");
      if (expected.has("generated")) {
        JsonNode how = expected.path("generated");
        int rows = how.path("rows").asInt();
        reference =
            GeneratedFile.numbers(
                how.path("seedOfReference").asLong(), rows, 1, work.resolve("reference.csv"));
        current =
            GeneratedFile.numbers(
                how.path("seedOfCurrent").asLong(),
                rows,
                how.path("stretch").asDouble(),
                work.resolve("current.csv"));
      }
      JsonNode told = command(List.of("drift", reference.toString(), current.toString(), "--json"));
      for (var column : expected.path("columns").properties()) {
        figures.compare(
            name + " " + column.getKey(),
            column.getValue(),
            told.path("columns").path(column.getKey()).path("figures"));
      }
    }

    private JsonNode command(List<String> arguments) throws Exception {
      try (CommandRun run = CommandRun.start(arguments, line -> {})) {
        int ended = run.end();
        if (ended != 0) {
          failures.add(
              String.join(" ", arguments) + " ended with " + ended + ": " + run.lastLines(1));
        }
        String printed = String.join("\n", run.lines());
        return JSON.readTree(
            printed.substring(Math.max(0, printed.indexOf('{'))).getBytes(StandardCharsets.UTF_8));
      }
    }

    private void wrongFiles() throws Exception {
      wrong("score,label\n0.1,0\nhigh,1\n", "line 3, column 'score': 'high' is no number");
      if (conditions.length() == Length.WHOLE) {
        wrong("score,label\n0.1,0\n0.2,maybe\n", "line 3, column 'label': 'maybe' is no label");
        wrong("score,outcome\n0.1,0\n", "there is no column 'label'");
        wrong("score,label\n0.1,0,7\n", "line 2: 3 cells, but 2 columns");
      }
    }

    private void wrong(String text, String message) throws IOException, InterruptedException {
      Path file = Files.writeString(work.resolve("wrong.csv"), text);
      try (CommandRun run = CommandRun.start(List.of("metrics", file.toString()), line -> {})) {
        int ended = run.end();
        if (ended != WRONG || run.lines().stream().noneMatch(line -> line.contains(message))) {
          failures.add("a wrong file: expected '" + message + "', got " + run.lastLines(2));
        }
      }
    }
  }
}
