package org.auscult.prove.monitoring;

import org.auscult.statistics.multivariate.MixedTable;
import org.auscult.statistics.uncertainty.SplitMix64;

/** Something that rows can be drawn from, each independently of the others. */
interface Population {
  String name();

  Drawn draw(int rows, SplitMix64 chance);

  /**
   * Rows.
   *
   * @param events how many of them have the event
   */
  record Drawn(MixedTable table, int rows, int events) {}
}
