package org.auscult.feature.fhir;

import java.util.Set;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Reads what happens when a value is missing. */
final class MissingReading {
  private static final Set<Operator> CARRIED =
      Set.of(
          Operator.LATEST,
          Operator.MIN,
          Operator.MAX,
          Operator.MEAN,
          Operator.MEDIAN,
          Operator.TIME_WEIGHTED_MEAN);

  private final Extensions extensions;

  MissingReading(Extensions extensions) {
    this.extensions = extensions;
  }

  MissingPolicy read(@Nullable Operator operator) {
    boolean refuses = extensions.truth(FeatureUrls.MISSING_REFUSE);
    MissingPolicy otherwise = fallback(operator);
    if (refuses && extensions.has(FeatureUrls.MISSING_DEFAULT)) {
      extensions.problem(
          FeatureUrls.MISSING_REFUSE, "there is a default, too", "Keep one of the two.");
    }
    if (refuses) {
      otherwise = new MissingPolicy.Refuse();
    }
    Lookback carried = extensions.duration(FeatureUrls.MISSING_CARRY);
    if (carried != null && operator != null && !CARRIED.contains(operator)) {
      extensions.problem(
          FeatureUrls.MISSING_CARRY,
          operator.code() + " carries nothing forward",
          "Remove it, or use latest.");
      return otherwise;
    }
    return carried == null ? otherwise : new MissingPolicy.CarryForward(carried, otherwise);
  }

  private MissingPolicy fallback(@Nullable Operator operator) {
    if (!extensions.has(FeatureUrls.MISSING_DEFAULT)) {
      return new MissingPolicy.Report();
    }
    if (operator != null && operator.isOfPerson()) {
      extensions.problem(
          FeatureUrls.MISSING_DEFAULT,
          operator.code() + " says who the patient is, so no default may stand in for it",
          "Remove the default; the model then says that it is missing.");
      return new MissingPolicy.Report();
    }
    if (operator == Operator.DERIVED) {
      extensions.problem(
          FeatureUrls.MISSING_DEFAULT,
          "a derived feature is missing where its inputs are",
          "Give the inputs a default, or use coalesce().");
      return new MissingPolicy.Report();
    }
    if (extensions.value(FeatureUrls.MISSING_DEFAULT) instanceof Quantity fallback
        && fallback.getValue() != null
        && fallback.getUnit() != null
        && !fallback.getUnit().isBlank()) {
      return new MissingPolicy.Default(fallback.getValue(), fallback.getUnit());
    }
    extensions.problem(
        FeatureUrls.MISSING_DEFAULT,
        "the default lacks its value or its provenance",
        "Give a Quantity with the value, and its provenance as the unit text.");
    return new MissingPolicy.Report();
  }
}
