package org.auscult.statistics.calibration;

import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;

/** What calibration asks of scores. */
final class Probabilities {
  /** How close to 0 and 1 a probability may come before its logit is taken. */
  static final double CLIP = 1e-15;

  private Probabilities() {}

  static Estimate refuse(Definition definition, LabelledScores scores) {
    return refuse(definition, scores.n());
  }

  static Estimate refuse(Definition definition, long n) {
    return definition.unknown(n, Reason.NOT_A_PROBABILITY, "scores lie outside 0 to 1");
  }

  static double logit(double p) {
    double clipped = Math.min(1 - CLIP, Math.max(CLIP, p));
    return Math.log(clipped / (1 - clipped));
  }
}
