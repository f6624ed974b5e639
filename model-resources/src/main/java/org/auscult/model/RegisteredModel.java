package org.auscult.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;

/** A model version with its features expanded and its function loaded. */
public record RegisteredModel(PredictionModel model, ResolvedFeatureSet features, Scorer scorer) {
  /**
   * Puts the parts together.
   *
   * @throws IllegalArgumentException with all reasons if model and features do not fit
   */
  public RegisteredModel {
    Objects.requireNonNull(model);
    Objects.requireNonNull(features);
    Objects.requireNonNull(scorer);
    List<String> misfits = misfits(model, features);
    if (!misfits.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", misfits));
    }
  }

  /**
   * Why a feature set cannot feed a model: a feature that is not there, or one in another unit than
   * the column's. Without this a model would be given mmol/L for mg/dL and answer.
   */
  public static List<String> misfits(PredictionModel model, ResolvedFeatureSet features) {
    List<String> misfits = new ArrayList<>();
    for (ModelInput input : model.inputs()) {
      Optional<ResolvedFeature> feature = features.feature(input.feature());
      if (feature.isEmpty()) {
        misfits.add(absent("input " + input.name(), input.feature(), features));
      } else if (!feature.get().definition().unit().equals(input.unit())) {
        misfits.add(
            "input %s is in %s, but feature %s is in %s"
                .formatted(
                    input.name(),
                    input.unit(),
                    input.feature(),
                    feature.get().definition().unit()));
      }
    }
    for (Criterion criterion : model.eligibility()) {
      Optional<ResolvedFeature> feature = features.feature(criterion.feature());
      if (feature.isEmpty()) {
        misfits.add(absent("eligibility " + criterion.code(), criterion.feature(), features));
        continue;
      }
      String unit = feature.get().definition().unit();
      criterion
          .rule()
          .statedUnit()
          .filter(stated -> !stated.equals(unit))
          .ifPresent(
              stated ->
                  misfits.add(
                      "eligibility %s is in %s, but feature %s is in %s"
                          .formatted(criterion.code(), stated, criterion.feature(), unit)));
    }
    return misfits;
  }

  private static String absent(String who, String feature, ResolvedFeatureSet features) {
    return who + " reads feature " + feature + ", which " + features.canonical() + " has not";
  }
}
