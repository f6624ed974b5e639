package org.auscult.server.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.DoubleStream;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.regression.ResidualMetrics;

/** The figures of predicted quantities. */
final class QuantityFigures {
  private QuantityFigures() {}

  static void tell(String file, String score, String label, boolean json) throws IOException {
    DoubleStream.Builder predicted = DoubleStream.builder();
    DoubleStream.Builder observed = DoubleStream.builder();
    long[] left = new long[1];
    long read;
    try (CsvRows rows = CsvRows.open(file)) {
      int ofScore = rows.place(score);
      int ofLabel = rows.place(label);
      rows.each(
          row -> {
            if (row.get(ofScore).isBlank() || row.get(ofLabel).isBlank()) {
              left[0]++;
            } else {
              predicted.add(rows.number(row, ofScore));
              observed.add(rows.number(row, ofLabel));
            }
          });
      read = rows.rows();
    }
    List<Estimate> all =
        ResidualMetrics.of(observed.build().toArray(), predicted.build().toArray());
    if (json) {
      ObjectNode object = EstimateJson.JSON.createObjectNode();
      object.put("file", file).put("rows", read).put("withoutScoreOrLabel", left[0]);
      object.set("overall", EstimateJson.of(all));
      System.out.println(object);
      return;
    }
    EstimateTable table = new EstimateTable(System.out);
    table.line("%s: %,d rows, %,d without score or label".formatted(file, read, left[0]));
    table.title("All");
    table.rows(all);
    table.definitions();
  }
}
