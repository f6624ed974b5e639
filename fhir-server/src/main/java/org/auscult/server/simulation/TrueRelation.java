package org.auscult.server.simulation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.auscult.model.ModelInput;
import org.auscult.model.RegisteredModel;

/**
 * How likely somebody truly is to die in hospital: at first exactly what the model says of the true
 * values, so that it is perfectly calibrated. Once the concept has changed, age, creatinine and
 * sodium count for nothing: the model is asked about somebody whose values of these are its
 * references, and all are more ill than that, so that about as many die as before.
 */
final class TrueRelation {
  private static final Set<String> WITHOUT_EFFECT = Set.of("age", "creatinine", "sodium");
  private static final double MORE_ILL = 0.9;

  private final RegisteredModel model;
  private final YearPlan plan;

  TrueRelation(RegisteredModel model, YearPlan plan) {
    this.model = model;
    this.plan = plan;
  }

  /** The true logit of the risk of dying in hospital. */
  double logit(HospitalStay stay) {
    boolean isChanged = plan.isPlanted(Planted.CONCEPT, stay.admitted());
    List<ModelInput> inputs = model.model().inputs();
    double[] row = new double[inputs.size()];
    for (int i = 0; i < row.length; i++) {
      ModelInput input = inputs.get(i);
      Double reference = input.reference();
      row[i] =
          isChanged && reference != null && WITHOUT_EFFECT.contains(input.name())
              ? reference
              : value(stay, input);
    }
    double margin = model.scorer().score(new double[][] {row}).margin(0, 0);
    return isChanged ? margin + MORE_ILL : margin;
  }

  private static double value(HospitalStay stay, ModelInput input) {
    return Arrays.stream(Vital.values())
        .filter(vital -> vital.feature().equals(input.feature()))
        .findFirst()
        .map(vital -> stay.measured().getOrDefault(vital, Double.NaN))
        .orElseGet(() -> age(stay, stay.predicted()));
  }

  private static double age(HospitalStay stay, Instant at) {
    return ChronoUnit.YEARS.between(stay.born(), YearPlan.day(at));
  }

  static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
