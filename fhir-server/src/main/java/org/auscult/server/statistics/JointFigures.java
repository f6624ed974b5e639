package org.auscult.server.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.multivariate.JointDrift;
import org.auscult.statistics.multivariate.MixedTable;

/** How the columns of two files drifted, taken together. */
final class JointFigures {
  private final MixedTable.Encoded encoded;
  private final List<String> notKept;
  private final List<Estimate> figures;

  private JointFigures(MixedTable.Encoded encoded, List<String> notKept, List<Estimate> figures) {
    this.encoded = encoded;
    this.notKept = notKept;
    this.figures = figures;
  }

  /**
   * Of the drawn rows.
   *
   * @param kinds of the columns that were compared: whether each is of numbers
   */
  static JointFigures of(
      DrawnRows before, DrawnRows now, Map<String, Boolean> kinds, int permutations, long seed) {
    Map<String, Boolean> kept = new LinkedHashMap<>(kinds);
    kept.keySet().retainAll(before.columns());
    MixedTable.Encoded encoded = MixedTable.encode(table(before, kept), table(now, kept));
    List<Estimate> figures =
        encoded.variables().isEmpty()
            ? List.of()
            : JointDrift.of(encoded.reference(), encoded.current(), permutations, seed);
    List<String> notKept = kinds.keySet().stream().filter(name -> !kept.containsKey(name)).toList();
    return new JointFigures(encoded, notKept, figures);
  }

  private static MixedTable table(DrawnRows rows, Map<String, Boolean> kinds) {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    Map<String, List<String>> categories = new LinkedHashMap<>();
    kinds.forEach(
        (name, areNumbers) -> {
          List<String> cells = rows.column(name);
          if (areNumbers) {
            numbers.put(
                name,
                cells.stream().map(c -> c.isEmpty() ? Double.NaN : Double.parseDouble(c)).toList());
          } else {
            categories.put(name, cells);
          }
        });
    return new MixedTable(numbers, categories);
  }

  void tell(EstimateTable table) {
    table.title(
        "All columns together (%,d and %,d rows drawn, %,d variables)"
            .formatted(
                encoded.reference().size(), encoded.current().size(), encoded.variables().size()));
    table.rows(figures);
    if (figures.isEmpty()) {
      table.line("  nothing varies");
    }
    tell(table, "too many variables", encoded.leftOut());
    tell(table, "after the first " + DrawnRows.MOST_COLUMNS + " columns", notKept);
  }

  private static void tell(EstimateTable table, String why, List<String> columns) {
    if (!columns.isEmpty()) {
      table.line(
          "  without " + String.join(", ", columns) + ": " + why + "; choose others by --columns");
    }
  }

  ObjectNode object() {
    ObjectNode object = EstimateJson.JSON.createObjectNode();
    object.put("rowsOfReference", encoded.reference().size());
    object.put("rowsOfCurrent", encoded.current().size());
    ArrayNode variables = object.putArray("variables");
    encoded.variables().forEach(variables::add);
    ArrayNode leftOut = object.putArray("leftOut");
    encoded.leftOut().forEach(leftOut::add);
    notKept.forEach(leftOut::add);
    object.set("figures", EstimateJson.of(figures));
    return object;
  }
}
