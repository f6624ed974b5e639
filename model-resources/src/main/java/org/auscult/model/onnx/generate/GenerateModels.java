package org.auscult.model.onnx.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.model.onnx.OnnxScorer;

/**
 * Writes the ONNX files of the starter models from their published coefficients, and that of the
 * simulated year from those made up for it. The order of columns is the order of {@code
 * model-input} in the models' resources.
 */
public final class GenerateModels {
  private static final List<String> OUTPUTS = List.of("total_cvd", "ascvd", "heart_failure");

  private GenerateModels() {}

  /**
   * Reads {@code prevent-2023.json}, {@code ckd-epi-2021.json}, {@code news2.json}, {@code
   * kfre-4var.json} and {@code simulated-hospital-death.json}; writes the same names with {@code
   * .onnx}, of KFRE for each calibration region.
   *
   * @param arguments folder of the coefficients, folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Files.createDirectories(Path.of(arguments[1]));
    ObjectMapper json = new ObjectMapper();
    Files.write(
        to.resolve("prevent-2023.onnx"),
        prevent(json.readTree(from.resolve("prevent-2023.json").toFile()).get("coefficients")));
    Files.write(
        to.resolve("ckd-epi-2021.onnx"),
        ckdEpi(json.readTree(from.resolve("ckd-epi-2021.json").toFile())));
    Files.write(
        to.resolve("news2.onnx"), news2(json.readTree(from.resolve("news2.json").toFile())));
    JsonNode kfre = json.readTree(from.resolve("kfre-4var.json").toFile());
    Files.write(to.resolve("kfre-4var-north-america.onnx"), kfre(kfre, "north_american"));
    Files.write(to.resolve("kfre-4var-non-north-america.onnx"), kfre(kfre, "non_north_american"));
    Files.write(
        to.resolve("simulated-hospital-death.onnx"),
        simulatedDeath(json.readTree(from.resolve("simulated-hospital-death.json").toFile())));
  }

  /**
   * PREVENT 2023, base model: age (a), sex (1 female), total cholesterol and HDL (mg/dL), systolic
   * pressure (mm[Hg]), BMI (kg/m2), eGFR (mL/min/{1.73_m2}), diabetes, smoking, antihypertensive,
   * statin (1/0). Splines and interactions as published; sex chooses the coefficients.
   */
  static byte[] prevent(JsonNode coefficients) {
    Graph g = new Graph("prevent-2023");
    String x = g.input(OnnxScorer.FEATURES, 11);
    String sex = g.column(x, 1);
    Map<String, String> terms = terms(g, x);
    List<String> names = new ArrayList<>();
    coefficients.get("female").get("total_cvd").fieldNames().forEachRemaining(names::add);
    List<String> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(term(g, terms, name));
    }
    String design = g.beside(columns);
    String female = g.product(design, g.matrix(betas(coefficients.get("female"), names)));
    String male = g.product(design, g.matrix(betas(coefficients.get("male"), names)));
    String isMale = g.subtract(g.constant(1), sex);
    String margin = g.add(g.multiply(female, sex), g.multiply(male, isMale));
    g.output(margin, OnnxScorer.MARGIN, OUTPUTS.size());
    g.output(g.logistic(margin), OnnxScorer.VALUE, OUTPUTS.size());
    return g.bytes();
  }

  private static Map<String, String> terms(Graph g, String x) {
    String totalCholesterol = g.column(x, 2);
    String hdl = g.column(x, 3);
    String systolic = g.column(x, 4);
    String bmi = g.column(x, 5);
    String egfr = g.column(x, 6);
    String perMmol = g.constant(0.02586);
    Map<String, String> terms = new HashMap<>();
    terms.put("age10", scaled(g, g.column(x, 0), 55, 10));
    terms.put(
        "nonhdl",
        g.subtract(g.multiply(g.subtract(totalCholesterol, hdl), perMmol), g.constant(3.5)));
    terms.put("hdl", scaled(g, g.multiply(hdl, perMmol), 1.3, 0.3));
    terms.put("sbp_lt110", scaled(g, g.min(systolic, g.constant(110)), 110, 20));
    terms.put("sbp_ge110", scaled(g, g.max(systolic, g.constant(110)), 130, 20));
    terms.put("bmi_lt30", scaled(g, g.min(bmi, g.constant(30)), 25, 5));
    terms.put("bmi_ge30", scaled(g, g.max(bmi, g.constant(30)), 30, 5));
    terms.put("egfr_lt60", scaled(g, g.min(egfr, g.constant(60)), 60, -15));
    terms.put("egfr_ge60", scaled(g, g.max(egfr, g.constant(60)), 90, -15));
    terms.put("dm", g.column(x, 7));
    terms.put("smoking", g.column(x, 8));
    terms.put("bp_tx", g.column(x, 9));
    terms.put("statin", g.column(x, 10));
    // A column of ones, whatever the row holds.
    String zero = g.multiply(totalCholesterol, g.constant(0));
    terms.put("constant", g.add(zero, g.constant(1)));
    return terms;
  }

  private static String term(Graph g, Map<String, String> terms, String name) {
    int times = name.indexOf('*');
    if (times < 0) {
      return known(terms, name);
    }
    return g.multiply(
        known(terms, name.substring(0, times)), known(terms, name.substring(times + 1)));
  }

  private static String known(Map<String, String> terms, String name) {
    String term = terms.get(name);
    if (term == null) {
      throw new IllegalArgumentException("The coefficients name a term that is not known: " + name);
    }
    return term;
  }

  private static String scaled(Graph g, String value, double centre, double per) {
    return g.divide(g.subtract(value, g.constant(centre)), g.constant(per));
  }

  private static double[][] betas(JsonNode bySex, List<String> names) {
    double[][] betas = new double[names.size()][OUTPUTS.size()];
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < OUTPUTS.size(); j++) {
        betas[i][j] = bySex.get(OUTPUTS.get(j)).get(names.get(i)).doubleValue();
      }
    }
    return betas;
  }

  /**
   * CKD-EPI 2021 by creatinine: creatinine (mg/dL), age (a), sex (1 female). The margin is the
   * natural logarithm of the eGFR, on which the formula's factors add up.
   */
  static byte[] ckdEpi(JsonNode model) {
    JsonNode female = model.get("coefficients").get("female");
    JsonNode male = model.get("coefficients").get("male");
    JsonNode constants = model.get("constants");
    Graph g = new Graph("ckd-epi-2021");
    String x = g.input(OnnxScorer.FEATURES, 3);
    String sex = g.column(x, 2);
    String isMale = g.subtract(g.constant(1), sex);
    String kappa = bySex(g, sex, isMale, female.get("k"), male.get("k"));
    String alpha = bySex(g, sex, isMale, female.get("a"), male.get("a"));
    String ratio = g.divide(g.column(x, 0), kappa);
    String one = g.constant(1);
    String below = g.multiply(alpha, g.log(g.min(ratio, one)));
    String above =
        g.multiply(g.constant(constants.get("above").doubleValue()), g.log(g.max(ratio, one)));
    String age =
        g.multiply(g.column(x, 1), g.constant(Math.log(constants.get("age").doubleValue())));
    String bySex = g.multiply(sex, g.constant(Math.log(constants.get("female").doubleValue())));
    String scale = g.constant(Math.log(constants.get("scale").doubleValue()));
    String margin = g.add(g.add(g.add(g.add(scale, below), above), age), bySex);
    g.output(margin, OnnxScorer.MARGIN, 1);
    g.output(g.exp(margin), OnnxScorer.VALUE, 1);
    return g.bytes();
  }

  /**
   * KFRE with four variables: age (a), sex (1 female), eGFR (mL/min/{1.73_m2}), albumin/creatinine
   * ratio in urine (mg/g); risks of kidney failure within two and within five years. The margin is
   * ln(−ln(1 − risk)), on which the terms add up and the baseline survival of the region and the
   * horizon is one more constant.
   */
  static byte[] kfre(JsonNode model, String region) {
    JsonNode coefficients = model.get("coefficients");
    JsonNode survival = model.get("s0").get(region);
    Graph g = new Graph("kfre-4var-" + region);
    String x = g.input(OnnxScorer.FEATURES, 4);
    String isMale = g.subtract(g.constant(1), g.column(x, 1));
    String hazard =
        g.add(
            g.add(
                centred(g, g.column(x, 0), coefficients.get("age")),
                centred(g, isMale, coefficients.get("male"))),
            g.add(
                centred(g, g.column(x, 2), coefficients.get("egfr")),
                centred(g, g.log(g.column(x, 3)), coefficients.get("ln_uacr"))));
    List<String> margins = new ArrayList<>();
    for (String years : List.of("2", "5")) {
      double baseline = Math.log(-Math.log(survival.get(years).doubleValue()));
      margins.add(g.add(hazard, g.constant(baseline)));
    }
    String margin = g.beside(margins);
    g.output(margin, OnnxScorer.MARGIN, margins.size());
    String survives = g.exp(g.multiply(g.exp(margin), g.constant(-1)));
    g.output(g.subtract(g.constant(1), survives), OnnxScorer.VALUE, margins.size());
    return g.bytes();
  }

  /**
   * The model of the simulated year, whose numbers are made up: age (a), creatinine (mg/dL), sodium
   * (mmol/L), systolic pressure (mm[Hg]), pulse (/min), respiratory rate (/min); a logistic
   * regression on these, of creatinine on its natural logarithm.
   */
  static byte[] simulatedDeath(JsonNode model) {
    JsonNode coefficients = model.get("coefficients");
    Graph g = new Graph("simulated-hospital-death");
    String x = g.input(OnnxScorer.FEATURES, 6);
    String margin = g.constant(model.get("intercept").doubleValue());
    List<String> columns =
        List.of("age", "ln_creatinine", "sodium", "systolic_pressure", "pulse", "respiratory_rate");
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i);
      JsonNode term = coefficients.get(name);
      String value = name.startsWith("ln_") ? g.log(g.column(x, i)) : g.column(x, i);
      String step =
          scaled(g, value, term.get("centre").doubleValue(), term.get("per").doubleValue());
      margin = g.add(margin, g.multiply(step, g.constant(term.get("beta").doubleValue())));
    }
    g.output(margin, OnnxScorer.MARGIN, 1);
    g.output(g.logistic(margin), OnnxScorer.VALUE, 1);
    return g.bytes();
  }

  private static String centred(Graph g, String value, JsonNode term) {
    String scaled = g.divide(value, g.constant(term.get("per").doubleValue()));
    return g.multiply(
        g.subtract(scaled, g.constant(term.get("centre").doubleValue())),
        g.constant(term.get("beta").doubleValue()));
  }

  /**
   * NEWS2: respiratory rate (/min), oxygen saturation (%), supplemental oxygen (1/0), SpO2 scale 2
   * designated (1/0), systolic pressure (mm[Hg]), pulse (/min), altered consciousness (1/0),
   * temperature (Cel). Points: the total, then those of the seven parameters. Points add up, so the
   * margin is the value.
   *
   * <p>Bands are inclusive and in whole steps; a value between two of them counts as the nearer
   * one, halves up. So a band begins half a step below its first value.
   */
  static byte[] news2(JsonNode model) {
    JsonNode table = model.get("table");
    JsonNode steps = model.get("rounding");
    Graph g = new Graph("news2");
    String x = g.input(OnnxScorer.FEATURES, 8);
    String saturation = g.column(x, 1);
    String oxygen = g.column(x, 2);
    String scale2 = g.column(x, 3);
    String isAir = g.subtract(g.constant(1), oxygen);
    String isScale1 = g.subtract(g.constant(1), scale2);
    JsonNode step = steps.get("spo2");
    String onScale2 =
        g.add(
            g.multiply(isAir, points(g, saturation, table.get("spo2_scale2_air"), step)),
            g.multiply(oxygen, points(g, saturation, table.get("spo2_scale2_oxygen"), step)));
    List<String> parts =
        List.of(
            points(g, g.column(x, 0), table.get("rr"), steps.get("rr")),
            g.add(
                g.multiply(isScale1, points(g, saturation, table.get("spo2_scale1"), step)),
                g.multiply(scale2, onScale2)),
            g.multiply(oxygen, g.constant(table.get("supplemental_o2").get("true").doubleValue())),
            points(g, g.column(x, 4), table.get("sbp"), steps.get("sbp")),
            points(g, g.column(x, 5), table.get("hr"), steps.get("hr")),
            g.multiply(
                g.column(x, 6), g.constant(table.get("consciousness").get("C").doubleValue())),
            points(g, g.column(x, 7), table.get("temp"), steps.get("temp")));
    String total = parts.get(0);
    for (String part : parts.subList(1, parts.size())) {
      total = g.add(total, part);
    }
    List<String> outputs = new ArrayList<>(List.of(total));
    outputs.addAll(parts);
    String value = g.beside(outputs);
    g.output(value, OnnxScorer.MARGIN, outputs.size());
    g.output(value, OnnxScorer.VALUE, outputs.size());
    return g.bytes();
  }

  /** Points by bands {@code [first, last, points]} from the lowest to the highest. */
  private static String points(Graph g, String value, JsonNode bands, JsonNode step) {
    BigDecimal half = step.decimalValue().divide(BigDecimal.valueOf(2));
    String points =
        g.add(g.multiply(value, g.constant(0)), g.constant(bands.get(0).get(2).doubleValue()));
    for (int i = 1; i < bands.size(); i++) {
      BigDecimal from = bands.get(i).get(0).decimalValue().subtract(half);
      double more = bands.get(i).get(2).doubleValue() - bands.get(i - 1).get(2).doubleValue();
      String reached = g.isAtLeast(value, g.constant(from.doubleValue()));
      points = g.add(points, g.multiply(reached, g.constant(more)));
    }
    return points;
  }

  private static String bySex(
      Graph g, String isFemale, String isMale, JsonNode female, JsonNode male) {
    return g.add(
        g.multiply(isFemale, g.constant(female.doubleValue())),
        g.multiply(isMale, g.constant(male.doubleValue())));
  }
}
