package org.auscult.monitoring.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.auscult.monitoring.curve.ScoreCurves;
import org.auscult.monitoring.curve.ScoreCurves.Benefit;
import org.auscult.monitoring.curve.ScoreCurves.Bin;
import org.auscult.monitoring.curve.ScoreCurves.Cut;
import org.auscult.monitoring.plot.Plot.Labelled;
import org.auscult.monitoring.plot.Plot.Point;
import org.auscult.monitoring.plot.Plot.Size;
import org.auscult.monitoring.plot.Plot.Words;

/** The four curves of labelled scores. */
public final class CurvePlots {
  private CurvePlots() {}

  /** Sensitivity by false positives. */
  public static Markup roc(ScoreCurves curves) {
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0));
    falling(curves)
        .forEach(cut -> points.add(new Point(cut.falsePositiveRate(), cut.sensitivity())));
    points.add(new Point(1, 1));
    Plot plot =
        new Plot(
            new Words(
                "roc",
                "ROC curve",
                "Sensitivity against the false positive rate at "
                    + curves.cuts().size()
                    + " thresholds; the values are in the table of points. A model that knows"
                    + " nothing lies on the diagonal."),
            Size.CURVE,
            new Labelled(Axis.ofShares(), "false positive rate"),
            new Labelled(Axis.ofShares(), "sensitivity"));
    plot.curve("reference", List.of(new Point(0, 0), new Point(1, 1)));
    plot.curve("model", points);
    points.subList(1, points.size() - 1).forEach(point -> plot.dot("model-dot", point));
    return plot.drawn();
  }

  /** Precision by sensitivity. */
  public static Markup precisionRecall(ScoreCurves curves) {
    double prevalence = curves.events() / (double) curves.n();
    List<Point> points = new ArrayList<>();
    falling(curves).forEach(cut -> points.add(new Point(cut.sensitivity(), cut.precision())));
    points.add(new Point(1, prevalence));
    Plot plot =
        new Plot(
            new Words(
                "precision-recall",
                "Precision and recall",
                "Share of events among the flagged against sensitivity at "
                    + curves.cuts().size()
                    + " thresholds; the values are in the table of points. If all are flagged it is"
                    + " "
                    + Digits.shown(prevalence)
                    + "."),
            Size.CURVE,
            new Labelled(Axis.ofShares(), "sensitivity (recall)"),
            new Labelled(Axis.ofShares(), "precision (PPV)"));
    plot.curve("reference", List.of(new Point(0, prevalence), new Point(1, prevalence)));
    plot.curve("model", points);
    points.forEach(point -> plot.dot("model-dot", point));
    return plot.drawn();
  }

  private static List<Cut> falling(ScoreCurves curves) {
    return curves.cuts().stream()
        .sorted(Comparator.comparingDouble(Cut::threshold).reversed())
        .toList();
  }

  /** What was observed by what was said. */
  public static Markup calibration(ScoreCurves curves) {
    Axis axis =
        Axis.covering(
            DoubleStream.concat(
                DoubleStream.of(0),
                curves.bins().stream()
                    .flatMapToDouble(
                        bin -> DoubleStream.of(bin.meanScore(), bin.interval().upper()))));
    Plot plot =
        new Plot(
            new Words(
                "calibration",
                "Calibration curve",
                "Share of events, with its interval, against the mean score of "
                    + curves.bins().size()
                    + " groups of neighbouring scores, and a smooth curve with its interval; the"
                    + " values are in the table. A model that is right lies on the diagonal."),
            Size.CURVE,
            new Labelled(axis, "mean score"),
            new Labelled(axis, "share of events"));
    plot.band(
        "model-band",
        curves.smooth().stream().map(p -> new Point(p.score(), p.interval().lower())).toList(),
        curves.smooth().stream().map(p -> new Point(p.score(), p.interval().upper())).toList());
    plot.curve("reference", List.of(new Point(0, 0), new Point(axis.to(), axis.to())));
    plot.curve(
        "model", curves.smooth().stream().map(p -> new Point(p.score(), p.observed())).toList());
    for (Bin bin : curves.bins()) {
      plot.interval(
          "model-interval", bin.meanScore(), bin.interval().lower(), bin.interval().upper());
      plot.dot("model-dot", new Point(bin.meanScore(), bin.observed()));
    }
    return plot.drawn();
  }

  /** Net benefit by threshold. */
  public static Markup decision(ScoreCurves curves) {
    List<Cut> cuts = curves.cuts().stream().filter(cut -> cut.benefit() != null).toList();
    double most = cuts.stream().mapToDouble(cut -> upper(benefit(cut))).max().orElse(0);
    double least = cuts.stream().mapToDouble(cut -> lower(benefit(cut))).min().orElse(0);
    Axis benefit = Axis.covering(DoubleStream.of(Math.max(least, -most), Math.max(most, 1e-3), 0));
    Plot plot =
        new Plot(
            new Words(
                "decision",
                "Decision curve",
                "Net benefit, with its interval, of acting on the model, of treating all, and of"
                    + " treating none, which is 0, at "
                    + cuts.size()
                    + " thresholds; the values are in the table of points."),
            Size.CURVE,
            new Labelled(
                Axis.covering(
                    DoubleStream.concat(
                        DoubleStream.of(0), cuts.stream().mapToDouble(Cut::threshold))),
                "threshold"),
            new Labelled(benefit, "net benefit"));
    plot.band(
        "model-band",
        cuts.stream().map(cut -> new Point(cut.threshold(), lower(benefit(cut)))).toList(),
        cuts.stream().map(cut -> new Point(cut.threshold(), upper(benefit(cut)))).toList());
    plot.curve(
        "all", cuts.stream().map(cut -> new Point(cut.threshold(), benefit(cut).all())).toList());
    plot.level("reference", 0, "none treated");
    plot.curve(
        "model",
        cuts.stream().map(cut -> new Point(cut.threshold(), benefit(cut).model())).toList());
    cuts.forEach(cut -> plot.dot("model-dot", new Point(cut.threshold(), benefit(cut).model())));
    return plot.drawn();
  }

  private static Benefit benefit(Cut cut) {
    return Objects.requireNonNull(cut.benefit());
  }

  private static double lower(Benefit benefit) {
    return benefit.interval() == null ? benefit.model() : benefit.interval().lower();
  }

  private static double upper(Benefit benefit) {
    return benefit.interval() == null ? benefit.model() : benefit.interval().upper();
  }
}
