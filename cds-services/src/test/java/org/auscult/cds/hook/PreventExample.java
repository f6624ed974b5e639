package org.auscult.cds.hook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.auscult.feature.Arguments;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.Range;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.model.Criterion;
import org.auscult.model.ModelCatalog;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.onnx.OnnxScorer;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.PredictionService;
import org.auscult.serving.Breaker;
import org.auscult.serving.DeploymentRunner;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;

/** PREVENT 2023 with few codes, over the ONNX file that the build generates. */
final class PreventExample {
  static final String MODEL = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";
  static final String CKD_EPI = "https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0";
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private static final String BASE = "https://auscult.org/fhir/Library/";
  private static final String YES = BASE + "smoker|1";
  private static final String NO = BASE + "non-smoker|1";

  private PreventExample() {}

  static ModelCatalog catalog() {
    Map<String, RegisteredModel> models =
        Map.of(
            MODEL, new RegisteredModel(model(), features(), scorer("prevent-2023", 11, 3)),
            CKD_EPI, new RegisteredModel(ckdEpi(), creatinine(), scorer("ckd-epi-2021", 3, 1)));
    return canonical -> Optional.ofNullable(models.get(canonical));
  }

  static PredictionService predictions(ModelCatalog catalog) {
    return new PredictionService(catalog, new FeatureEvaluator(CodeUnits.standard(), ZONE));
  }

  static OrderCheckService orderChecks(ModelCatalog catalog, OrderRulesCatalog rules) {
    return new OrderCheckService(
        rules, predictions(catalog), new FeatureEvaluator(CodeUnits.standard(), ZONE));
  }

  /** Runs deployments on threads of its own, which end when idle. */
  static DeploymentRunner runner(ModelCatalog catalog, OrderCheckService orderChecks) {
    return new DeploymentRunner(
        predictions(catalog),
        orderChecks,
        ForkJoinPool.commonPool(),
        new Breaker(5, Duration.ofSeconds(30), Clock.systemUTC()));
  }

  private static OnnxScorer scorer(String name, int inputs, int outputs) {
    try (var in =
        Objects.requireNonNull(
            PreventExample.class.getResourceAsStream(
                "/org/auscult/model/artifacts/" + name + ".onnx"))) {
      return OnnxScorer.load(in.readAllBytes(), inputs, outputs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PredictionModel model() {
    return new PredictionModel(
        BASE + "prevent-2023",
        "1.0.0",
        "prevent-2023",
        "PREVENT 2023 base model",
        features().canonical(),
        OutputKind.PROBABILITY,
        List.of(
            input("age", "age", "a", "30", "79", 55.0),
            input("sex", "sex", "1", "0", "1", null),
            input("total-c", "total cholesterol", "mg/dL", "130", "320", 180.0),
            input("hdl-c", "HDL cholesterol", "mg/dL", "20", "100", 50.0),
            input("sbp", "systolic blood pressure", "mm[Hg]", "90", "200", 120.0),
            input("bmi", "body mass index", "kg/m2", "18.5", "39.99", 25.0),
            input("egfr", "eGFR", "mL/min/{1.73_m2}", "15", "140", 95.0),
            input("dm", "diabetes", "1", null, null, 0.0),
            input("smoking", "current smoking", "1", null, null, 0.0),
            input("bp-tx", "blood pressure treatment", "1", null, null, 0.0),
            input("statin", "statin", "1", null, null, 0.0)),
        List.of(
            output("total_cvd", "cardiovascular disease"),
            output("ascvd", "atherosclerotic cardiovascular disease"),
            output("heart_failure", "heart failure")),
        List.of(
            new Criterion(
                "known-cvd",
                new Criterion.Rule.MustBeFalse(),
                "known-cvd",
                "has known cardiovascular disease")),
        null,
        "Khan 2024");
  }

  private static PredictionModel ckdEpi() {
    return new PredictionModel(
        BASE + "ckd-epi-2021",
        "1.0.0",
        "ckd-epi-2021",
        "CKD-EPI 2021",
        creatinine().canonical(),
        OutputKind.VALUE,
        List.of(
            input("creatinine", "creatinine", "mg/dL", null, null, 0.9),
            input("age", "age", "a", null, null, null),
            input("sex", "sex", "1", null, null, null)),
        List.of(new ModelOutput("egfr", "eGFR", "mL/min/{1.73_m2}", null, null)),
        List.of(),
        null,
        "Inker 2021");
  }

  private static ResolvedFeatureSet creatinine() {
    return new ResolvedFeatureSet(
        BASE + "ckd-epi-features",
        "1.0.0",
        "ckd-epi",
        List.of(
            measured("creatinine", "creatinine", "2160-0", "mg/dL"),
            person("age", "age", Operator.AGE, "a"),
            person("sex", "sex", Operator.SEX, "1")));
  }

  private static ModelOutput output(String name, String title) {
    return new ModelOutput(name, title, "1", new Lookback(10, Lookback.Unit.YEAR), null);
  }

  private static ModelInput input(
      String name,
      String title,
      String unit,
      @Nullable String low,
      @Nullable String high,
      @Nullable Double reference) {
    Range valid = low == null || high == null ? null : Range.of(low, high);
    String fallback = name.equals("egfr") ? CKD_EPI : null;
    return new ModelInput(name, title, unit, name, valid, fallback, reference);
  }

  private static ResolvedFeatureSet features() {
    List<ResolvedFeature> features = new ArrayList<>();
    features.add(person("age", "age", Operator.AGE, "a"));
    features.add(person("sex", "sex", Operator.SEX, "1"));
    features.add(measured("total-c", "total cholesterol", "2093-3", "mg/dL"));
    features.add(measured("hdl-c", "HDL cholesterol", "2085-9", "mg/dL"));
    features.add(measured("sbp", "systolic blood pressure", "8480-6", "mm[Hg]"));
    features.add(measured("bmi", "body mass index", "39156-5", "kg/m2"));
    features.add(measured("egfr", "eGFR", "98979-8", "mL/min/{1.73_m2}"));
    features.add(exists("dm", "diabetes", ResourceKind.CONDITION, Code.snomed("44054006")));
    features.add(smoking());
    features.add(
        exists("bp-tx", "antihypertensive", ResourceKind.MEDICATION_REQUEST, RX_LISINOPRIL));
    features.add(exists("statin", "statin", ResourceKind.MEDICATION_REQUEST, RX_STATIN));
    features.add(exists("known-cvd", "known CVD", ResourceKind.CONDITION, Code.snomed("22298006")));
    return new ResolvedFeatureSet(BASE + "prevent-features", "1.0.0", "prevent", features);
  }

  static final Code RX_LISINOPRIL = Code.rxnorm("314076");
  static final Code RX_STATIN = Code.rxnorm("259255");

  private static ResolvedFeature person(String name, String title, Operator operator, String unit) {
    return ResolvedFeature.of(definition(name, title, operator, null, List.of(), unit, null));
  }

  private static ResolvedFeature measured(String name, String title, String loinc, String unit) {
    return ResolvedFeature.of(
        definition(
            name,
            title,
            Operator.LATEST,
            ResourceKind.OBSERVATION,
            List.of(Code.loinc(loinc)),
            unit,
            null));
  }

  private static ResolvedFeature exists(String name, String title, ResourceKind kind, Code code) {
    return ResolvedFeature.of(
        definition(name, title, Operator.EXISTS, kind, List.of(code), "1", null));
  }

  private static ResolvedFeature smoking() {
    FeatureDefinition definition =
        definition(
            "smoking",
            "smoking status",
            Operator.LATEST,
            ResourceKind.OBSERVATION,
            List.of(Code.loinc("72166-2")),
            "1",
            new CodedAnswers(YES, NO));
    return new ResolvedFeature(
        definition,
        Set.copyOf(definition.codes()),
        Set.of(Code.snomed("449868002")),
        Set.of(Code.snomed("266919005"), Code.snomed("8517006")));
  }

  private static FeatureDefinition definition(
      String name,
      String title,
      Operator operator,
      @Nullable ResourceKind kind,
      List<Code> codes,
      String unit,
      @Nullable CodedAnswers answers) {
    return new FeatureDefinition(
        BASE + name,
        "1.0.0",
        name,
        title,
        operator,
        kind == null ? null : Selection.of(kind, codes),
        Window.WHOLE_RECORD,
        unit,
        null,
        new MissingPolicy.Report(),
        answers,
        Arguments.NONE);
  }
}
