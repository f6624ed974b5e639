package org.auscult.monitoring.adjudication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChoiceTest {
  private static final Instant TIME = Instant.parse("2021-01-01T00:00:00Z");
  private static final Map<Way, Integer> ALL =
      Map.of(Way.RANDOM, 5, Way.UNCERTAIN, 4, Way.INFORMATIVE, 3);

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static Candidate candidate(String id, Standing label, int labels, @Nullable Double of) {
    return new Candidate(id, "p-" + id, TIME, label, labels, "model", of);
  }

  private static List<String> ids(List<Choice.Chosen> chosen, Way way) {
    return chosen.stream().filter(c -> c.way() == way).map(c -> c.candidate().id()).toList();
  }

  private static List<Candidate> random(int seed) {
    Random random = new Random(seed);
    Standing[] standings = Standing.values();
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < random.nextInt(80); i++) {
      all.add(
          new Candidate(
              "c" + i,
              "p" + random.nextInt(40),
              TIME.plusSeconds(random.nextInt(100)),
              standings[random.nextInt(standings.length)],
              1 + random.nextInt(2),
              "m" + random.nextInt(2),
              random.nextInt(4) == 0 ? null : random.nextInt(10) / 10.0));
    }
    return all;
  }

  /** Whatever the order of rows; each person's once; each way what is its, and no more. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theSameRowsGiveTheSameChoice(int seed) {
    List<Candidate> all = random(seed);
    AdjudicationPlan plan = Plans.plan(seed, ALL);
    List<Choice.Chosen> chosen = Choice.of(plan, Plans.MARCH, all);
    List<Candidate> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(Choice.of(plan, Plans.MARCH, shuffled)).isEqualTo(chosen);

    assertThat(chosen.stream().map(c -> c.candidate().patient())).doesNotHaveDuplicates();
    Map<Way, Long> counts =
        chosen.stream().collect(Collectors.groupingBy(Choice.Chosen::way, Collectors.counting()));
    counts.forEach((way, count) -> assertThat(count).isLessThanOrEqualTo(ALL.getOrDefault(way, 0)));
    for (Choice.Chosen one : chosen) {
      switch (one.way()) {
        case RANDOM, INFORMATIVE ->
            assertThat(one.candidate().label()).isIn(Standing.EVENT, Standing.NO_EVENT);
        case UNCERTAIN ->
            assertThat(one.candidate().label() == Standing.CENSORED || one.candidate().labels() > 1)
                .isTrue();
      }
    }
  }

  /** Chance asks neither label nor score, so what is told of its sample holds of all. */
  @ParameterizedTest
  @MethodSource("seeds")
  void chanceHangsOnTheIdAlone(int seed) {
    List<Candidate> all = random(seed);
    List<Candidate> turned =
        all.stream()
            .map(
                c ->
                    new Candidate(
                        c.id(),
                        c.patient(),
                        c.indexTime(),
                        switch (c.label()) {
                          case EVENT -> Standing.NO_EVENT;
                          case NO_EVENT -> Standing.EVENT;
                          default -> c.label();
                        },
                        3 - c.labels(),
                        c.series(),
                        c.score() == null ? 0.5 : null))
            .toList();
    AdjudicationPlan plan = Plans.plan(seed, Map.of(Way.RANDOM, 7));
    assertThat(ids(Choice.of(plan, Plans.MARCH, turned), Way.RANDOM))
        .isEqualTo(ids(Choice.of(plan, Plans.MARCH, all), Way.RANDOM));
  }

  /** Over many seeds each of 20 is among 5 chosen in a quarter of them. */
  @Test
  void eachIsChosenEquallyOften() {
    List<Candidate> all =
        IntStream.range(0, 20).mapToObj(i -> candidate("c" + i, Standing.EVENT, 1, null)).toList();
    Map<String, Integer> often = new HashMap<>();
    for (int seed = 0; seed < 4_000; seed++) {
      ids(Choice.of(Plans.plan(seed, Map.of(Way.RANDOM, 5)), Plans.MARCH, all), Way.RANDOM)
          .forEach(id -> often.merge(id, 1, Integer::sum));
    }
    // Six standard errors of 0.25 over 4,000: 0.041.
    assertThat(often).hasSize(20);
    assertThat(often.values())
        .allSatisfy(count -> assertThat(count / 4_000.0).isCloseTo(0.25, within(0.041)));
  }

  @Test
  void aWindowAndASeedHaveAChanceOfTheirOwn() {
    List<Candidate> all =
        IntStream.range(0, 50).mapToObj(i -> candidate("c" + i, Standing.EVENT, 1, null)).toList();
    AdjudicationPlan plan = Plans.plan(1, Map.of(Way.RANDOM, 10));
    ReportWindow april =
        new ReportWindow(
            ReportWindow.Kind.MONTH, Plans.MARCH.end(), Instant.parse("2021-05-01T00:00:00Z"));
    List<Choice.Chosen> march = Choice.of(plan, Plans.MARCH, all);
    assertThat(Choice.of(plan, april, all)).isNotEqualTo(march);
    assertThat(Choice.of(Plans.plan(2, Map.of(Way.RANDOM, 10)), Plans.MARCH, all))
        .isNotEqualTo(march);
  }

  @Test
  void informativeAreLabelsThatTheScoresBelieveLeast() {
    List<Candidate> all =
        List.of(
            candidate("low-event", Standing.EVENT, 1, 0.01),
            candidate("high-event", Standing.EVENT, 1, 0.9),
            candidate("high-none", Standing.NO_EVENT, 1, 0.8),
            candidate("low-none", Standing.NO_EVENT, 1, 0.1),
            candidate("no-score", Standing.EVENT, 1, null),
            candidate("censored", Standing.CENSORED, 1, 0.99));
    assertThat(
            ids(
                Choice.of(Plans.plan(3, Map.of(Way.INFORMATIVE, 4)), Plans.MARCH, all),
                Way.INFORMATIVE))
        // 1 - 1/8, 5/8, 3/8 and 1 - 7/8 by hand.
        .containsExactly("low-event", "high-none", "low-none", "high-event");
  }

  @Test
  void uncertainAreCensoredAndCorrectedLabels() {
    List<Candidate> all =
        List.of(
            candidate("censored", Standing.CENSORED, 1, null),
            candidate("corrected", Standing.EVENT, 2, null),
            candidate("plain", Standing.EVENT, 1, null),
            candidate("excluded", Standing.EXCLUDED, 2, null));
    assertThat(
            Set.copyOf(
                ids(
                    Choice.of(Plans.plan(3, Map.of(Way.UNCERTAIN, 4)), Plans.MARCH, all),
                    Way.UNCERTAIN)))
        .containsExactlyInAnyOrder("censored", "corrected");
  }

  /** Safety: 30. */
  @Test
  void theFirstPredictionOfAPatientCounts() {
    Candidate late = new Candidate("a", "p", TIME.plusSeconds(1), Standing.EVENT, 1, "m", null);
    Candidate early = new Candidate("b", "p", TIME, Standing.NO_EVENT, 1, "m", null);
    Candidate excluded =
        new Candidate("c", "p", TIME.minusSeconds(1), Standing.EXCLUDED, 1, "m", null);
    assertThat(
            ids(
                Choice.of(
                    Plans.plan(3, Map.of(Way.RANDOM, 4)),
                    Plans.MARCH,
                    List.of(late, early, excluded)),
                Way.RANDOM))
        .containsExactly("b");
  }

  @Test
  void everybodyIsAskedAboutAsOften() {
    AdjudicationPlan plan = Plans.plan(5, ALL);
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      List<String> asked = Choice.asked(plan, "case-" + i);
      assertThat(asked).containsExactlyInAnyOrderElementsOf(Plans.PEOPLE);
      first.merge(asked.get(0), 1, Integer::sum);
    }
    assertThat(first.values())
        .hasSize(3)
        .allSatisfy(count -> assertThat(count / 3_000.0).isCloseTo(1 / 3.0, within(0.052)));
  }

  @Test
  void windowsLieWithinThePlansPeriodAndAreOver() {
    AdjudicationPlan plan = Plans.plan(1, ALL);
    assertThat(plan.over(Instant.parse("2021-04-01T00:00:00Z"), ZoneOffset.UTC))
        .extracting(ReportWindow::start)
        .containsExactly(
            Instant.parse("2021-02-01T00:00:00Z"), Instant.parse("2021-03-01T00:00:00Z"));
    assertThat(plan.over(Instant.parse("2021-03-31T23:59:59Z"), ZoneOffset.UTC)).hasSize(1);
    assertThat(plan.over(Instant.parse("2021-01-01T00:00:00Z"), ZoneOffset.UTC)).isEmpty();
  }

  @Test
  void aPlanNeedsThreePeopleAndWindowsThatDoNotOverlap() {
    AdjudicationPlan plan = Plans.plan(1, ALL);
    assertThatThrownBy(() -> with(plan, ReportWindow.Kind.QUARTER, Plans.PEOPLE))
        .hasMessageContaining("overlap");
    assertThatThrownBy(() -> with(plan, ReportWindow.Kind.WEEK, List.of("a", "b")))
        .hasMessageContaining("Three");
    assertThatThrownBy(() -> with(plan, ReportWindow.Kind.WEEK, List.of("a", "b", "c", "c")))
        .hasMessageContaining("Three");
  }

  private static AdjudicationPlan with(
      AdjudicationPlan plan, ReportWindow.Kind window, List<String> performers) {
    return new AdjudicationPlan(
        plan.canonical(),
        plan.title(),
        plan.outcome(),
        plan.questionnaire(),
        plan.guideline(),
        plan.shares(),
        plan.seed(),
        window,
        performers,
        plan.answer(),
        plan.period());
  }
}
