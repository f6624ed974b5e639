package org.auscult.timeline;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to read of one patient's timeline: for each need, the codes of one kind and how far back.
 *
 * @param known which rows: by clock, by epoch, or current
 */
public record TimelineQuery(String patient, AsOf asOf, List<Need> needs) {
  public TimelineQuery {
    Objects.requireNonNull(patient);
    Objects.requireNonNull(asOf);
    needs = List.copyOf(needs);
  }

  /**
   * One kind's codes.
   *
   * @param since facts whose state ended or that were visible before this instant may be left out;
   *     null for no limit
   * @param projection the projection that first stated what is asked for: of a patient whose rows
   *     are of an earlier one, nothing counts as searched completely
   * @param withCircumstances whether to read who, where on the body, how and with what
   */
  public record Need(
      ResourceKind kind,
      Set<Code> codes,
      @Nullable Instant since,
      int projection,
      boolean withCircumstances) {
    public Need {
      Objects.requireNonNull(kind);
      codes = Set.copyOf(codes);
    }

    /** What every projection stated. */
    public Need(ResourceKind kind, Set<Code> codes, @Nullable Instant since) {
      this(kind, codes, since, 1, false);
    }

    /** The same of other codes. */
    public Need withCodes(Set<Code> newCodes) {
      return new Need(kind, newCodes, since, projection, withCircumstances);
    }
  }
}
