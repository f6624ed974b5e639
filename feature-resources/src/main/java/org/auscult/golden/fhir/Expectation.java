package org.auscult.golden.fhir;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.MissingReason;
import org.jspecify.annotations.Nullable;

/** What a case says of one feature; what it does not say is not compared. */
public sealed interface Expectation {
  /**
   * A value.
   *
   * @param tolerance how far the number may lie off, as a share of it; absolute where it is zero
   * @param unit null if not said
   * @param text null if not said; empty if there must be none
   * @param evidence versioned references, in whatever order; null if not said
   * @param origin null if not said
   * @param effective null if not said; empty if there must be none
   */
  record Value(
      double value,
      double tolerance,
      @Nullable String unit,
      @Nullable Optional<String> text,
      @Nullable Set<String> evidence,
      @Nullable Origin origin,
      @Nullable Optional<Instant> effective)
      implements Expectation {
    public Value {
      evidence = evidence == null ? null : Set.copyOf(evidence);
    }
  }

  /**
   * None.
   *
   * @param refuses whether this feature must refuse the vector; null if not said
   */
  record None(MissingReason reason, @Nullable Boolean refuses) implements Expectation {
    public None {
      Objects.requireNonNull(reason);
    }
  }
}
