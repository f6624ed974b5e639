package org.auscult.server.outcome;

import java.time.Instant;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.ResolvedOutcome;

/** Port: keeps what is said of a prediction for those who ask. */
@FunctionalInterface
public interface LabelWriter {
  /**
   * Writes the next label of a case, in the running transaction.
   *
   * @param of its state before
   * @param knownAt up to when the record was asked
   */
  void write(OutcomeCase of, ResolvedOutcome outcome, OutcomeLabel label, Instant knownAt);
}
