package org.auscult.server.journal;

import java.time.Instant;
import java.util.Map;
import org.auscult.model.PredictionModel;
import org.jspecify.annotations.Nullable;

/** Port: hears of each prediction in the transaction that makes its resources; maybe repeatedly. */
@FunctionalInterface
public interface PredictionWatch {
  /**
   * A prediction's resources.
   *
   * @param id with which the ids of its resources begin
   * @param reference of the one that keeps what the model said
   * @param patient logical id of the patient here
   * @param deployment {@code url|version} of the one that asked; null for what is no hook
   * @param scores of the outputs, by their names
   */
  record Made(
      String id,
      String reference,
      String patient,
      Instant indexTime,
      @Nullable String deployment,
      Map<String, Double> scores) {
    public Made {
      scores = Map.copyOf(scores);
    }
  }

  void predicted(Made made, PredictionModel model);
}
