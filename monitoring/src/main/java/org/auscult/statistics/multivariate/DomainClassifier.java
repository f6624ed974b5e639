package org.auscult.statistics.multivariate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.auscult.statistics.discrimination.Auroc;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * How well rows of now can be told from those of the reference: the AUROC of a classifier that is
 * fitted on one half of each sample and judged on the other, 0.5 where nothing differs.
 *
 * <p>The classifier is a logistic regression with a ridge of 1, on the variables by mean and
 * deviation (n − 1) of the half of the reference that it is fitted on, within ±5, and on their
 * squares; up to {@value #MOST_WITH_PRODUCTS} variables also on their products. Interval: DeLong's,
 * as rows that judge had no part in the fit. p: the labels of those rows are drawn anew; one-sided.
 *
 * <p>Source: Lopez-Paz and Oquab, Revisiting classifier two-sample tests, ICLR 2017.
 */
public final class DomainClassifier {
  /** Of more variables there are no products of two. */
  public static final int MOST_WITH_PRODUCTS = 12;

  /** So many rows of each sample are needed. */
  public static final int LEAST = 4;

  private static final double FARTHEST = 5;
  private static final Definition AREA =
      Definition.of(
              "domain-auroc",
              "auroc of a classifier of reference and current rows, on held-out rows")
          .with(
              "classifier",
              "logistic regression, ridge 1, on z and z^2, up to "
                  + MOST_WITH_PRODUCTS
                  + " variables also on products; z by the reference's training half, within ±5")
          .with("split", "halves of each sample, drawn");

  private DomainClassifier() {}

  /**
   * Between these.
   *
   * @param permutations of the test
   * @throws IllegalArgumentException if the variables are not as many
   */
  public static Estimate of(Rows reference, Rows current, int permutations, long seed) {
    if (reference.width() != current.width()) {
      throw new IllegalArgumentException("Both samples have the same variables");
    }
    long n = (long) reference.size() + current.size();
    Definition definition =
        AREA.with("permutations", Integer.toString(permutations)).with("seed", Long.toString(seed));
    if (reference.size() < LEAST || current.size() < LEAST) {
      return definition.unknown(n, Reason.TOO_FEW, "four rows of each sample are needed");
    }
    SplitMix64 chance = new SplitMix64(seed);
    List<Rows> before = Permutations.halves(reference, chance);
    List<Rows> now = Permutations.halves(current, chance);
    Rows scale = before.get(0);
    List<double[]> without = features(scale.standardisedBy(scale));
    RidgeLogistic classifier =
        RidgeLogistic.fit(
            without, features(now.get(0).standardisedBy(scale)), without.get(0).length);
    double[] ofReference = scores(classifier, before.get(1).standardisedBy(scale));
    double[] ofCurrent = scores(classifier, now.get(1).standardisedBy(scale));
    LabelledScores.Builder rows = LabelledScores.builder();
    Arrays.stream(ofReference).forEach(score -> rows.add(score, false));
    Arrays.stream(ofCurrent).forEach(score -> rows.add(score, true));
    Estimate.Known area = (Estimate.Known) Auroc.of(rows.build());
    double[] ranks = ranks(ofReference, ofCurrent);
    boolean[][] members =
        Permutations.members(ofReference.length, ranks.length, permutations, chance);
    double[] sums = new double[members.length];
    for (int i = 0; i < sums.length; i++) {
      for (int row = 0; row < ranks.length; row++) {
        sums[i] += members[i][row] ? 0 : ranks[row];
      }
    }
    return new Estimate.Known(definition, n, area.value(), area.certainty())
        .with(Permutations.asGreat(sums));
  }

  private static double[] scores(RidgeLogistic classifier, Rows rows) {
    return features(rows).stream().mapToDouble(classifier::logit).toArray();
  }

  /** Twice the rank of each among all, so that it is a whole number even of ties. */
  private static double[] ranks(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[all.length];
    int from = 0;
    double[] rankOf = new double[all.length];
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        Arrays.fill(rankOf, from, i, from + i + 1);
        from = i;
      }
    }
    for (int i = 0; i < all.length; i++) {
      ranks[i] = rankOf[Arrays.binarySearch(sorted, all[i])];
    }
    return ranks;
  }

  private static List<double[]> features(Rows rows) {
    int width = rows.width();
    boolean products = width <= MOST_WITH_PRODUCTS;
    List<double[]> features = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double[] row = new double[products ? width + width * (width + 1) / 2 : 2 * width];
      for (int j = 0; j < width; j++) {
        row[j] = Math.max(-FARTHEST, Math.min(FARTHEST, rows.get(i, j)));
      }
      int place = width;
      for (int j = 0; j < width; j++) {
        for (int k = products ? 0 : j; k <= j; k++) {
          row[place++] = row[j] * row[k];
        }
      }
      features.add(row);
    }
    return features;
  }
}
