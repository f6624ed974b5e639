package org.auscult.monitoring.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.auscult.monitoring.performance.BoundedGroups;
import org.auscult.monitoring.performance.Standing;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.Proportion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UseReportTest {
  private static CardFate shown(Reply reply, Standing standing) {
    return new CardFate(null, true, true, reply, null, standing);
  }

  private static CardFate withheld(Standing standing) {
    return new CardFate("below-threshold", false, true, Reply.NONE, null, standing);
  }

  private static AskedCall call(int patient, @Nullable String user, CardFate... cards) {
    return new AskedCall(
        "p" + patient, user, Map.of("site", patient % 2 == 0 ? "n" : "s"), List.of(cards));
  }

  private static Estimate figure(UseReport report, String name) {
    return report.figures().stream()
        .filter(figure -> figure.definition().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Right warnings: 30 of 40 accepted; wrong ones: 10 of 40. Withheld ones: 12 of 30 events. */
  private static List<AskedCall> calls() {
    List<AskedCall> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(call(i, "u" + i % 4, shown(i < 30 ? Reply.ACCEPTED : Reply.NONE, Standing.EVENT)));
      calls.add(
          call(
              100 + i,
              "v" + i % 4,
              shown(i < 10 ? Reply.ACCEPTED : Reply.OVERRIDDEN, Standing.NO_EVENT)));
    }
    for (int i = 0; i < 30; i++) {
      calls.add(call(200 + i, null, withheld(i < 12 ? Standing.EVENT : Standing.NO_EVENT)));
    }
    return calls;
  }

  @Test
  void relianceIsAcceptanceOfRightLessThatOfWrongWarnings() {
    UseReport report = UseReport.of(calls());
    assertThat(figure(report, "reliance").get()).isEqualTo(0.5, offset(1e-12));
    assertThat(figure(report, "acceptance-rate").get()).isEqualTo(0.5, offset(1e-12));
    assertThat(figure(report, "override-rate-shown").get()).isEqualTo(30 / 80.0, offset(1e-12));
    assertThat(figure(report, "response-rate").get()).isEqualTo(70 / 80.0, offset(1e-12));
    assertThat(figure(report, "calls-with-cards").get()).isEqualTo(80 / 110.0, offset(1e-12));
    assertThat(figure(report, "user-response-rate").n()).isEqualTo(8);
  }

  @Test
  void eventsAmongShownAndWithheldWarningsAreCompared() {
    UseReport report = UseReport.of(calls());
    Estimate.Known difference = (Estimate.Known) figure(report, "event-rate-difference-shown");
    assertThat(difference.value()).isEqualTo(0.5 - 0.4, offset(1e-12));
    assertThat(difference.certainty().interval())
        .isEqualTo(new Proportion(40, 80).newcombe(new Proportion(12, 30)));
  }

  @Test
  void theOrderOfCallsDoesNotMatter() {
    List<AskedCall> calls = calls();
    UseReport report = UseReport.of(calls);
    Collections.shuffle(calls, new Random(3));
    assertThat(UseReport.of(calls)).isEqualTo(report);
  }

  @Test
  void aWindowOfTenPatientsTellsNothing() {
    List<AskedCall> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(call(i % 10, "u", shown(Reply.ACCEPTED, Standing.EVENT)));
    }
    assertThat(UseReport.of(calls).figures())
        .allSatisfy(
            figure ->
                assertThat(figure)
                    .isInstanceOfSatisfying(
                        Estimate.Unknown.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo(Reason.SMALL_CELL)));
  }

  @Test
  void aGroupOfTenPatientsIsHiddenAndTheOneThatWouldGiveItAway() {
    List<AskedCall> calls = new ArrayList<>();
    for (int i = 0; i < 110; i++) {
      calls.add(
          new AskedCall(
              "p" + i,
              "u",
              Map.of("site", i < 10 ? "small" : i < 50 ? "next" : "large"),
              List.of(shown(Reply.NONE, Standing.PENDING))));
    }
    assertThat(UseReport.of(calls).groups().get("site")).containsOnlyKeys("large");
  }

  /** Wards are many: the largest are told. Each site is. */
  @Test
  void manyGroupsAreToldTogether() {
    List<AskedCall> calls = new ArrayList<>();
    for (int i = 0; i < 30 * 12 + 5; i++) {
      calls.add(
          new AskedCall(
              "p" + i,
              "u",
              Map.of("site", "s" + i % 30, "ward", "w" + i % 30),
              List.of(shown(Reply.NONE, Standing.PENDING))));
    }
    UseReport report = UseReport.of(calls);
    assertThat(report.groups().get("site")).hasSize(30);
    assertThat(report.groups().get("ward"))
        .hasSize(BoundedGroups.MOST)
        .containsKeys("w0", "w4", BoundedGroups.OTHERS);
    assertThat(UseReport.of(calls.stream().filter(c -> isOther(report, c)).toList()).figures())
        .isEqualTo(report.groups().getOrDefault("ward", new TreeMap<>()).get(BoundedGroups.OTHERS));
  }

  private static boolean isOther(UseReport report, AskedCall call) {
    return !report
        .groups()
        .getOrDefault("ward", new TreeMap<>())
        .containsKey(call.groups().getOrDefault("ward", ""));
  }

  @Test
  void relianceOfFewOutcomesIsNotTold() {
    List<AskedCall> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(call(i, "u", shown(Reply.ACCEPTED, i < 10 ? Standing.EVENT : Standing.NO_EVENT)));
    }
    Estimate reliance = figure(UseReport.of(calls), "reliance");
    assertThat(reliance)
        .isInstanceOfSatisfying(
            Estimate.Unknown.class,
            unknown -> assertThat(unknown.reason()).isEqualTo(Reason.SMALL_CELL));
    assertThat(figure(UseReport.of(calls), "acceptance-rate").get()).isEqualTo(1.0);
  }

  @Test
  void cardsThatOfferNothingAreNeitherAcceptedNorSilent() {
    List<AskedCall> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(
          call(
              i,
              "u",
              new CardFate(
                  null,
                  false,
                  false,
                  i < 5 ? Reply.OVERRIDDEN : Reply.NONE,
                  null,
                  Standing.NOT_OBSERVED)));
    }
    UseReport report = UseReport.of(calls);
    assertThat(figure(report, "acceptance-rate")).isInstanceOf(Estimate.Unknown.class);
    assertThat(figure(report, "override-rate-shown").get()).isEqualTo(0.25);
    assertThat(report.counts())
        .containsEntry("no-response-received", 15L)
        .doesNotContainKey("with-suggestions");
  }

  @Test
  void seldomReasonsAreCountedTogether() {
    List<AskedCall> calls = new ArrayList<>();
    for (int i = 0; i < UseReport.MOST_REASONS + 5; i++) {
      for (int times = 0; times < (i < UseReport.MOST_REASONS ? 2 : 1); times++) {
        calls.add(
            call(
                i,
                "u",
                new CardFate(null, true, true, Reply.OVERRIDDEN, "r" + i, Standing.PENDING)));
      }
    }
    assertThat(UseReport.of(calls).reasons())
        .hasSize(UseReport.MOST_REASONS + 1)
        .containsEntry("r0", 2L)
        .containsEntry(UseReport.OTHER, 5L);
  }

  @Test
  void withheldCardsAreToldByTheirReason() {
    UseReport report = UseReport.of(calls());
    assertThat(report.withheld()).isEqualTo(Map.of("below-threshold", 30L));
    assertThat(report.counts())
        .containsEntry("calls", 110L)
        .containsEntry("shown", 80L)
        .containsEntry("users", 8L);
  }
}
