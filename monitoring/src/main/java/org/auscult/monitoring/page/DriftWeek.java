package org.auscult.monitoring.page;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.drift.Band;
import org.auscult.monitoring.performance.ReportWindow;
import org.jspecify.annotations.Nullable;

/**
 * How far what the model was given had moved in a week.
 *
 * @param features by name
 */
public record DriftWeek(ReportWindow week, SortedMap<String, Cell> features) {
  public DriftWeek {
    features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
  }

  /**
   * The population stability index of one feature.
   *
   * @param psi null if it is not told
   * @param why it is not told; empty if it is
   */
  public record Cell(@Nullable Double psi, String why) {
    /** Null if it is not told. */
    @Nullable Band band() {
      return psi == null ? null : Band.of(psi);
    }
  }
}
