package org.auscult.prediction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auscult.explanation.Explanation;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.explanation.ReferencePatient;
import org.auscult.feature.FeatureVector;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.ModelRun.Result.Predicted;

/**
 * A journal entry as somebody may see it to whom what is under special protection is not named
 * (safety rule 34): numbers stay, inputs stand together under neutral words with the sum of what
 * they add, and what is about such a condition altogether is left out. For showing only: what is
 * stored is the whole entry.
 */
public final class Redaction {
  /** What stands for whatever may not be named. */
  public static final String WITHHELD = "inputs that are withheld from you";

  /** The code that stands for a reason's. */
  public static final String CODE = "withheld";

  private final JournalEntry entry;
  private final Function<String, Optional<PredictionModel>> models;

  private Redaction(JournalEntry entry, Function<String, Optional<PredictionModel>> models) {
    this.entry = entry;
    this.models = models;
  }

  /**
   * An entry as the one whose call it is may see it.
   *
   * @param models resolves a model's canonical
   */
  public static JournalEntry forCaller(
      JournalEntry entry, Function<String, Optional<PredictionModel>> models) {
    Protection protection = entry.protection();
    return protection == null || protection.named() ? entry : without(entry, models);
  }

  /** An entry as somebody may see it to whom nothing protected is named. */
  public static JournalEntry without(
      JournalEntry entry, Function<String, Optional<PredictionModel>> models) {
    Redaction redaction = new Redaction(entry, models);
    return entry.with(entry.deployments().stream().map(redaction::of).toList());
  }

  private DeploymentRun of(DeploymentRun run) {
    List<ModelRun> runs = new ArrayList<>();
    for (ModelRun one : run.runs()) {
      PredictionModel model = models.apply(one.model()).orElse(null);
      Hidden hidden = Hidden.of(entry, one, model);
      if (!hidden.hidesResults()) {
        runs.add(new ModelRun(one.index(), one.model(), vector(one, hidden), result(one, hidden)));
      }
    }
    OrderRun orders = run.orders();
    return new DeploymentRun(
        run.deployment(),
        runs,
        orders == null ? null : OrderRedaction.of(orders, entry.protection()),
        run.decisions(),
        run.memory());
  }

  private static FeatureVector vector(ModelRun run, Hidden hidden) {
    FeatureVector vector = run.vector();
    return new FeatureVector(
        vector.featureSet(),
        vector.patient(),
        vector.asOf(),
        vector.epoch(),
        vector.entries().stream().filter(entry -> !hidden.hides(entry)).toList());
  }

  private Result result(ModelRun run, Hidden hidden) {
    if (run.result() instanceof Predicted predicted) {
      return predicted(run, predicted, hidden);
    } else if (run.result() instanceof NotEligible not) {
      return new NotEligible(reasons(not.reasons(), hidden));
    } else if (run.result() instanceof NotAssessed not) {
      return new NotAssessed(reasons(not.reasons(), hidden));
    }
    return run.result();
  }

  private static List<Reason> reasons(List<Reason> reasons, Hidden hidden) {
    Set<Reason> open = new LinkedHashSet<>();
    for (Reason reason : reasons) {
      open.add(hidden.hides(reason) ? new Reason(CODE, WITHHELD, WITHHELD, List.of()) : reason);
    }
    return List.copyOf(open);
  }

  private Predicted predicted(ModelRun run, Predicted predicted, Hidden hidden) {
    Set<String> names =
        predicted.inputs().stream()
            .filter(hidden::hides)
            .map(InputValue::input)
            .collect(Collectors.toSet());
    if (names.isEmpty()) {
      return predicted;
    }
    Explanation whole = predicted.explanation();
    Explanation open =
        new Explanation(
            whole.method(),
            whole.version(),
            models
                .apply(run.model())
                .map(model -> ReferencePatient.inWords(model, names, WITHHELD))
                .orElse(WITHHELD),
            whole.outputs().stream().map(output -> output(output, names)).toList());
    return new Predicted(hidden.without(predicted).inputs(), predicted.scores(), open);
  }

  private static Explanation.OfOutput output(Explanation.OfOutput output, Set<String> names) {
    List<Contribution> open = new ArrayList<>();
    double sum = 0;
    boolean isAny = false;
    for (Contribution contribution : output.contributions()) {
      if (names.contains(contribution.input())) {
        sum += contribution.phi();
        isAny = true;
      } else {
        open.add(contribution);
      }
    }
    if (isAny) {
      open.add(new Contribution(WITHHELD, sum));
    }
    return new Explanation.OfOutput(output.output(), output.base(), open);
  }
}
