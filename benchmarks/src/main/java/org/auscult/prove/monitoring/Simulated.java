package org.auscult.prove.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.statistics.multivariate.MixedTable;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * Six normal variables, of which the second goes with the first.
 *
 * @param mean of the first
 * @param link of the first to the second, whose own part has σ 1
 * @param scale σ of the third
 */
record Simulated(String name, double mean, double link, double scale) implements Population {
  private static final int WIDTH = 6;
  private static final double PREVALENCE = 0.2;

  @Override
  public Drawn draw(int rows, SplitMix64 chance) {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    for (int j = 0; j < WIDTH; j++) {
      columns.put("x" + j, new ArrayList<>());
    }
    int events = 0;
    for (int i = 0; i < rows; i++) {
      double[] x = new double[WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        x[j] = chance.normal();
      }
      x[1] += link * x[0];
      x[0] += mean;
      x[2] *= scale;
      int j = 0;
      for (List<Double> column : columns.values()) {
        column.add(x[j++]);
      }
      events += chance.uniform() < PREVALENCE ? 1 : 0;
    }
    return new Drawn(new MixedTable(columns, Map.of()), rows, events);
  }
}
