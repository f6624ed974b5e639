package org.auscult.server.simulation;

import java.time.Instant;
import org.auscult.monitoring.finding.FindingKind;

/**
 * By what somebody who knows nothing of what was planted tells the three apart, from what
 * monitoring says alone.
 */
enum Evidence {
  /** An input drifted, and a unit is named as the cause. */
  UNIT,
  /** Inputs drifted, and nothing about how they were recorded explains it: others come. */
  POPULATION,
  /** The model tells patients apart worse than it did. */
  CONCEPT;

  private static final String UNIT_CAUSE = "unit";
  private static final String AUROC = "auroc";

  static Evidence of(Planted planted) {
    return switch (planted) {
      case UNIT -> UNIT;
      case POPULATION -> POPULATION;
      case CONCEPT -> CONCEPT;
    };
  }

  /** Whether a finding is of this kind. */
  boolean shows(Findings.Told told) {
    boolean isDrift = told.finding().kind() == FindingKind.DRIFT && told.feature() != null;
    return switch (this) {
      case UNIT ->
          isDrift && told.causes().stream().anyMatch(cause -> cause.kind().equals(UNIT_CAUSE));
      case POPULATION -> isDrift && told.causes().isEmpty();
      case CONCEPT ->
          told.finding().kind() == FindingKind.PERFORMANCE
              && told.measured().figure().equals(AUROC);
    };
  }

  /** The same, of a window that was not over before a time. */
  boolean showsSince(Findings.Told told, Instant from) {
    return shows(told) && told.measured().end().isAfter(from);
  }
}
