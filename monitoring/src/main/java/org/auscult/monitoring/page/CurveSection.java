package org.auscult.monitoring.page;

import java.util.ArrayList;
import java.util.List;
import org.auscult.monitoring.curve.ScoreCurves;
import org.auscult.monitoring.curve.ScoreCurves.Benefit;
import org.auscult.monitoring.curve.ScoreCurves.Bin;
import org.auscult.monitoring.curve.ScoreCurves.Cut;
import org.auscult.monitoring.plot.CurvePlots;
import org.auscult.monitoring.plot.Markup;

/** Calibration, ROC, precision-recall and decision curve, and their points as tables. */
final class CurveSection {
  private CurveSection() {}

  static void write(Markup page, ModelPage model) {
    page.element("h2", "Curves").line();
    ScoreCurves curves = model.curves();
    ReportSubject.Demand demand = model.subject().demand();
    if (demand != null && demand.cohort() != null) {
      page.element(
              "p",
              "Not told of a cohort: with everybody's curves they could tell of single people.")
          .line();
      return;
    }
    if (curves == null) {
      page.element(
              "p",
              "Not told: of fewer than two groups of neighbouring scores with more than ten events"
                  + " and more than ten others each, curves would tell of single people.")
          .line();
      return;
    }
    page.element(
            "p",
            "Of "
                + curves.n()
                + " labelled predictions. Between two neighbouring points lie more than ten events"
                + " and more than ten others; what lies between them is not told, and lines between"
                + " them are only lines.",
            "class",
            "soft")
        .line();
    page.open("div", "class", "plots").line();
    if (!curves.bins().isEmpty()) {
      plot(
          page,
          CurvePlots.calibration(curves),
          "Calibration. Dots with bars: groups of neighbouring scores. Line with band: a logistic"
              + " regression on a restricted cubic spline. Dashed: what was said is what came.");
    }
    plot(page, CurvePlots.roc(curves), "ROC curve. Dashed: a model that knows nothing.");
    plot(
        page,
        CurvePlots.precisionRecall(curves),
        "Precision and recall. Dashed: the share of events among all.");
    if (curves.cuts().stream().anyMatch(cut -> cut.benefit() != null)) {
      plot(
          page,
          CurvePlots.decision(curves),
          "Decision curve. Line with band: the model. Dotted: all are treated. Dashed: none is.");
    }
    page.close().line();
    bins(page, curves);
    cuts(page, curves);
  }

  private static void plot(Markup page, Markup svg, String caption) {
    page.open("figure").add(svg).element("figcaption", caption).close().line();
  }

  private static void bins(Markup page, ScoreCurves curves) {
    if (curves.bins().isEmpty()) {
      return;
    }
    Sheet.table(
        page,
        "bins",
        "The calibration curve's points; intervals are Wilson's",
        List.of("Mean score", "Share of events", "95 % interval", "n"));
    for (Bin bin : curves.bins()) {
      page.open("tr");
      Sheet.number(page, bin.meanScore());
      Sheet.number(page, bin.observed());
      page.open("td", "class", "number");
      Sheet.interval(page, bin.interval());
      page.close();
      Sheet.count(page, bin.n());
      page.close().line();
    }
    Sheet.endTable(page);
  }

  private static void cuts(Markup page, ScoreCurves curves) {
    boolean hasBenefit = curves.cuts().stream().anyMatch(cut -> cut.benefit() != null);
    List<String> heads =
        new ArrayList<>(
            List.of("Score at least", "Sensitivity", "False positive rate", "Precision"));
    if (hasBenefit) {
      heads.addAll(List.of("Net benefit", "95 % interval", "If all are treated"));
    }
    Sheet.table(page, "cuts", "The points of the other curves", heads);
    for (Cut cut : curves.cuts()) {
      page.open("tr");
      Sheet.number(page, cut.threshold());
      Sheet.number(page, cut.sensitivity());
      Sheet.number(page, cut.falsePositiveRate());
      Sheet.number(page, cut.precision());
      Benefit benefit = cut.benefit();
      if (benefit != null) {
        Sheet.number(page, benefit.model());
        page.open("td", "class", "number");
        Sheet.interval(page, benefit.interval());
        page.close();
        Sheet.number(page, benefit.all());
      } else if (hasBenefit) {
        page.element("td", "none at this threshold", "colspan", "3");
      }
      page.close().line();
    }
    Sheet.endTable(page);
  }
}
