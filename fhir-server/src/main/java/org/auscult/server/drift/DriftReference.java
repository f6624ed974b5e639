package org.auscult.server.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.auscult.monitoring.cause.Traces;
import org.auscult.monitoring.drift.DriftReport;
import org.auscult.monitoring.drift.ServedSample;

/**
 * A reference window: what was served over a named stretch of time, once and for all.
 *
 * @param id of its MeasureReport
 * @param model {@code url|version}
 * @param start inclusive
 * @param end exclusive
 * @param sha256 of the content as it is stored, lower-case hex
 */
public record DriftReference(
    String id, String model, Instant start, Instant end, String sha256, Content content) {
  public DriftReference {
    Objects.requireNonNull(id);
    Objects.requireNonNull(model);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(content);
  }

  /**
   * What is kept.
   *
   * @param form changes when the same journal would give another content
   * @param traces what the record held of some of the rows
   */
  public record Content(int form, ServedSample sample, Traces traces) {}

  /** Its sample, with its length. */
  public DriftReport.Over over() {
    return new DriftReport.Over(content.sample(), Duration.between(start, end));
  }
}
