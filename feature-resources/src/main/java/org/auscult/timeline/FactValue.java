package org.auscult.timeline;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a fact says beyond its code. */
public sealed interface FactValue {
  /** A fact whose code says all: a condition, an order, an encounter. */
  record None() implements FactValue {}

  /**
   * A number.
   *
   * @param preferred in the code's preferred unit; null where the original cannot be converted
   * @param original exactly as recorded
   */
  record Measured(@Nullable Quantity preferred, Quantity original, Comparator comparator)
      implements FactValue {
    public Measured {
      Objects.requireNonNull(original);
      Objects.requireNonNull(comparator);
    }
  }

  /** A coded answer, with its text for people. */
  record Coded(List<Code> codes, @Nullable String text) implements FactValue {
    public Coded {
      codes = List.copyOf(codes);
    }
  }

  /** Free text, kept verbatim. */
  record Text(String text) implements FactValue {
    public Text {
      Objects.requireNonNull(text);
    }
  }

  /** Yes or no. */
  record Truth(boolean value) implements FactValue {}

  /**
   * A date as FHIR writes it, with its precision: {@code 1950}, {@code 1950-03}, {@code
   * 1950-03-07}.
   */
  record Dated(String date) implements FactValue {
    public Dated {
      Objects.requireNonNull(date);
    }
  }

  /** Recorded as absent, with FHIR's dataAbsentReason code. */
  record Absent(String reason) implements FactValue {
    public Absent {
      Objects.requireNonNull(reason);
    }
  }
}
