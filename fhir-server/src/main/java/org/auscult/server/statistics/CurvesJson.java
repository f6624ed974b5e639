package org.auscult.server.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.auscult.statistics.calibration.CalibrationBins;
import org.auscult.statistics.calibration.SmoothCurve;
import org.auscult.statistics.discrimination.CurvePoint;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.usefulness.NetBenefit;

/** ROC, precision and recall, calibration and decision curve as JSON. */
final class CurvesJson {
  private static final int MOST_POINTS = 201;

  private CurvesJson() {}

  /** Of these scores; empty lists of what needs probabilities if they are none. */
  static ObjectNode of(LabelledScores all) {
    ObjectNode curves = EstimateJson.JSON.createObjectNode();
    ArrayNode points = curves.putArray("points");
    CurvePoint.of(all, MOST_POINTS)
        .forEach(
            point ->
                points
                    .addObject()
                    .put("threshold", point.threshold())
                    .put("sensitivity", point.sensitivity())
                    .put("falsePositiveRate", point.falsePositiveRate())
                    .put("precision", point.precision()));
    ArrayNode bins = curves.putArray("calibration");
    ArrayNode smooth = curves.putArray("smooth");
    ArrayNode decisions = curves.putArray("decision");
    if (all.n() > 0 && all.areProbabilities()) {
      CalibrationBins.ofEqualCount(all).forEach(bin -> bins.add(object(bin)));
      List<Double> hundredths = hundredths();
      SmoothCurve.points(all, hundredths)
          .forEach(
              point ->
                  smooth
                      .addObject()
                      .put("score", point.score())
                      .put("observed", point.observed())
                      .set("interval", EstimateJson.of(point.interval())));
      NetBenefit.curve(all, hundredths)
          .forEach(
              point -> {
                ObjectNode one = decisions.addObject().put("threshold", point.threshold());
                one.set("model", EstimateJson.of(point.model()));
                one.set("all", EstimateJson.of(point.all()));
              });
    }
    return curves;
  }

  private static ObjectNode object(CalibrationBins.Bin bin) {
    ObjectNode object =
        EstimateJson.JSON
            .createObjectNode()
            .put("lower", bin.lower())
            .put("upper", bin.upper())
            .put("n", bin.n())
            .put("meanScore", bin.meanScore())
            .put("observed", bin.observed());
    object.set("interval", EstimateJson.of(bin.interval()));
    return object;
  }

  private static List<Double> hundredths() {
    List<Double> all = new ArrayList<>();
    for (int i = 1; i < 100; i++) {
      all.add(i / 100.0);
    }
    return all;
  }
}
