package org.auscult.prediction;

import java.time.Instant;
import org.auscult.display.DisplayRules;
import org.auscult.display.Past;

/**
 * Port: what was shown before. It is kept in the transaction of the journal's row, so what it says
 * is what was stored, on every node.
 */
public interface DisplayHistory {
  /**
   * What the rules of a deployment must know.
   *
   * @param deployment url without version: a new version does not speak again of what was said
   * @param call whose user is asked about; without one, nothing was shown
   */
  Past past(String deployment, DisplayRules rules, Call call, Subject subject, Instant now);
}
