package org.auscult.model;

import java.util.Objects;
import org.auscult.feature.Range;
import org.jspecify.annotations.Nullable;

/**
 * One column of a model's tensor.
 *
 * @param name machine name
 * @param title for people: {@code systolic blood pressure}
 * @param unit UCUM; {@code 1} for truth
 * @param feature the feature of the model's set that fills it
 * @param valid values that the model was made for; outside it does not speak
 * @param fallbackModel canonical ({@code url|version}) of the model whose output stands in when the
 *     feature is missing; null if none
 * @param reference the reference patient's value, against which contributions are counted; null
 *     where the reference patient shares the patient's own value
 */
public record ModelInput(
    String name,
    String title,
    String unit,
    String feature,
    @Nullable Range valid,
    @Nullable String fallbackModel,
    @Nullable Double reference) {
  public ModelInput {
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(feature);
  }
}
