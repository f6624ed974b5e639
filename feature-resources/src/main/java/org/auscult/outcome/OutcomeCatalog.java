package org.auscult.outcome;

import java.util.Optional;

/** Port: the outcome definitions that are registered. */
public interface OutcomeCatalog {
  /**
   * A definition with its ValueSets expanded and its features resolved.
   *
   * @param canonical {@code url|version}
   * @return empty if there is none, or something that it names is not here
   */
  Optional<ResolvedOutcome> outcome(String canonical);
}
