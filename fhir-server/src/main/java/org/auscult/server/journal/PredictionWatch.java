package org.auscult.server.journal;

import java.time.Instant;
import org.auscult.model.PredictionModel;

/** Port: hears of each prediction in the transaction that makes its resources; maybe repeatedly. */
@FunctionalInterface
public interface PredictionWatch {
  /**
   * A prediction's resources.
   *
   * @param id with which the ids of its resources begin
   * @param reference of the one that keeps what the model said
   * @param patient logical id of the patient here
   */
  record Made(String id, String reference, String patient, Instant indexTime) {}

  void predicted(Made made, PredictionModel model);
}
