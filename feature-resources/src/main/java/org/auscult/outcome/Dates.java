package org.auscult.outcome;

import java.time.Instant;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;

/** What the dates of facts say of when something can have happened. */
final class Dates {
  private Dates() {}

  /** Not dated at all: true at the latest when it was known. */
  static boolean isUndated(Fact fact) {
    return fact.effective().precision() == Precision.UNDATED;
  }

  /** Dated by day, month or year. */
  static boolean isPartial(Fact fact) {
    return switch (fact.effective().precision()) {
      case YEAR, MONTH, DAY -> true;
      case INSTANT, UNDATED -> false;
    };
  }

  /**
   * The last instant at which the patient was surely seen for a fact: the end of an encounter, the
   * time of a measurement; of a partial date the beginning.
   */
  static Instant seen(Fact fact, Instant knownAt) {
    EffectiveTime time = fact.effective();
    if (time.precision() != Precision.INSTANT) {
      return time.from();
    }
    Instant until = time.until();
    Instant last = until == null ? time.visibleFrom() : until;
    return last.isAfter(knownAt) && !time.from().isAfter(knownAt) ? knownAt : last;
  }
}
