package org.auscult.statistics.usefulness;

import java.util.List;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.Proportion;

/**
 * What was done with cards that had a suggestion, and whether it hung on the prediction being
 * right.
 *
 * @param right those whose prediction the outcome bore out
 * @param wrong those whose prediction it did not bear out
 * @param unjudged those without an outcome yet
 */
public record Reliance(Answers right, Answers wrong, Answers unjudged) {
  private static final Definition ACCEPTANCE =
      Definition.of("acceptance-rate", "accepted / cards with suggestions");
  private static final Definition OVERRIDE =
      Definition.of("override-rate", "overridden / cards with suggestions");
  private static final Definition AGREEMENT =
      Definition.of("agreement-rate", "accepted / (accepted + overridden)");
  private static final Definition RELIANCE =
      Definition.of("reliance", "acceptance rate given right less that given wrong predictions");

  /**
   * Cards by what was answered.
   *
   * @param silent without an answer
   */
  public record Answers(long accepted, long overridden, long silent) {
    public Answers {
      if (accepted < 0 || overridden < 0 || silent < 0) {
        throw new IllegalArgumentException("Counts are not negative");
      }
    }

    private long cards() {
      return accepted + overridden + silent;
    }

    private Answers and(Answers others) {
      return new Answers(
          accepted + others.accepted, overridden + others.overridden, silent + others.silent);
    }
  }

  /** Acceptance, override and agreement rate of all cards, and reliance of those with outcome. */
  public List<Estimate> all() {
    Answers every = right.and(wrong).and(unjudged);
    return List.of(
        new Proportion(every.accepted, every.cards()).estimate(ACCEPTANCE, "cards"),
        new Proportion(every.overridden, every.cards()).estimate(OVERRIDE, "cards"),
        new Proportion(every.accepted, every.accepted + every.overridden)
            .estimate(AGREEMENT, "answers"),
        reliance());
  }

  private Estimate reliance() {
    long n = right.cards() + wrong.cards();
    if (right.cards() == 0 || wrong.cards() == 0) {
      return RELIANCE.unknown(
          n, Reason.EMPTY_CELL, "it compares right and wrong predictions, and has only one kind");
    }
    Proportion ofRight = new Proportion(right.accepted, right.cards());
    Proportion ofWrong = new Proportion(wrong.accepted, wrong.cards());
    return RELIANCE.known(n, ofRight.share() - ofWrong.share()).with(ofRight.newcombe(ofWrong));
  }
}
