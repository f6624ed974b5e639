package org.auscult.statistics.agreement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.MeanSum;

/**
 * Cohen's kappa: the agreement of two judges beyond what chance gives them, unweighted.
 *
 * <p>Interval: normal, with the large-sample variance. Source: Fleiss, Cohen and Everitt, Psychol.
 * Bull. 72 (1969) 323–327.
 */
public final class Kappa {
  private static final Definition KAPPA =
      Definition.of("kappa", "(po - pe) / (1 - pe), po the share judged alike, pe by the margins");

  private Kappa() {}

  /**
   * Of these judgements, the i-th of both being of the same case.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public static Estimate of(List<String> first, List<String> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException("Both judge the same cases");
    }
    int n = first.size();
    if (n == 0) {
      return KAPPA.unknown(0, Reason.TOO_FEW, "there are no cases");
    }
    Set<String> kinds = new TreeSet<>(first);
    kinds.addAll(second);
    if (kinds.size() == 1) {
      return KAPPA.unknown(n, Reason.NO_VARIATION, "both always say the same one thing");
    }
    Map<String, Double> ofFirst = shares(first);
    Map<String, Double> ofSecond = shares(second);
    double alike = 0;
    for (int i = 0; i < n; i++) {
      alike += first.get(i).equals(second.get(i)) ? 1.0 / n : 0;
    }
    double byChance = 0;
    for (String kind : kinds) {
      byChance += share(ofFirst, kind) * share(ofSecond, kind);
    }
    double kappa = (alike - byChance) / (1 - byChance);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      // A cell's weight hangs on the margins of its row and column, crossed.
      double margins = share(ofSecond, first.get(i)) + share(ofFirst, second.get(i));
      double weight =
          (first.get(i).equals(second.get(i)) ? 1 - byChance : 0) - margins * (1 - alike);
      sum += weight * weight / n;
    }
    double off = alike * byChance - 2 * byChance + alike;
    double variance = (sum - off * off) / n / Math.pow(1 - byChance, 4);
    Estimate.Known known = KAPPA.known(n, kappa);
    return variance > 1e-15
        ? known.with(MeanSum.normal(kappa, Math.sqrt(variance), "normal (Fleiss)").clippedTo(-1, 1))
        : known.noting("no interval: its variance is 0");
  }

  private static double share(Map<String, Double> shares, String kind) {
    return shares.getOrDefault(kind, 0.0);
  }

  private static Map<String, Double> shares(List<String> judgements) {
    Map<String, Double> shares = new HashMap<>();
    judgements.forEach(kind -> shares.merge(kind, 1.0 / judgements.size(), Double::sum));
    return shares;
  }
}
