package org.auscult.monitoring.cause;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a feature drifted, as far as the record tells.
 *
 * @param feature that drifted
 * @param source the feature from whose facts it is told: itself, or one of which it is made
 * @param value the unit, the code, the site and so on that is new, or the reason why values lack
 * @param since from which day on, in the site's zone; null if it cannot be told
 * @param share of the rows of now, 0 to 1
 * @param referenceShare of the rows of the reference, 0 to 1
 * @param text a sentence for people
 */
public record Cause(
    String feature,
    String source,
    Kind kind,
    String value,
    @Nullable LocalDate since,
    double share,
    double referenceShare,
    String text) {
  /** Where it lies. */
  public enum Kind {
    /** Facts that the feature lists come in another unit. */
    UNIT,
    /** They come under another of the codes that it lists. */
    CODE,
    /** What it lists has become rare, and something like it comes that it does not list. */
    OTHER_CODE,
    /** They come from another organization. */
    SITE,
    /** They are measured with something else. */
    DEVICE,
    /** They are measured in another way. */
    METHOD,
    /** The definition means other codes than it did. */
    DEFINITION,
    /** Values lack for another reason, and nothing else is known. */
    MISSING;

    /** As reports spell it: {@code other-code}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Cause {
    Objects.requireNonNull(feature);
    Objects.requireNonNull(source);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(value);
    Objects.requireNonNull(text);
  }
}
