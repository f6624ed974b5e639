package org.auscult.model;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Objects;
import org.auscult.feature.Range;
import org.jspecify.annotations.Nullable;

/**
 * A band of a score, as published: 5 to 6 points are medium. Of several that hold the first stands.
 *
 * @param code machine name
 * @param title for people
 * @param range of the total, ends included
 * @param anyPart the band holds only if some part of the score has so many points or more; null if
 *     the total alone decides
 */
public record Band(String code, String title, Range range, @Nullable BigDecimal anyPart) {
  public Band {
    Objects.requireNonNull(code);
    Objects.requireNonNull(title);
    Objects.requireNonNull(range);
  }

  /** Whether a total with these parts is in the band. */
  public boolean holds(double total, Collection<Double> parts) {
    BigDecimal least = anyPart;
    return range.contains(total)
        && (least == null || parts.stream().anyMatch(p -> p >= least.doubleValue()));
  }
}
