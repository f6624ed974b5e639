package org.auscult.feature.fhir;

import java.util.List;
import java.util.Objects;

/** What a resource says, or everything that is wrong with it. */
public sealed interface Parsed<T> {
  /** It is well formed. */
  record Accepted<T>(T value) implements Parsed<T> {
    public Accepted {
      Objects.requireNonNull(value);
    }
  }

  /** It is not; all reasons at once. */
  record Refused<T>(List<Problem> problems) implements Parsed<T> {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("A refusal has a reason");
      }
    }
  }

  /**
   * The value.
   *
   * @throws IllegalStateException with all reasons if it was refused
   */
  default T orThrow() {
    if (this instanceof Accepted<T> accepted) {
      return accepted.value();
    }
    throw new IllegalStateException(String.valueOf(((Refused<T>) this).problems()));
  }
}
