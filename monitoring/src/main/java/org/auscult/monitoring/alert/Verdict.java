package org.auscult.monitoring.alert;

import java.util.List;

/** How a series stands under a rule, after its last window. */
public sealed interface Verdict {
  /**
   * It is a finding.
   *
   * @param run the windows in breach up to the last one, in order
   */
  record Breached(List<JudgedWindow> run) implements Verdict {
    public Breached {
      run = List.copyOf(run);
      if (run.isEmpty() || !run.stream().allMatch(JudgedWindow::isBreach)) {
        throw new IllegalArgumentException("A run of breaches has breaches only");
      }
    }
  }

  /**
   * It is in order, or not yet in breach for long enough.
   *
   * @param last the last window that was judged
   */
  record InOrder(JudgedWindow last) implements Verdict {}

  /**
   * Nobody can say.
   *
   * @param why for a person
   */
  record NotJudged(String why) implements Verdict {}
}
