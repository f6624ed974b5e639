package org.auscult.model;

import java.util.Objects;
import org.auscult.feature.ResolvedFeatureSet;

/** A model version with its features expanded and its function loaded. */
public record RegisteredModel(PredictionModel model, ResolvedFeatureSet features, Scorer scorer) {
  public RegisteredModel {
    Objects.requireNonNull(model);
    Objects.requireNonNull(features);
    Objects.requireNonNull(scorer);
  }
}
