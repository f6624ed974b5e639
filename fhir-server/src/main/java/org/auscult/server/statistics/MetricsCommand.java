package org.auscult.server.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.auscult.statistics.calibration.CalibrationBins;
import org.auscult.statistics.calibration.SmoothCurve;
import org.auscult.statistics.discrimination.CurvePoint;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.fairness.GroupEvaluation;
import org.auscult.statistics.fairness.GroupGaps;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.usefulness.NetBenefit;
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
  private static final int MOST_POINTS = 201;

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
      names = "--replicates",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Of that bootstrap (default: ${DEFAULT-VALUE}).")
  private int replicates = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of that bootstrap (default: ${DEFAULT-VALUE}); told with the intervals.")
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
      if (cluster != null && !by.isEmpty()) {
        throw new CsvProblem("--cluster and --by do not go together: choose one");
      }
      if (quantity) {
        QuantityFigures.tell(file, score, label, json);
      } else {
        tell(
            MetricsInput.read(file, new MetricsInput.Columns(score, label, positive, by, cluster)));
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

  private void tell(MetricsInput input) {
    LabelledScores all = input.all();
    Map<String, SortedMap<String, LabelledScores>> groups = input.groups();
    if (json) {
      System.out.println(object(input, all, groups));
      return;
    }
    EstimateTable table = new EstimateTable(System.out);
    table.line(
        "%s: %,d rows, %,d with score and label (%,d without a score, %,d more without a label)"
            .formatted(file, input.rows(), all.n(), input.withoutScore(), input.withoutLabel()));
    table.title("All");
    table.rows(overall(input, all));
    groups.forEach((column, some) -> tell(table, column, GroupEvaluation.of(some)));
    table.definitions();
  }

  private List<Estimate> overall(MetricsInput input, LabelledScores all) {
    return cluster == null
        ? BinaryEvaluation.all(all, thresholds)
        : input
            .clusters()
            .estimates(rows -> BinaryEvaluation.all(rows, thresholds), replicates, seed);
  }

  private void tell(EstimateTable table, String column, GroupEvaluation groups) {
    groups
        .all(thresholds)
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
    groups.forEach((column, some) -> byColumn.set(column, object(GroupEvaluation.of(some))));
    if (curves) {
      object.set("curves", curves(all));
    }
    return object;
  }

  private ObjectNode object(GroupEvaluation groups) {
    ObjectNode object = EstimateJson.JSON.createObjectNode();
    ArrayNode hidden = object.putArray("hidden");
    groups.hidden().forEach(hidden::add);
    ObjectNode figures = object.putObject("groups");
    groups.all(thresholds).forEach((group, some) -> figures.set(group, EstimateJson.of(some)));
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

  private static ObjectNode curves(LabelledScores all) {
    ObjectNode curves = EstimateJson.JSON.createObjectNode();
    ArrayNode points = curves.putArray("points");
    CurvePoint.of(all, MOST_POINTS)
        .forEach(
            point ->
                points
                    .addObject()
                    .put("threshold", point.threshold())
                    .put("sensitivity", point.sensitivity())
                    .put("falsePositiveRate", point.falsePositiveRate())
                    .put("precision", point.precision()));
    ArrayNode bins = curves.putArray("calibration");
    ArrayNode smooth = curves.putArray("smooth");
    ArrayNode decisions = curves.putArray("decision");
    if (all.n() > 0 && all.areProbabilities()) {
      CalibrationBins.ofEqualCount(all).forEach(bin -> bins.add(object(bin)));
      List<Double> hundredths = hundredths();
      SmoothCurve.points(all, hundredths)
          .forEach(
              point ->
                  smooth
                      .addObject()
                      .put("score", point.score())
                      .put("observed", point.observed())
                      .set("interval", EstimateJson.of(point.interval())));
      NetBenefit.curve(all, hundredths)
          .forEach(
              point -> {
                ObjectNode one = decisions.addObject().put("threshold", point.threshold());
                one.set("model", EstimateJson.of(point.model()));
                one.set("all", EstimateJson.of(point.all()));
              });
    }
    return curves;
  }

  private static ObjectNode object(CalibrationBins.Bin bin) {
    ObjectNode object =
        EstimateJson.JSON
            .createObjectNode()
            .put("lower", bin.lower())
            .put("upper", bin.upper())
            .put("n", bin.n())
            .put("meanScore", bin.meanScore())
            .put("observed", bin.observed());
    object.set("interval", EstimateJson.of(bin.interval()));
    return object;
  }

  private static List<Double> hundredths() {
    List<Double> all = new ArrayList<>();
    for (int i = 1; i < 100; i++) {
      all.add(i / 100.0);
    }
    return all;
  }
}
