package org.auscult.statistics.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.Proportion;

/** Rows by bins of their score: the points of a calibration curve. */
public final class CalibrationBins {
  /** How many there are at most. */
  public static final int COUNT = 10;

  private CalibrationBins() {}

  /**
   * The rows whose score is greater than the lower edge and not greater than the upper one; the
   * first bin has its lower edge too.
   *
   * @param expected the sum of their scores
   */
  public record Bin(double lower, double upper, int n, int positives, double expected) {
    /** The mean of their scores. */
    public double meanScore() {
      return expected / n;
    }

    /** The share of them with the event. */
    public double observed() {
      return positives / (double) n;
    }

    /** Wilson's interval of that share. */
    public Interval interval() {
      return new Proportion(positives, n).wilson();
    }
  }

  /** Tenths of 0 to 1: (k/10, (k+1)/10], those without rows left out. */
  public static List<Bin> ofEqualWidth(LabelledScores scores) {
    List<Double> edges = new ArrayList<>();
    for (int k = 0; k <= COUNT; k++) {
      edges.add(k / (double) COUNT);
    }
    return between(edges, scores);
  }

  /**
   * By the deciles of the scores (type 7 of Hyndman and Fan); equal deciles are merged, so that
   * rows with one score are never parted.
   */
  public static List<Bin> ofEqualCount(LabelledScores scores) {
    TreeSet<Double> edges = new TreeSet<>();
    for (int k = 0; k <= COUNT && scores.n() > 0; k++) {
      edges.add(scores.quantile(k, COUNT));
    }
    return between(new ArrayList<>(edges), scores);
  }

  private static List<Bin> between(List<Double> edges, LabelledScores scores) {
    List<Bin> bins = new ArrayList<>();
    int k = 0;
    for (int upper = edges.size() == 1 ? 0 : 1; upper < edges.size(); upper++) {
      int from = k;
      double expected = 0;
      while (k < scores.distinct() && scores.score(k) <= edges.get(upper)) {
        expected += scores.score(k) * scores.rows(k);
        k++;
      }
      if (k > from) {
        bins.add(
            new Bin(
                edges.get(Math.max(0, upper - 1)),
                edges.get(upper),
                scores.rowsBelow(k) - scores.rowsBelow(from),
                scores.positivesBelow(k) - scores.positivesBelow(from),
                expected));
      }
    }
    return List.copyOf(bins);
  }
}
