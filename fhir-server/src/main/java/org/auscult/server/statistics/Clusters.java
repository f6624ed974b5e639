package org.auscult.server.statistics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.ClusterBootstrap;

/** Rows that belong together, such as those of one patient. */
final class Clusters {
  private final DoubleStream.Builder scores = DoubleStream.builder();
  private final IntStream.Builder events = IntStream.builder();
  private final IntStream.Builder of = IntStream.builder();
  private final Map<String, Integer> numbers = new HashMap<>();

  void add(double score, boolean event, String cluster) {
    scores.add(score);
    events.add(event ? 1 : 0);
    Integer number = numbers.putIfAbsent(cluster, numbers.size());
    of.add(number == null ? numbers.size() - 1 : number);
  }

  /** The figures with intervals by the bootstrap of clusters. */
  List<Estimate> estimates(
      Function<LabelledScores, List<Estimate>> figures, int replicates, long seed) {
    int[] happened = events.build().toArray();
    boolean[] labels = new boolean[happened.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = happened[i] == 1;
    }
    return ClusterBootstrap.of(scores.build().toArray(), labels, of.build().toArray())
        .estimates(figures, replicates, seed);
  }
}
