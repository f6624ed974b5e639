package org.auscult.terminology.fhir;

import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;

/** All codes of a ValueSet, or why not all of them can be had. */
public sealed interface Expansion {
  /** Every code that it has; at least one. */
  record Whole(Set<Code> codes) implements Expansion {
    public Whole {
      codes = Set.copyOf(codes);
      if (codes.isEmpty()) {
        throw new IllegalArgumentException("An expansion without a code is none");
      }
    }
  }

  /**
   * Some code could not be had; then none is given (safety rule 35).
   *
   * @param why names the part that cannot be expanded
   */
  record Impossible(String why) implements Expansion {
    public Impossible {
      Objects.requireNonNull(why);
    }
  }
}
