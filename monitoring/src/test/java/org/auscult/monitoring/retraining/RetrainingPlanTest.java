package org.auscult.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.retraining.RetrainingFacts.Event;
import org.auscult.monitoring.retraining.RetrainingFacts.OpenIssue;
import org.auscult.monitoring.retraining.RetrainingTrigger.Elapsed;
import org.auscult.monitoring.retraining.RetrainingTrigger.Found;
import org.auscult.monitoring.retraining.RetrainingTrigger.Happened;
import org.auscult.monitoring.retraining.TrainingWindow.Why;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetrainingPlanTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Instant BEGAN = Instant.parse("2024-01-09T23:00:00Z");
  private static final String RULE = "https://example.org/rule|1";

  private static RetrainingPlan plan(String site, RetrainingTrigger... triggers) {
    return new RetrainingPlan(
        "https://example.org/plan|1",
        "Train",
        "https://example.org/model",
        site,
        BEGAN,
        List.of(triggers),
        Period.ofMonths(12),
        100);
  }

  private static OpenIssue issue(
      FindingKind kind, String rule, String site, @Nullable String began) {
    return new OpenIssue(
        "i", 2, kind, rule, "Worse", site, began == null ? null : Instant.parse(began));
  }

  private static List<RetrainingReason> reasons(
      RetrainingPlan plan, List<OpenIssue> issues, List<Event> events, String now) {
    return plan.reasons(new RetrainingFacts(BEGAN, issues, events), Instant.parse(now), ZONE);
  }

  @Test
  void timeIsCountedInCalendarMonthsOfTheSite() {
    RetrainingPlan plan = plan("", new Elapsed(Period.ofMonths(3)));
    // Summer time has begun by the tenth of April: its midnight comes an hour earlier.
    assertThat(reasons(plan, List.of(), List.of(), "2024-04-09T21:59:59Z")).isEmpty();
    assertThat(reasons(plan, List.of(), List.of(), "2024-04-09T22:00:00Z"))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.key()).isEqualTo("time 2024-04-09T22:00:00Z");
              assertThat(reason.text())
                  .isEqualTo("Its time has come: 2024-04-10, 3 months after the last time.");
              assertThat(reason.since()).isNull();
            });
    // However late it is looked at, it is the same reason.
    assertThat(reasons(plan, List.of(), List.of(), "2025-04-09T22:00:00Z"))
        .extracting(RetrainingReason::key)
        .containsExactly("time 2024-04-09T22:00:00Z");
    assertThat(
            reasons(
                plan("", new Elapsed(Period.ofDays(14))),
                List.of(),
                List.of(),
                BEGAN.plusSeconds(14 * 86_400L).toString()))
        .extracting(RetrainingReason::text)
        .containsExactly("Its time has come: 2024-01-24, 14 days after the last time.");
  }

  @Test
  void issuesCountByKindRuleAndSite() {
    OpenIssue worse = issue(FindingKind.PERFORMANCE, RULE, "", "2024-02-01T00:00:00Z");
    OpenIssue drift = issue(FindingKind.DRIFT, RULE, "", null);
    OpenIssue north = issue(FindingKind.PERFORMANCE, RULE, "north", null);
    List<OpenIssue> all = List.of(worse, drift, north);
    String now = "2024-03-01T00:00:00Z";
    Found any = new Found(FindingKind.PERFORMANCE, null);
    assertThat(reasons(plan("", any), all, List.of(), now)).hasSize(2);
    assertThat(reasons(plan("south", any), all, List.of(), now))
        .containsExactly(
            new RetrainingReason(
                "issue i 2",
                "Monitoring has found it (performance): Worse.",
                Instant.parse("2024-02-01T00:00:00Z"),
                "DetectedIssue/i"));
    assertThat(reasons(plan("north", any), all, List.of(), now)).hasSize(2);
    assertThat(reasons(plan("", new Found(FindingKind.DRIFT, RULE)), all, List.of(), now))
        .extracting(RetrainingReason::text)
        .containsExactly("Monitoring has found it (drift): Worse.");
    Found everyVersion = new Found(FindingKind.DRIFT, "https://example.org/rule");
    assertThat(reasons(plan("", everyVersion), all, List.of(), now)).hasSize(1);
    Found another = new Found(FindingKind.DRIFT, "https://example.org/rul");
    assertThat(reasons(plan("", another), all, List.of(), now)).isEmpty();
    assertThatThrownBy(() -> new Found(FindingKind.SKEW, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eventsCountFromThePlanOnAndOnceTheyHaveBegun() {
    RetrainingPlan plan = plan("", new Happened("guideline"));
    List<Event> events =
        List.of(
            new Event("before", "guideline", "A", BEGAN.minusMillis(1)),
            new Event("first", "guideline", "B", BEGAN),
            new Event("later", "guideline", "C", Instant.parse("2024-03-01T00:00:00Z")),
            new Event("other", "outbreak", "D", BEGAN));
    assertThat(reasons(plan, List.of(), events, "2024-02-29T23:59:59Z"))
        .extracting(RetrainingReason::evidence)
        .containsExactly("EventDefinition/first");
    assertThat(reasons(plan, List.of(), events, "2024-03-01T00:00:00Z"))
        .extracting(RetrainingReason::key)
        .containsExactly("event first", "event later");
  }

  private static RetrainingReason since(@Nullable String time) {
    return new RetrainingReason("k" + time, "t", time == null ? null : Instant.parse(time), null);
  }

  @Test
  void theWindowBeginsWithTheLatestChangeIfThereAreLabelsEnough() {
    RetrainingPlan plan = plan("", new Elapsed(Period.ofMonths(3)));
    Instant end = Instant.parse("2024-10-31T23:00:00Z");
    Instant whole = Instant.parse("2023-10-31T23:00:00Z");
    List<RetrainingReason> changed =
        List.of(
            since("2024-05-01T00:00:00Z"),
            since(null),
            since("2024-06-01T00:00:00Z"),
            since("2024-02-01T00:00:00Z"));
    Instant change = Instant.parse("2024-06-01T00:00:00Z");
    assertThat(plan.window(changed, end, ZONE, (from, until) -> from.equals(change) ? 100 : 900))
        .isEqualTo(new TrainingWindow(change, end, 100, Why.SINCE_CHANGE));
    assertThat(plan.window(changed, end, ZONE, (from, until) -> from.equals(change) ? 99 : 900))
        .isEqualTo(new TrainingWindow(whole, end, 900, Why.TOO_FEW_SINCE_CHANGE));
    assertThat(plan.window(List.of(since(null)), end, ZONE, (from, until) -> 900))
        .isEqualTo(new TrainingWindow(whole, end, 900, Why.LENGTH));
    // What changed before all that is trained on is in there wholly; what comes after it, not yet.
    for (String away : List.of("2023-01-01T00:00:00Z", "2024-11-01T00:00:00Z")) {
      assertThat(plan.window(List.of(since(away)), end, ZONE, (from, until) -> 900).start())
          .isEqualTo(whole);
    }
  }

  @Test
  void aPlanHasATriggerAndATriggerSomeTime() {
    assertThatThrownBy(() -> plan("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Elapsed(Period.ZERO)).isInstanceOf(IllegalArgumentException.class);
  }
}
