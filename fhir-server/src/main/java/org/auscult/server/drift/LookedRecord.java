package org.auscult.server.drift;

import java.util.Collection;
import java.util.List;
import org.auscult.monitoring.cause.LookedRow;
import org.auscult.monitoring.cause.TracedFeature;
import org.auscult.monitoring.drift.ServedRows.Looked;

/** Port: what the record held of patients as predictions were made. */
@FunctionalInterface
public interface LookedRecord {
  /** So many predictions are looked at. */
  int MOST = 300;

  /**
   * Reads it.
   *
   * @param features that are traced
   */
  List<LookedRow> read(List<Looked> predictions, Collection<TracedFeature> features);
}
