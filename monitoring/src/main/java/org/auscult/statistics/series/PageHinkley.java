package org.auscult.statistics.series;

/**
 * Page's and Hinkley's test for a rise of the mean of a stream, such as of squared errors.
 *
 * <p>m(t) = Σ (x(i) − mean(i) − δ), where mean(i) is of the first i values; it alarms where m(t)
 * lies more than λ above its least value so far (0 before the first), after thirty values at the
 * soonest.
 *
 * <p>Source: Page, Biometrika 41 (1954) 100–115; Gama et al., ACM Comput. Surv. 46 (2014) 44.
 *
 * @param tolerance δ, in the stream's unit
 * @param threshold λ, in the same
 * @param n values so far
 * @param mean of them
 * @param sum m(t)
 * @param least of m so far
 */
public record PageHinkley(
    double tolerance, double threshold, long n, double mean, double sum, double least) {
  /** It is silent for so many values. */
  public static final int QUIET = 30;

  /** Before the first value. */
  public static PageHinkley start(double tolerance, double threshold) {
    if (!(tolerance >= 0) || !(threshold > 0)) {
      throw new IllegalArgumentException("The tolerance is not negative, the threshold positive");
    }
    return new PageHinkley(tolerance, threshold, 0, 0, 0, 0);
  }

  /** After one more value. */
  public PageHinkley after(double value) {
    double ofAll = mean + (value - mean) / (n + 1);
    double more = sum + value - ofAll - tolerance;
    return new PageHinkley(tolerance, threshold, n + 1, ofAll, more, Math.min(least, more));
  }

  /** Whether the mean has risen. */
  public boolean alarms() {
    return n >= QUIET && sum - least > threshold;
  }
}
