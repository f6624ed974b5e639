package org.auscult.display;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the cards that could be shown are shown: first what the card itself says
 * (threshold), then to whom, then what this user knows already, then the ceiling.
 *
 * <p>A card that is more urgent than every one that the user saw in the time of silence is never
 * held back by it: a patient who got worse is news.
 *
 * <p>Time: a silence of duration d that began at t holds back in [t, t + d).
 */
public final class DisplayPolicy {
  /** Below this many calls a rate says nothing yet. */
  static final long FEWEST_OPENS = 100;

  private DisplayPolicy() {}

  /**
   * The decisions on one deployment's candidates, in their order.
   *
   * @param roles of the user; empty if not known
   * @param settings of the patient; empty if not known
   */
  public static List<Decision> decide(
      List<Candidate> candidates,
      DisplayRules rules,
      Past past,
      Set<String> roles,
      Set<String> settings,
      Instant now) {
    boolean included = rules.audience().includes(roles, settings);
    boolean full = isFull(rules, past.rate());
    List<Decision> decisions = new ArrayList<>();
    for (Candidate candidate : candidates) {
      WithheldReason withheld =
          included ? withheld(candidate, rules, past, now) : WithheldReason.NOT_IN_AUDIENCE;
      if (withheld == null && full && candidate.urgency() != Urgency.CRITICAL) {
        withheld = WithheldReason.CEILING;
      }
      decisions.add(Decision.of(candidate, withheld));
    }
    return decisions;
  }

  private static boolean isFull(DisplayRules rules, FiringRate rate) {
    Integer ceiling = rules.ceiling();
    return ceiling != null && rate.opens() >= FEWEST_OPENS && rate.perHundred() >= ceiling;
  }

  private static @Nullable WithheldReason withheld(
      Candidate candidate, DisplayRules rules, Past past, Instant now) {
    if (candidate.isBelowThreshold()) {
      return WithheldReason.BELOW_THRESHOLD;
    }
    for (Shown shown : past.shown()) {
      if (shown.says().equals(candidate.says()) && holds(shown.at(), rules.unchanged(), now)) {
        return WithheldReason.UNCHANGED;
      }
    }
    if (silences(past.shown(), candidate, rules.snooze(), now, Beginning.OVERRIDE)) {
      return WithheldReason.SNOOZED;
    }
    return silences(past.shown(), candidate, rules.quiet(), now, Beginning.CARD)
        ? WithheldReason.QUIET_PERIOD
        : null;
  }

  private enum Beginning {
    CARD,
    OVERRIDE;

    @Nullable Instant of(Shown shown) {
      return this == CARD ? shown.at() : shown.overriddenAt();
    }
  }

  /** Whether a silence holds that one of these began, and none of them was less urgent. */
  private static boolean silences(
      List<Shown> shown,
      Candidate candidate,
      @Nullable Duration silence,
      Instant now,
      Beginning beginning) {
    return shown.stream()
        .filter(s -> holds(beginning.of(s), silence, now))
        .anyMatch(s -> s.urgency().compareTo(candidate.urgency()) >= 0);
  }

  private static boolean holds(@Nullable Instant began, @Nullable Duration silence, Instant now) {
    return began != null && silence != null && now.isBefore(began.plus(silence));
  }

  /**
   * Of cards of several deployments that speak of the same, all but the most urgent are withheld;
   * among equals the first stands.
   *
   * @param shown what all deployments of a call would show, in their order
   * @return the numbers of the cards that are doubles
   */
  public static Set<Integer> duplicates(List<Candidate> shown) {
    Set<Integer> duplicates = new HashSet<>();
    for (Candidate candidate : shown) {
      boolean isDouble =
          shown.stream()
              .filter(other -> other.topic().equals(candidate.topic()))
              .anyMatch(other -> goesBefore(other, candidate));
      if (isDouble) {
        duplicates.add(candidate.number());
      }
    }
    return duplicates;
  }

  private static boolean goesBefore(Candidate one, Candidate other) {
    int urgency = one.urgency().compareTo(other.urgency());
    return urgency > 0 || (urgency == 0 && one.number() < other.number());
  }
}
