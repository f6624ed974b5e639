package org.auscult.prove;

import java.util.List;

/**
 * What came of a proof.
 *
 * @param failures each breach in one line; none if the claim holds
 */
public record Verdict(List<String> failures) {
  public Verdict {
    failures = List.copyOf(failures);
  }

  /** Whether the claim holds. */
  public boolean holds() {
    return failures.isEmpty();
  }
}
