package org.auscult.server.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.fairness.GroupEvaluation;
import org.auscult.statistics.fairness.GroupGaps;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.RunningScores;
import org.auscult.statistics.window.Every;
import org.auscult.statistics.window.Rolling;
import org.auscult.statistics.window.TimedScores;
import org.auscult.statistics.window.Window;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells every figure of the scores and labels of a file. */
@Command(
    name = "metrics",
    description = {
      "Tell discrimination, calibration and usefulness of scores in a CSV file, each figure with its",
      "interval and definition. docs/monitoring.md says what they are. No server is needed.",
      "Exit code: 0 told, 2 a file is wrong or cannot be read."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class MetricsCommand implements Callable<Integer> {
  private static final int MOST_REPLICATES = 100_000;
  private static final String TUMBLING = "tumbling";
  private static final String SLIDING = "sliding";

  @Parameters(
      paramLabel = "FILE",
      description = "CSV with a line of names; - for the standard input.")
  private String file = "-";

  @Option(
      names = "--score",
      paramLabel = "COLUMN",
      defaultValue = "score",
      description = "The scores (default: ${DEFAULT-VALUE}); rows without one are counted.")
  private String score = "score";

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      description = "The labels (default: ${DEFAULT-VALUE}); rows without one are counted.")
  private String label = "label";

  @Option(
      names = "--positive",
      paramLabel = "VALUE",
      description = "The label of an event, all others being none; else 1 or true, 0 or false.")
  private @Nullable String positive;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      split = ",",
      defaultValue = "0.5",
      description = "A score of at least this flags (default: ${DEFAULT-VALUE}). Repeatable.")
  private List<Double> thresholds = List.of(0.5);

  @Option(
      names = "--by",
      paramLabel = "COLUMN",
      split = ",",
      description = "Also each group of this column, and the gaps between them. Repeatable.")
  private List<String> by = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "COLUMN",
      description = {
        "Rows that belong together, such as a patient's: intervals are then by a bootstrap of them.",
        "Not with --by."
      })
  private @Nullable String cluster;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = {
        "When each row was: a date, or a date and time, of UTC if without an offset. Tells the",
        "figures of each window, and how calibration and errors changed. Not with --cluster."
      })
  private @Nullable String time;

  @Option(
      names = "--window",
      paramLabel = "tumbling|sliding",
      defaultValue = "tumbling",
      description = {
        "With --time: windows of one span each, or of --over spans each, of which one begins with",
        "every span (default: ${DEFAULT-VALUE})."
      })
  private String window = TUMBLING;

  @Option(
      names = "--every",
      paramLabel = "SPAN",
      defaultValue = "P1M",
      description = {
        "With --time: a span of the calendar, such as PT6H, P7D, P1W (from Monday), P1M, P1Y",
        "(default: ${DEFAULT-VALUE})."
      })
  private String every = "P1M";

  @Option(
      names = "--over",
      paramLabel = "N",
      defaultValue = "3",
      description = "Spans of a sliding window (default: ${DEFAULT-VALUE}).")
  private int over = 3;

  @Option(
      names = "--rolling",
      paramLabel = "ROWS",
      description = {
        "With --time: AUROC and Brier score of the last so many rows, after each row: where they were",
        "worst, and where they ended. 50 to 2,000,000."
      })
  private @Nullable Integer rolling;

  @Option(
      names = "--replicates",
      paramLabel = "N",
      defaultValue = "1000",
      description = {
        "Of a bootstrap, of clusters or, for figures without a closed interval, of binned rows;",
        "0 leaves the latter out (default: ${DEFAULT-VALUE})."
      })
  private int replicates = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of a bootstrap (default: ${DEFAULT-VALUE}); told with the intervals.")
  private long seed = 1;

  @Option(names = "--quantity", description = "Labels are quantities, and scores predict them.")
  private boolean quantity;

  @Option(names = "--curves", description = "With --json: ROC, PR, calibration and decision curve.")
  private boolean curves;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    try {
      check();
      if (quantity) {
        QuantityFigures.tell(file, score, label, json);
      } else {
        tell(
            MetricsInput.read(
                file, new MetricsInput.Columns(score, label, positive, by, cluster, time)));
      }
      return 0;
    } catch (CsvProblem e) {
      System.err.println("metrics: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      System.err.println("metrics: " + e);
      return 2;
    }
  }

  private void check() throws CsvProblem {
    if (cluster != null && !by.isEmpty()) {
      throw new CsvProblem("--cluster and --by do not go together: choose one");
    }
    if (time != null && (cluster != null || quantity)) {
      throw new CsvProblem("--time does not go with --cluster or --quantity: choose one");
    }
    if (!window.equals(TUMBLING) && !window.equals(SLIDING)) {
      throw new CsvProblem("--window is tumbling or sliding, and not '" + window + "'");
    }
    if (rolling != null && time == null) {
      throw new CsvProblem("--rolling takes --time: without times no row is the last");
    }
    if (rolling != null && (rolling < Rolling.FEWEST || rolling > RunningScores.MOST)) {
      throw new CsvProblem(
          "--rolling is %d to %,d, and not %,d"
              .formatted(Rolling.FEWEST, RunningScores.MOST, rolling));
    }
    if (over < 1 || over > Window.MOST) {
      throw new CsvProblem("--over is 1 to " + Window.MOST + ", and not " + over);
    }
    if (replicates < (cluster == null ? 0 : 1) || replicates > MOST_REPLICATES) {
      throw new CsvProblem(
          "--replicates is 1 to %,d, or 0 without --cluster, and not %,d"
              .formatted(MOST_REPLICATES, replicates));
    }
    if (thresholds.stream().anyMatch(threshold -> !Double.isFinite(threshold))) {
      throw new CsvProblem("--threshold takes finite numbers");
    }
    length();
  }

  private WindowFigures.Length length() throws CsvProblem {
    return new WindowFigures.Length(
        Every.parse(every)
            .orElseThrow(
                () ->
                    new CsvProblem(
                        "--every is a span such as PT6H, P7D, P1W, P1M or P1Y, and not '"
                            + every
                            + "'")),
        window.equals(SLIDING) ? over : 1);
  }

  private Optional<WindowFigures> windows(MetricsInput input) throws CsvProblem {
    if (time == null) {
      return Optional.empty();
    }
    TimedScores rows = input.timed();
    WindowFigures.Length length = length();
    if (Window.areTooMany(rows, length.every())) {
      throw new CsvProblem(
          "%s: from %s to %s there are more than %,d spans of %s: choose a longer one by --every"
              .formatted(file, rows.time(0), rows.time(rows.n() - 1), Window.MOST, every));
    }
    return Optional.of(new WindowFigures(length, rows, thresholds, this::resampled, rolling));
  }

  /** The figures with the intervals that they lack. */
  private List<Estimate> resampled(List<Estimate> figures, LabelledScores scores) {
    return replicates == 0
        ? figures
        : BinaryEvaluation.resampled(figures, scores, replicates, seed);
  }

  private void tell(MetricsInput input) throws CsvProblem {
    LabelledScores all = input.all();
    Optional<WindowFigures> windows = windows(input);
    Map<String, SortedMap<String, LabelledScores>> groups = input.groups();
    if (json) {
      ObjectNode object = object(input, all, groups);
      windows.ifPresent(
          of -> {
            object.put("withoutTime", input.withoutTime());
            object.set("time", of.object());
          });
      System.out.println(object);
      return;
    }
    EstimateTable table = new EstimateTable(System.out);
    table.line(
        "%s: %,d rows, %,d with score and label (%,d without a score, %,d more without a label)"
            .formatted(file, input.rows(), all.n(), input.withoutScore(), input.withoutLabel()));
    table.title("All");
    table.rows(overall(input, all));
    groups.forEach((column, some) -> tell(table, column, some));
    if (windows.isPresent()) {
      if (input.withoutTime() > 0) {
        table.line("%,d rows without a time are in no window".formatted(input.withoutTime()));
      }
      windows.get().tell(table);
    }
    table.definitions();
  }

  private List<Estimate> overall(MetricsInput input, LabelledScores all) {
    return cluster == null
        ? resampled(BinaryEvaluation.all(all, thresholds), all)
        : input
            .clusters()
            .estimates(rows -> BinaryEvaluation.all(rows, thresholds), replicates, seed);
  }

  /** What may be told of each group, with the intervals that are lacking. */
  private SortedMap<String, List<Estimate>> figures(
      GroupEvaluation groups, SortedMap<String, LabelledScores> scores) {
    SortedMap<String, List<Estimate>> all = groups.all(thresholds);
    scores.forEach((group, some) -> all.computeIfPresent(group, (name, of) -> resampled(of, some)));
    return all;
  }

  private void tell(EstimateTable table, String column, SortedMap<String, LabelledScores> scores) {
    GroupEvaluation groups = GroupEvaluation.of(scores);
    figures(groups, scores)
        .forEach(
            (group, figures) -> {
              table.title(column + " = " + group);
              table.rows(figures);
            });
    table.title("Gaps between groups of " + column);
    for (double threshold : thresholds) {
      GroupGaps gaps = GroupGaps.of(groups, threshold);
      table.rows(gaps.all());
      gaps.ratiosToLargest()
          .forEach(
              (group, ratio) -> {
                table.line("  " + group + " by " + largest(ratio) + ":");
                table.row(ratio);
              });
    }
    if (!groups.hidden().isEmpty()) {
      table.line("  not shown, being small or near to it: " + String.join(", ", groups.hidden()));
    }
  }

  private static String largest(Estimate ratio) {
    return ratio.definition().parameters().getOrDefault("largest group", "");
  }

  private ObjectNode object(
      MetricsInput input,
      LabelledScores all,
      Map<String, SortedMap<String, LabelledScores>> groups) {
    ObjectNode object = EstimateJson.JSON.createObjectNode();
    object.put("file", file);
    object.put("rows", input.rows());
    object.put("withoutScore", input.withoutScore());
    object.put("withoutLabel", input.withoutLabel());
    object.set("overall", EstimateJson.of(overall(input, all)));
    ObjectNode byColumn = object.putObject("groups");
    groups.forEach((column, some) -> byColumn.set(column, object(some)));
    if (curves) {
      object.set("curves", CurvesJson.of(all));
    }
    return object;
  }

  private ObjectNode object(SortedMap<String, LabelledScores> scores) {
    GroupEvaluation groups = GroupEvaluation.of(scores);
    ObjectNode object = EstimateJson.JSON.createObjectNode();
    ArrayNode hidden = object.putArray("hidden");
    groups.hidden().forEach(hidden::add);
    ObjectNode figures = object.putObject("groups");
    figures(groups, scores).forEach((group, some) -> figures.set(group, EstimateJson.of(some)));
    ArrayNode all = object.putArray("gaps");
    ObjectNode ratios = object.putObject("ratios");
    for (double threshold : thresholds) {
      GroupGaps gaps = GroupGaps.of(groups, threshold);
      all.addAll(EstimateJson.of(gaps.all()));
      gaps.ratiosToLargest()
          .forEach((group, ratio) -> ratios.withArray(group).add(EstimateJson.of(ratio)));
    }
    return object;
  }
}
