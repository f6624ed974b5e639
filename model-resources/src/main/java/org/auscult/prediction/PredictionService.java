package org.auscult.prediction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.explanation.Explanation;
import org.auscult.explanation.ShapleyExplainer;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.Range;
import org.auscult.model.Criterion;
import org.auscult.model.InputSpread;
import org.auscult.model.ModelCatalog;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;

/**
 * Predicts for one patient: features, eligibility, inputs, score, explanation. It stores nothing
 * and shows nothing; who calls it stores first and shows second.
 *
 * <p>Order of judgement: a patient for whom the model is not made gets no number, whatever is
 * missing; then missing or invalid inputs; values are never clamped into range.
 */
public final class PredictionService {
  private static final int DEEPEST_FALLBACK = 3;

  private final ModelCatalog models;
  private final FeatureEvaluator evaluator;

  public PredictionService(ModelCatalog models, FeatureEvaluator evaluator) {
    this.models = models;
    this.evaluator = evaluator;
  }

  /**
   * What to read of a timeline for a model, and for the models that it falls back to.
   *
   * @throws UnknownModelException if one of them is not registered
   */
  public List<Need> needs(String model) {
    Set<Need> needs = new LinkedHashSet<>();
    for (RegisteredModel registered : withFallbacks(model)) {
      needs.addAll(registered.features().needs());
    }
    return List.copyOf(needs);
  }

  /** A model and those that it may fall back to, itself first. */
  public List<RegisteredModel> withFallbacks(String model) {
    List<RegisteredModel> found = new ArrayList<>();
    collect(model, found, 0);
    return found;
  }

  private void collect(String model, List<RegisteredModel> found, int depth) {
    if (depth > DEEPEST_FALLBACK
        || found.stream().anyMatch(m -> m.model().canonical().equals(model))) {
      return;
    }
    RegisteredModel registered = find(model);
    found.add(registered);
    for (ModelInput input : registered.model().inputs()) {
      String fallback = input.fallbackModel();
      if (fallback != null) {
        collect(fallback, found, depth + 1);
      }
    }
  }

  /**
   * Runs a model, and before it those whose output it had to fall back to.
   *
   * @param first index of the first run
   * @return the runs in the order of their indices; the last one is the model's own
   * @throws UnknownModelException if a model is not registered
   */
  public List<ModelRun> predict(String model, PatientTimeline timeline, AsOf asOf, int first) {
    List<ModelRun> runs = new ArrayList<>();
    run(find(model), timeline.asOf(asOf), first, runs, 0);
    return runs;
  }

  private ModelRun run(
      RegisteredModel model, PatientSnapshot snapshot, int first, List<ModelRun> runs, int depth) {
    FeatureVector vector = evaluator.evaluate(model.features(), snapshot);
    Result result = judge(model, vector, snapshot, first, runs, depth);
    ModelRun run = new ModelRun(first + runs.size(), model.model().canonical(), vector, result);
    runs.add(run);
    return run;
  }

  private Result judge(
      RegisteredModel model,
      FeatureVector vector,
      PatientSnapshot snapshot,
      int first,
      List<ModelRun> runs,
      int depth) {
    return new Judging(model, vector, snapshot, first, runs, depth).result();
  }

  private static List<Reason> distinct(List<Reason> reasons) {
    return List.copyOf(new LinkedHashSet<>(reasons));
  }

  /** One patient before one model. */
  private final class Judging {
    private final RegisteredModel model;
    private final FeatureVector vector;
    private final PatientSnapshot snapshot;
    private final int first;
    private final List<ModelRun> runs;
    private final int depth;
    private final List<Reason> notFor = new ArrayList<>();
    private final List<Reason> missing = new ArrayList<>();

    /** What stands in for inputs, by their names; each other model runs once. */
    private final Map<String, Optional<InputValue>> standIns = new HashMap<>();

    Judging(
        RegisteredModel model,
        FeatureVector vector,
        PatientSnapshot snapshot,
        int first,
        List<ModelRun> runs,
        int depth) {
      this.model = model;
      this.vector = vector;
      this.snapshot = snapshot;
      this.first = first;
      this.runs = runs;
      this.depth = depth;
    }

    Result result() {
      List<Criterion> open = new ArrayList<>();
      for (Criterion criterion : model.model().eligibility()) {
        judge(criterion, open);
      }
      if (notFor.isEmpty()) {
        open.forEach(this::judgeByStandIn);
      }
      if (!notFor.isEmpty()) {
        return new NotEligible(notFor);
      }
      List<InputValue> inputs = new ArrayList<>();
      for (ModelInput input : model.model().inputs()) {
        input(input).ifPresent(inputs::add);
      }
      InputSpread spread = model.model().spread();
      if (spread != null) {
        judge(spread, inputs.stream().filter(i -> spread.inputs().contains(i.input())).toList());
      }
      return missing.isEmpty() ? score(model, inputs) : new NotAssessed(distinct(missing));
    }

    /** Judges by the record alone; where an input's stand-in may tell, the criterion stays open. */
    private void judge(Criterion criterion, List<Criterion> open) {
      FeatureValue value = valueOf(vector, criterion.feature());
      if (value instanceof Present present) {
        judge(criterion, present.value(), present.evidence());
      } else if (value instanceof Missing why) {
        if (!criterion.rule().admitsUnknown()) {
          notFor.add(
              new Reason(criterion.code(), criterion.feature(), criterion.text(), List.of()));
        } else if (inputWithFallback(criterion.feature()).isPresent()) {
          open.add(criterion);
        } else {
          missing.add(reason(criterion.feature(), title(vector, criterion.feature()), why));
        }
      }
    }

    private void judge(Criterion criterion, double value, List<String> evidence) {
      if (!criterion.rule().admits(value)) {
        notFor.add(new Reason(criterion.code(), criterion.feature(), criterion.text(), evidence));
      }
    }

    /** What is dated to the day alone cannot be shown to be of the set. */
    private void judge(InputSpread spread, List<InputValue> set) {
      Instant newest =
          set.stream()
              .map(InputValue::effective)
              .filter(Objects::nonNull)
              .max(Comparator.naturalOrder())
              .orElse(Instant.EPOCH);
      for (InputValue value : set) {
        Instant measured = value.effective();
        String title =
            model.model().input(value.input()).map(ModelInput::title).orElse(value.input());
        if (measured == null || !isTimed(value)) {
          missing.add(notOfSet(value, title + ": recorded without a time of day"));
        } else if (!spread.joins(measured, newest)) {
          missing.add(
              notOfSet(
                  value,
                  "%s: recorded at %s, more than %d %s before the newest value of the set, %s"
                      .formatted(
                          title,
                          measured,
                          spread.within().amount(),
                          spread.within().unit().ucum(),
                          newest)));
        }
      }
    }

    private Reason notOfSet(InputValue value, String text) {
      return new Reason(ReasonCode.NOT_OF_THIS_SET.code(), value.input(), text, value.evidence());
    }

    /** Whether every fact behind a value is dated with a time of day. */
    private boolean isTimed(InputValue value) {
      return model
          .model()
          .input(value.input())
          .flatMap(input -> model.features().feature(input.feature()))
          .filter(feature -> feature.definition().kind() != null)
          .map(
              feature ->
                  snapshot
                      .facts(Objects.requireNonNull(feature.definition().kind()), feature.codes())
                      .stream()
                      .filter(fact -> value.evidence().contains(fact.source().reference()))
                      .allMatch(fact -> fact.effective().precision() == Precision.INSTANT))
          .orElse(false);
    }

    /**
     * A limit on the eGFR holds for the calculated one too; if there is none, the input says so.
     */
    private void judgeByStandIn(Criterion criterion) {
      inputWithFallback(criterion.feature())
          .flatMap(this::found)
          .ifPresent(value -> judge(criterion, value.value(), value.evidence()));
    }

    private Optional<ModelInput> inputWithFallback(String feature) {
      return model.model().inputs().stream()
          .filter(i -> i.feature().equals(feature) && i.fallbackModel() != null)
          .findFirst();
    }

    /** The feature's value, or that of what stands in. */
    private Optional<InputValue> found(ModelInput input) {
      FeatureValue value = valueOf(vector, input.feature());
      if (value instanceof Present p) {
        return Optional.of(
            new InputValue(
                input.name(), p.value(), p.unit(), p.text(), p.evidence(), p.effective(), null));
      }
      if (value instanceof Missing why && !standIns.containsKey(input.name())) {
        standIns.put(input.name(), fallback(input, why, snapshot, first, runs, depth));
      }
      return standIns.getOrDefault(input.name(), Optional.empty());
    }

    private Optional<InputValue> input(ModelInput input) {
      Optional<InputValue> found = found(input);
      if (found.isEmpty() && valueOf(vector, input.feature()) instanceof Missing why) {
        missing.add(reason(input.name(), input.title(), why));
      }
      Range valid = input.valid();
      if (valid != null && found.isPresent() && !valid.contains(found.get().value())) {
        missing.add(
            new Reason(
                ReasonCode.OUT_OF_RANGE.code(),
                input.name(),
                input.title() + " lies outside the model's range, " + valid,
                found.get().evidence()));
      }
      return found;
    }
  }

  /**
   * Only where nothing was recorded: an implausible or unreadable value is not worked around; and
   * only by a model whose first output is in this input's unit.
   */
  private Optional<InputValue> fallback(
      ModelInput input,
      Missing why,
      PatientSnapshot snapshot,
      int first,
      List<ModelRun> runs,
      int depth) {
    String fallback = input.fallbackModel();
    boolean nothingRecorded =
        switch (why.reason()) {
          case NOT_RECORDED, OUTSIDE_WINDOW, SEARCH_INCOMPLETE, DATA_ABSENT -> true;
          default -> false;
        };
    if (fallback == null || !nothingRecorded || depth >= DEEPEST_FALLBACK) {
      return Optional.empty();
    }
    RegisteredModel other = find(fallback);
    if (!other.model().outputs().get(0).unit().equals(input.unit())) {
      return Optional.empty();
    }
    ModelRun run = run(other, snapshot, first, runs, depth + 1);
    if (!(run.result() instanceof Predicted predicted)) {
      return Optional.empty();
    }
    InputValue dated =
        predicted.inputs().stream()
            .filter(i -> i.effective() != null)
            .findFirst()
            .orElse(predicted.inputs().get(0));
    List<String> evidence =
        predicted.inputs().stream().flatMap(i -> i.evidence().stream()).distinct().toList();
    return Optional.of(
        new InputValue(
            input.name(),
            predicted.scores().get(0).value(),
            input.unit(),
            null,
            evidence,
            dated.effective(),
            fallback));
  }

  private static Result score(RegisteredModel model, List<InputValue> inputs) {
    double[] row = inputs.stream().mapToDouble(InputValue::value).toArray();
    ShapleyExplainer.Explained explained =
        ShapleyExplainer.explain(model.model(), model.scorer(), row);
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < model.model().outputs().size(); i++) {
      ModelOutput output = model.model().outputs().get(i);
      scores.add(
          new Score(
              output.name(),
              explained.scores().margin(explained.row(), i),
              explained.scores().value(explained.row(), i)));
    }
    Optional<Explanation> explanation = explained.explanation();
    ReasonCode doubt = doubt(model.model(), scores);
    if (doubt != null || explanation.isEmpty()) {
      return new NotAssessed(
          List.of(
              new Reason(
                  (doubt == null ? ReasonCode.EXPLANATION_INEXACT : doubt).code(),
                  model.model().name(),
                  "the model's result could not be confirmed and is withheld",
                  List.of())));
    }
    return new Predicted(inputs, scores, explanation.get());
  }

  /** The reason for which the numbers cannot be shown; null if there is none. */
  private static @Nullable ReasonCode doubt(PredictionModel model, List<Score> scores) {
    if (!scores.stream().allMatch(s -> Double.isFinite(s.margin()) && Double.isFinite(s.value()))) {
      return ReasonCode.SCORE_NOT_FINITE;
    }
    if (model.kind() == OutputKind.PROBABILITY
        && !scores.stream().allMatch(s -> s.value() >= 0 && s.value() <= 1)) {
      return ReasonCode.NOT_A_PROBABILITY;
    }
    return model.kind() == OutputKind.SCORE && !arePoints(model, scores)
        ? ReasonCode.NOT_POINTS
        : null;
  }

  /** Whole numbers, of which the parts add up to the total, which is in a band. */
  private static boolean arePoints(PredictionModel model, List<Score> scores) {
    Map<String, Double> values = new HashMap<>();
    scores.forEach(s -> values.put(s.output(), s.value()));
    double parts = 0;
    double total = Double.NaN;
    boolean isWhole = true;
    boolean hasParts = false;
    boolean isInBand = false;
    for (ModelOutput output : model.outputs()) {
      double value = Objects.requireNonNull(values.get(output.name()));
      isWhole &= value == Math.rint(value);
      if (output.part()) {
        hasParts = true;
        parts += value;
      } else {
        total = value;
        isInBand = model.band(output.name(), values).isPresent();
      }
    }
    return isWhole && isInBand && (!hasParts || parts == total);
  }

  private static FeatureValue valueOf(FeatureVector vector, String feature) {
    return vector
        .value(feature)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Feature set " + vector.featureSet() + " has no feature " + feature));
  }

  private static String title(FeatureVector vector, String feature) {
    return vector.entry(feature).map(FeatureVector.Entry::title).orElse(feature);
  }

  private static Reason reason(String input, String title, Missing why) {
    return new Reason(why.reason().code(), input, title + ": " + why.detail(), List.of());
  }

  private RegisteredModel find(String model) {
    return models.find(model).orElseThrow(() -> new UnknownModelException(model));
  }

  /** A model is not registered, or cannot be loaded. */
  public static final class UnknownModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownModelException(String model) {
      super("Model " + model + " is not registered; register it, or correct the service");
    }
  }
}
