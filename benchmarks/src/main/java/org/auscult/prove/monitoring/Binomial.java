package org.auscult.prove.monitoring;

/** The exact interval that holds 99 % of the binomial distribution. */
final class Binomial {
  private static final double TAIL = 0.005;

  private Binomial() {}

  /** Its least count. */
  static int least(int runs, double probability) {
    return quantile(runs, probability, TAIL);
  }

  /** Its greatest count. */
  static int most(int runs, double probability) {
    return quantile(runs, probability, 1 - TAIL);
  }

  /** The least count that so great a share of the distribution does not exceed. */
  private static int quantile(int runs, double chance, double share) {
    double probability = Math.pow(1 - chance, runs);
    double sum = probability;
    int k = 0;
    while (sum < share) {
      k++;
      probability *= (runs - k + 1.0) / k * chance / (1 - chance);
      sum += probability;
    }
    return k;
  }
}
