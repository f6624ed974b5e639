package org.auscult.statistics.usefulness;

import org.auscult.statistics.discrimination.Confusion;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.Proportion;

/** How many flagged must be looked at to find one event: 1 / PPV. */
public final class NumberNeededToEvaluate {
  private NumberNeededToEvaluate() {}

  /** Of what was counted at this threshold; its interval is that of PPV, turned over. */
  public static Estimate of(Confusion cells, double threshold) {
    Definition definition =
        Definition.of("nne", "1 / ppv")
            .with("threshold", threshold)
            .with("threshold rule", "flagged if score >= threshold");
    if (cells.truePositives() == 0) {
      return definition.unknown(
          cells.flagged(), Reason.EMPTY_CELL, "no flagged row has the event, so it has no end");
    }
    Proportion ppv = new Proportion(cells.truePositives(), cells.flagged());
    Interval interval = ppv.wilson();
    return definition
        .known(cells.flagged(), 1 / ppv.share())
        .with(Interval.of(1 / interval.upper(), 1 / interval.lower(), "wilson of ppv, inverted"));
  }
}
