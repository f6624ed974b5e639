package org.auscult.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Safety: 24. */
class DisplayPolicyTest {
  private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Candidate WARNING = candidate(1, "a", Urgency.WARNING);

  private static Candidate candidate(int number, String says, Urgency urgency) {
    return new Candidate(number, "topic", says, urgency, 10.0, null);
  }

  private static DisplayRules rules(
      @Nullable Duration unchanged, @Nullable Duration quiet, @Nullable Duration snooze) {
    return new DisplayRules(Audience.ALL, unchanged, quiet, snooze, null);
  }

  private static Shown shown(Duration ago, String says, Urgency urgency) {
    return new Shown(NOW.minus(ago), says, urgency, null);
  }

  private static Shown overridden(Duration ago, Urgency urgency) {
    return new Shown(NOW.minus(Duration.ofDays(9)), "other", urgency, NOW.minus(ago));
  }

  private static @Nullable WithheldReason decide(
      Candidate candidate, DisplayRules rules, Shown... past) {
    return decide(candidate, rules, new Past(List.of(past), FiringRate.NONE));
  }

  private static @Nullable WithheldReason decide(
      Candidate candidate, DisplayRules rules, Past past) {
    return DisplayPolicy.decide(List.of(candidate), rules, past, Set.of(), Set.of(), NOW)
        .get(0)
        .withheld();
  }

  @ParameterizedTest
  @CsvSource({"7.4,true", "7.5,false", "7.6,false", ",false"})
  void showsNothingBelowTheThreshold(@Nullable Double shown, boolean isBelow) {
    Candidate candidate = new Candidate(1, "topic", "a", Urgency.INFO, shown, 7.5);

    assertThat(decide(candidate, DisplayRules.NONE))
        .isEqualTo(isBelow ? WithheldReason.BELOW_THRESHOLD : null);
  }

  @Test
  void showsWhateverItIsWhereThereIsNoThreshold() {
    assertThat(decide(candidate(1, "a", Urgency.INFO), DisplayRules.NONE)).isNull();
  }

  @Test
  void isSilentWhileUnchanged() {
    DisplayRules rules = rules(DAY, null, null);

    assertThat(decide(WARNING, rules, shown(DAY.minusMillis(1), "a", Urgency.WARNING)))
        .isEqualTo(WithheldReason.UNCHANGED);
    assertThat(decide(WARNING, rules, shown(DAY, "a", Urgency.WARNING)))
        .as("the silence is over")
        .isNull();
    assertThat(decide(WARNING, rules, shown(Duration.ZERO, "b", Urgency.WARNING)))
        .as("it says something else")
        .isNull();
    assertThat(decide(WARNING, rules(null, null, null), shown(Duration.ZERO, "a", Urgency.WARNING)))
        .as("no such rule")
        .isNull();
  }

  @Test
  void isQuietAfterACard() {
    DisplayRules rules = rules(null, DAY, null);

    assertThat(decide(WARNING, rules, shown(DAY.minusMillis(1), "b", Urgency.WARNING)))
        .isEqualTo(WithheldReason.QUIET_PERIOD);
    assertThat(decide(WARNING, rules, shown(DAY, "b", Urgency.WARNING))).isNull();
    assertThat(decide(WARNING, rules, shown(Duration.ZERO, "b", Urgency.CRITICAL)))
        .isEqualTo(WithheldReason.QUIET_PERIOD);
  }

  @Test
  void isSnoozedAfterAnOverride() {
    DisplayRules rules = rules(null, null, DAY);

    assertThat(decide(WARNING, rules, overridden(DAY.minusMillis(1), Urgency.WARNING)))
        .isEqualTo(WithheldReason.SNOOZED);
    assertThat(decide(WARNING, rules, overridden(DAY, Urgency.WARNING))).isNull();
    assertThat(decide(WARNING, rules, shown(Duration.ZERO, "b", Urgency.WARNING)))
        .as("it was not overridden")
        .isNull();
  }

  @Test
  void whoGotWorseIsNews() {
    Candidate worse = candidate(1, "c", Urgency.CRITICAL);
    DisplayRules rules = rules(DAY, DAY, DAY);

    assertThat(decide(worse, rules, shown(Duration.ZERO, "b", Urgency.WARNING))).isNull();
    assertThat(decide(worse, rules, overridden(Duration.ZERO, Urgency.WARNING))).isNull();
    assertThat(
            decide(
                worse,
                rules,
                shown(Duration.ofHours(1), "b", Urgency.WARNING),
                shown(Duration.ofHours(2), "d", Urgency.CRITICAL)))
        .as("as urgent as what the user saw before")
        .isEqualTo(WithheldReason.QUIET_PERIOD);
  }

  @Test
  void aCeilingHoldsBackWhatIsNotCritical() {
    DisplayRules rules = new DisplayRules(Audience.ALL, null, null, null, 10);

    assertThat(decide(WARNING, rules, new Past(List.of(), new FiringRate(100, 10))))
        .isEqualTo(WithheldReason.CEILING);
    assertThat(decide(WARNING, rules, new Past(List.of(), new FiringRate(101, 10)))).isNull();
    assertThat(decide(WARNING, rules, new Past(List.of(), new FiringRate(99, 99))))
        .as("too few calls to tell a rate")
        .isNull();
    assertThat(
            decide(
                candidate(1, "a", Urgency.CRITICAL),
                rules,
                new Past(List.of(), new FiringRate(100, 100))))
        .isNull();
    assertThat(decide(WARNING, DisplayRules.NONE, new Past(List.of(), new FiringRate(100, 100))))
        .as("no ceiling")
        .isNull();
  }

  @Test
  void speaksToItsAudience() {
    DisplayRules rules =
        new DisplayRules(
            new Audience(Set.of("s|nurse"), Set.of("IMP", "EMER")), null, null, null, null);

    assertThat(included(rules, Set.of("s|nurse", "s|x"), Set.of("EMER"))).isTrue();
    assertThat(included(rules, Set.of("s|doctor"), Set.of("IMP"))).isFalse();
    assertThat(included(rules, Set.of("s|nurse"), Set.of("AMB"))).isFalse();
    assertThat(included(rules, Set.of(), Set.of())).as("what is not known").isTrue();
    assertThat(included(DisplayRules.NONE, Set.of("s|x"), Set.of("AMB"))).isTrue();
  }

  private static boolean included(DisplayRules rules, Set<String> roles, Set<String> settings) {
    Decision decision =
        DisplayPolicy.decide(List.of(WARNING), rules, Past.NONE, roles, settings, NOW).get(0);
    assertThat(decision.withheld())
        .isEqualTo(decision.shows() ? null : WithheldReason.NOT_IN_AUDIENCE);
    return decision.shows();
  }

  @Test
  void decidesOfEachCardInOrder() {
    List<Decision> decisions =
        DisplayPolicy.decide(
            List.of(
                new Candidate(3, "x", "low", Urgency.INFO, 1.0, 5.0),
                candidate(4, "b", Urgency.CRITICAL)),
            DisplayRules.NONE,
            Past.NONE,
            Set.of(),
            Set.of(),
            NOW);

    assertThat(decisions)
        .containsExactly(
            new Decision(3, "low", Urgency.INFO, WithheldReason.BELOW_THRESHOLD),
            new Decision(4, "b", Urgency.CRITICAL, null));
    assertThat(decisions.get(1).asDuplicate().withheld()).isEqualTo(WithheldReason.DUPLICATE);
  }

  @Test
  void ofDuplicatesTheMostUrgentStands() {
    Candidate info = candidate(1, "a", Urgency.INFO);
    Candidate first = candidate(2, "b", Urgency.WARNING);
    Candidate second = candidate(3, "c", Urgency.WARNING);
    Candidate another = new Candidate(4, "other", "a", Urgency.INFO, null, null);

    assertThat(DisplayPolicy.duplicates(List.of(info, first, second, another)))
        .containsExactlyInAnyOrder(1, 3);
    assertThat(DisplayPolicy.duplicates(List.of(info, another))).isEmpty();
  }

  @Test
  void knowsHowFarBackItMustLook() {
    assertThat(rules(DAY, Duration.ofDays(3), Duration.ofDays(2)).memory())
        .isEqualTo(Duration.ofDays(3));
    assertThat(DisplayRules.NONE.memory()).isZero();
    assertThat(DisplayRules.NONE.needsHistory()).isFalse();
    assertThat(rules(null, null, DAY).needsHistory()).isTrue();
    assertThat(new DisplayRules(Audience.ALL, null, null, null, 1).needsHistory()).isTrue();
  }

  @Test
  void refusesRulesThatMeanNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> rules(Duration.ZERO, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> rules(null, DAY.negated(), null));
    for (int ceiling : new int[] {0, 101}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new DisplayRules(Audience.ALL, null, null, null, ceiling));
    }
    assertThat(new DisplayRules(Audience.ALL, null, null, null, 100).ceiling()).isEqualTo(100);
    assertThatIllegalArgumentException().isThrownBy(() -> new FiringRate(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new FiringRate(1, -1));
    assertThat(new FiringRate(8, 2).perHundred()).isEqualTo(25);
    assertThat(FiringRate.NONE.perHundred()).isZero();
  }
}
