package org.auscult.prediction;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.feature.FeatureVector;
import org.auscult.model.ModelInput;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.jspecify.annotations.Nullable;

/** What of one run is under special protection, whoever looks. */
public final class Hidden {
  private final @Nullable Protection protection;
  private final FeatureVector vector;
  private final ModelRun run;
  private final @Nullable PredictionModel model;

  private Hidden(@Nullable Protection protection, ModelRun run, @Nullable PredictionModel model) {
    this.protection = protection;
    this.vector = run.vector();
    this.run = run;
    this.model = model;
  }

  /**
   * Of a run of an entry.
   *
   * @param model null where there is none, so that nothing was run
   */
  public static Hidden of(JournalEntry entry, ModelRun run, @Nullable PredictionModel model) {
    return new Hidden(entry.protection(), run, model);
  }

  /** Whether what the model says is itself about a protected condition. */
  public boolean hidesResults() {
    return model != null && !model.labelsOfResults().isEmpty();
  }

  /** Whether a feature may not be named. */
  public boolean hides(FeatureVector.Entry entry) {
    return protection != null && protection.features().containsKey(entry.definition());
  }

  /** Whether an input may not be named. */
  public boolean hides(InputValue value) {
    return !labels(value).isEmpty();
  }

  /** Whether a reason may not be named: its words say of what it is. */
  public boolean hides(Reason reason) {
    return !labels(reason).isEmpty();
  }

  /** Whether it names anything that is protected. */
  public boolean hidesAny() {
    return !labels().isEmpty();
  }

  /** The labels of all that it names. */
  public Set<String> labels() {
    Set<String> labels = new TreeSet<>();
    if (model != null) {
      labels.addAll(model.labelsOfResults());
    }
    if (run.result() instanceof Predicted predicted) {
      predicted.inputs().forEach(input -> labels.addAll(labels(input)));
    } else if (run.result() instanceof NotAssessed not) {
      not.reasons().forEach(reason -> labels.addAll(labels(reason)));
    } else if (run.result() instanceof NotEligible not) {
      not.reasons().forEach(reason -> labels.addAll(labels(reason)));
    }
    return labels;
  }

  /** A result without the inputs that may not be named; its numbers stay. */
  public Predicted without(Predicted predicted) {
    return protection == null
        ? predicted
        : new Predicted(
            predicted.inputs().stream().filter(input -> !hides(input)).toList(),
            predicted.scores(),
            predicted.explanation());
  }

  private Set<String> labels(InputValue value) {
    return labels(value.input(), value.evidence());
  }

  private Set<String> labels(Reason reason) {
    return labels(reason.input(), reason.evidence());
  }

  /**
   * @param name of an input, or of a feature
   */
  private Set<String> labels(String name, List<String> evidence) {
    if (protection == null) {
      return Set.of();
    }
    Set<String> labels = new TreeSet<>(protection.labelsOf(evidence));
    String feature = model == null ? name : model.input(name).map(ModelInput::feature).orElse(name);
    vector
        .entry(feature)
        .ifPresent(
            entry ->
                labels.addAll(protection.features().getOrDefault(entry.definition(), List.of())));
    return labels;
  }
}
