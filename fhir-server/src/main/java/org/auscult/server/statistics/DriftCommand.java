package org.auscult.server.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.auscult.statistics.drift.CategoricalDrift;
import org.auscult.statistics.drift.FalseDiscovery;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.drift.ReferenceBins;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.sample.Categories;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how the columns of a file drifted from those of a reference. */
@Command(
    name = "drift",
    description = {
      "Tell how each column of a CSV file drifted from a reference, and all columns together:",
      "distances and tests, with their definitions. docs/monitoring.md says what they are. No server is needed.",
      "Exit code: 0 told, 2 a file is wrong or cannot be read."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class DriftCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 5_000;
  private static final int MOST_PERMUTATIONS = 9_999;
  private static final String NUMBER = "number";

  @Parameters(paramLabel = "REFERENCE", description = "CSV with a line of names.")
  private String reference = "-";

  @Parameters(
      paramLabel = "CURRENT",
      description = "The same columns, later. One of the two may be -, the standard input.")
  private String current = "-";

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      description = "These only; else all of the reference but those of --without.")
  private List<String> columns = List.of();

  @Option(
      names = "--without",
      paramLabel = "COLUMN",
      split = ",",
      defaultValue = "id,time",
      description = "Columns to pass over (default: ${DEFAULT-VALUE}).")
  private List<String> without = List.of("id", "time");

  @Option(
      names = "--categories",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns whose numbers are codes.")
  private List<String> categories = List.of();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000",
      description = {
        "Rows that are drawn of each file to compare all columns together; 0 leaves that out",
        "(default: ${DEFAULT-VALUE})."
      })
  private int rows = 1_000;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      defaultValue = "199",
      description = "Of the tests of all columns together (default: ${DEFAULT-VALUE}).")
  private int permutations = 199;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of what is drawn (default: ${DEFAULT-VALUE}); told with the figures.")
  private long seed = 1;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /**
   * What came of a column.
   *
   * @param kind {@code number} or {@code category}
   * @param bins of the reference, of numbers
   * @param unseen categories that the reference has not
   */
  private record Compared(
      String kind, List<Estimate> figures, @Nullable ReferenceBins bins, List<String> unseen) {}

  @Override
  public Integer call() {
    try {
      if (reference.equals("-") && current.equals("-")) {
        throw new CsvProblem("only one of the two files can be the standard input");
      }
      check("--rows", rows, 0, MOST_ROWS);
      check("--permutations", permutations, 1, MOST_PERMUTATIONS);
      DriftInput.Sample sample = new DriftInput.Sample(rows, seed);
      DriftInput before = DriftInput.read(reference, columns, Set.copyOf(without), sample);
      DriftInput now =
          DriftInput.read(current, List.copyOf(before.columns().keySet()), Set.of(), sample);
      Map<String, Compared> compared = new LinkedHashMap<>();
      Map<String, String> passedOver = new LinkedHashMap<>();
      before
          .columns()
          .forEach(
              (name, column) -> {
                DriftInput.Column other = Objects.requireNonNull(now.columns().get(name));
                compare(name, column, other, compared, passedOver);
              });
      Map<String, Map<String, Double>> adjusted = adjusted(compared);
      Optional<JointFigures> joint = joint(before, now, compared);
      if (json) {
        ObjectNode object = object(before, now, compared, passedOver, adjusted);
        joint.ifPresent(of -> object.set("together", of.object()));
        System.out.println(object);
      } else {
        EstimateTable table = new EstimateTable(System.out);
        tell(table, before, now, compared, adjusted);
        joint.ifPresent(of -> of.tell(table));
        passedOver.forEach((name, why) -> table.line(name + ": not compared: " + why));
        table.definitions();
      }
      return 0;
    } catch (CsvProblem e) {
      System.err.println("drift: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      System.err.println("drift: " + e);
      return 2;
    }
  }

  private static void check(String option, int value, int least, int most) throws CsvProblem {
    if (value < least || value > most) {
      throw new CsvProblem("%s is %,d to %,d, and not %,d".formatted(option, least, most, value));
    }
  }

  /** All columns together, if that is asked for and there are rows. */
  private Optional<JointFigures> joint(
      DriftInput before, DriftInput now, Map<String, Compared> compared) {
    if (before.drawn().size() == 0 || now.drawn().size() == 0 || compared.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Boolean> kinds = new LinkedHashMap<>();
    compared.forEach((name, of) -> kinds.put(name, of.kind().equals(NUMBER)));
    return Optional.of(JointFigures.of(before.drawn(), now.drawn(), kinds, permutations, seed));
  }

  private void compare(
      String name,
      DriftInput.Column before,
      DriftInput.Column now,
      Map<String, Compared> compared,
      Map<String, String> passedOver) {
    if (!categories.contains(name) && before.areNumbers() && now.areNumbers()) {
      NumericDrift drift = NumericDrift.from(before.numbers());
      compared.put(name, new Compared(NUMBER, drift.of(now.numbers()), drift.bins(), List.of()));
    } else if (before.areCategories() && now.areCategories()) {
      Categories of = before.categories();
      Categories other = now.categories();
      compared.put(
          name,
          new Compared(
              "category",
              CategoricalDrift.of(of, other),
              null,
              CategoricalDrift.unseen(of, other)));
    } else {
      passedOver.put(
          name,
          "not all are numbers, and there are more than "
              + DriftInput.MOST_CATEGORIES
              + " different ones");
    }
  }

  /** By column and figure; the tests of one family are corrected together, over all columns. */
  private static Map<String, Map<String, Double>> adjusted(Map<String, Compared> compared) {
    Map<String, Map<String, Double>> adjusted = new LinkedHashMap<>();
    compared.keySet().forEach(column -> adjusted.put(column, new LinkedHashMap<>()));
    for (List<String> family :
        List.of(List.of("ks", "chi-squared"), List.of("psi"), List.of("missing-rate-difference"))) {
      List<Map.Entry<String, String>> places = new ArrayList<>();
      List<Double> given = new ArrayList<>();
      compared.forEach(
          (column, of) ->
              of.figures()
                  .forEach(
                      figure -> {
                        PValue p = pValue(figure);
                        if (p != null && family.contains(figure.definition().name())) {
                          places.add(Map.entry(column, figure.definition().name()));
                          given.add(p.value());
                        }
                      }));
      List<Double> corrected = FalseDiscovery.adjusted(given);
      for (int i = 0; i < places.size(); i++) {
        Map<String, Double> of = adjusted.get(places.get(i).getKey());
        if (of != null) {
          of.put(places.get(i).getValue(), corrected.get(i));
        }
      }
    }
    return adjusted;
  }

  private static @Nullable PValue pValue(Estimate estimate) {
    return estimate instanceof Estimate.Known known ? known.certainty().pValue() : null;
  }

  private void tell(
      EstimateTable table,
      DriftInput before,
      DriftInput now,
      Map<String, Compared> compared,
      Map<String, Map<String, Double>> adjusted) {
    table.line(
        "%s: %,d rows; %s: %,d rows".formatted(reference, before.rows(), current, now.rows()));
    compared.forEach(
        (name, of) -> {
          table.title(name + " (" + of.kind() + ")");
          table.rows(of.figures());
          adjusted
              .getOrDefault(name, Map.of())
              .forEach(
                  (figure, p) ->
                      table.line(
                          "  p of "
                              + figure
                              + ", adjusted for all columns (Benjamini-Hochberg): "
                              + EstimateTable.number(p)));
          if (!of.unseen().isEmpty()) {
            table.line("  not in the reference: " + String.join(", ", of.unseen()));
          }
        });
  }

  private ObjectNode object(
      DriftInput before,
      DriftInput now,
      Map<String, Compared> compared,
      Map<String, String> passedOver,
      Map<String, Map<String, Double>> adjusted) {
    ObjectNode object = EstimateJson.JSON.createObjectNode();
    object.put("reference", reference).put("rowsOfReference", before.rows());
    object.put("current", current).put("rowsOfCurrent", now.rows());
    ObjectNode all = object.putObject("columns");
    compared.forEach(
        (name, of) -> {
          ObjectNode one = all.putObject(name).put("kind", of.kind());
          ArrayNode figures = one.putArray("figures");
          of.figures()
              .forEach(
                  figure -> {
                    ObjectNode json = EstimateJson.of(figure);
                    Double p =
                        adjusted.getOrDefault(name, Map.of()).get(figure.definition().name());
                    if (p != null) {
                      json.withObjectProperty("pValue").put("adjusted", p);
                    }
                    figures.add(json);
                  });
          if (of.bins() != null) {
            ObjectNode bins = one.putObject("bins");
            of.bins().edges().forEach(bins.putArray("edges")::add);
            of.bins().counts().forEach(bins.putArray("reference")::add);
          }
          ArrayNode unseen = one.putArray("unseen");
          of.unseen().forEach(unseen::add);
        });
    ObjectNode left = object.putObject("notCompared");
    passedOver.forEach(left::put);
    return object;
  }
}
