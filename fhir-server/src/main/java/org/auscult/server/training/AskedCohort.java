package org.auscult.server.training;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Whom a stored Group means. */
public interface AskedCohort {
  /**
   * A patient at a time.
   *
   * @param patient logical id
   */
  record At(String patient, Instant time) {}

  /** The Group, as {@code Group/1/_history/2}. */
  String group();

  /** Those of these who are of the cohort then, by what was known then. */
  Set<At> members(Collection<At> asked);
}
