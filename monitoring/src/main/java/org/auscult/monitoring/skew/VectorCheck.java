package org.auscult.monitoring.skew;

import java.util.List;
import java.util.Objects;

/** What came of holding one served vector against the record. */
public sealed interface VectorCheck {
  /** The record gives the same. */
  record Equal() implements VectorCheck {}

  /**
   * The record gives something else.
   *
   * @param differences one or more
   */
  record Different(List<Difference> differences) implements VectorCheck {
    public Different {
      differences = List.copyOf(differences);
      if (differences.isEmpty()) {
        throw new IllegalArgumentException("What differs differs in something");
      }
    }
  }

  /** Nobody can tell. */
  record NotChecked(Unchecked reason) implements VectorCheck {
    public NotChecked {
      Objects.requireNonNull(reason);
    }
  }
}
