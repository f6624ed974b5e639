package org.auscult.prediction;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.model.InputSpread;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.ModelRun.Result.Predicted;

/**
 * When the one set of observations was taken that a score speaks of.
 *
 * @param first of its earliest value
 * @param last of its newest value
 */
public record ObservationSet(Instant first, Instant last) {
  /** Empty for a model whose inputs need not be of one set. */
  public static Optional<ObservationSet> of(PredictionModel model, Predicted predicted) {
    InputSpread spread = model.spread();
    if (spread == null) {
      return Optional.empty();
    }
    List<Instant> times =
        predicted.inputs().stream()
            .filter(i -> spread.inputs().contains(i.input()))
            .map(InputValue::effective)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(new ObservationSet(times.get(0), times.get(times.size() - 1)));
  }
}
