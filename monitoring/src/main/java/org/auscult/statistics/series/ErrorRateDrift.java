package org.auscult.statistics.series;

/**
 * The drift detection method (DDM): the error rate of a stream, against the least that it ever had.
 *
 * <p>After n decisions with error rate p, s = √(p (1 − p) / n); p + s is least at some time, and
 * kept with its p and s. It warns where p + s ≥ p_least + 2 s_least, and alarms at 3 s_least. It
 * watches from the thirtieth decision on, and from the first error: a least rate of 0 would make
 * any error a drift.
 *
 * <p>Source: Gama et al., Learning with Drift Detection, SBIA 2004, LNCS 3171, 286–295.
 *
 * @param n decisions so far
 * @param errors of them wrong
 * @param leastRate p where p + s was least; infinite before it is watched
 * @param leastError s there
 */
public record ErrorRateDrift(long n, long errors, double leastRate, double leastError) {
  /** It is silent for so many decisions. */
  public static final int QUIET = 30;

  private static final double WARNING = 2;
  private static final double ALARM = 3;

  /** How things stand. */
  public enum State {
    STABLE,
    WARNING,
    DRIFT
  }

  /** Before the first decision. */
  public static ErrorRateDrift start() {
    return new ErrorRateDrift(0, 0, Double.POSITIVE_INFINITY, 0);
  }

  /** After one more decision, which was right or wrong. */
  public ErrorRateDrift after(Decision decision) {
    long many = n + 1;
    long wrong = errors + (decision == Decision.WRONG ? 1 : 0);
    double rate = wrong / (double) many;
    double error = Math.sqrt(rate * (1 - rate) / many);
    return many >= QUIET && wrong > 0 && rate + error <= leastRate + leastError
        ? new ErrorRateDrift(many, wrong, rate, error)
        : new ErrorRateDrift(many, wrong, leastRate, leastError);
  }

  /** What a decision was. */
  public enum Decision {
    RIGHT,
    WRONG
  }

  /** How things stand. */
  public State state() {
    if (Double.isInfinite(leastRate)) {
      return State.STABLE;
    }
    double rate = errors / (double) n;
    double now = rate + Math.sqrt(rate * (1 - rate) / n);
    return now >= leastRate + ALARM * leastError
        ? State.DRIFT
        : now >= leastRate + WARNING * leastError ? State.WARNING : State.STABLE;
  }
}
