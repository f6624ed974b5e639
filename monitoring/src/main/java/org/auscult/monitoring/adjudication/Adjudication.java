package org.auscult.monitoring.adjudication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a case stands: two people judge it, and a third where they disagree.
 *
 * <p>Two who agree settle it. Of three, what two say settles it; if all say something else, it
 * cannot be judged.
 *
 * @param verdicts in the order in which they came, none of the same person or the same place
 */
public record Adjudication(List<Verdict> verdicts) {
  private static final int PLACES = 3;

  /** Nobody has judged yet. */
  public static final Adjudication OPEN = new Adjudication(List.of());

  /**
   * What one person said.
   *
   * @param place 1 and 2 are asked first, 3 where they disagree
   */
  public record Verdict(int place, String person, Judgement judgement) {}

  public Adjudication {
    verdicts = List.copyOf(verdicts);
    if (verdicts.stream().map(Verdict::person).distinct().count() < verdicts.size()
        || verdicts.stream().map(Verdict::place).distinct().count() < verdicts.size()) {
      throw new IllegalArgumentException("Each judges once, in a place of one's own");
    }
  }

  /** Why somebody cannot judge now; empty if nothing speaks against it. */
  public List<String> against(int place, String person) {
    List<String> reasons = new ArrayList<>();
    if (place < 1 || place > PLACES || (place == PLACES && !needsThird())) {
      reasons.add("nobody is asked in place " + place);
    } else if (isSettled() || verdicts.stream().anyMatch(verdict -> verdict.place() == place)) {
      reasons.add("it is answered already");
    }
    if (verdicts.stream().anyMatch(verdict -> verdict.person().equals(person))) {
      reasons.add("the same person has judged this case already; verdicts are of different people");
    }
    return reasons;
  }

  /**
   * The same with one more.
   *
   * @throws IllegalArgumentException if {@link #against} has a reason
   */
  public Adjudication with(Verdict verdict) {
    List<String> reasons = against(verdict.place(), verdict.person());
    if (!reasons.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", reasons));
    }
    List<Verdict> more = new ArrayList<>(verdicts);
    more.add(verdict);
    return new Adjudication(more);
  }

  /** Whether two disagree, and nobody has decided. */
  public boolean needsThird() {
    return verdicts.size() == 2 && agreed().isEmpty();
  }

  public boolean isSettled() {
    return label().isPresent();
  }

  /** What holds; empty while it is open. */
  public Optional<Judgement> label() {
    return verdicts.size() == PLACES
        ? Optional.of(agreed().orElse(Judgement.CANNOT_BE_JUDGED))
        : agreed();
  }

  /** What two say. */
  private Optional<Judgement> agreed() {
    return Arrays.stream(Judgement.values())
        .filter(one -> verdicts.stream().filter(v -> v.judgement() == one).count() >= 2)
        .findFirst();
  }
}
