package org.auscult.server.journal;

import java.util.UUID;
import org.auscult.prediction.Feedback;

/**
 * Port: hears of each call of a hook and of each answer to a card, in the transaction that makes
 * its resources; maybe repeatedly, and of an answer maybe before its call.
 */
public interface CardWatch {
  /**
   * A call that deployments answered.
   *
   * @param journal id of its entry
   * @param at epoch milliseconds at which it was asked
   */
  void called(UUID journal, long at);

  /** An answer to a card. */
  void answered(String id, Feedback feedback);
}
