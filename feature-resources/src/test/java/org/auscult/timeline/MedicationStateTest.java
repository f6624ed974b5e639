package org.auscult.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.auscult.timeline.KnownTime.Basis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MedicationStateTest {
  private static final Code STATIN = Code.rxnorm("617310");
  private static final Code ASPIRIN = Code.rxnorm("243670");
  private static final Code NAMED = Medications.code("m");
  private static final Instant DAY_2 = Instant.parse("2024-01-02T09:00:00Z");

  private static MedicationState state(Basis basis, Instant from, Code... codes) {
    return new MedicationState(1, List.of(codes), from, basis);
  }

  private static Fact order(KnownTime known) {
    return fact()
        .kind(ResourceKind.MEDICATION_REQUEST)
        .codes(NAMED, Medications.UNRESOLVED)
        .known(known)
        .epochs(3, null)
        .build();
  }

  @Test
  void whatNamesNoStoredMedicationStaysAsItIs() {
    MedicationState state = state(Basis.RECORDED, FactBuilder.DAY_1, STATIN);
    Fact elsewhere =
        fact()
            .kind(ResourceKind.MEDICATION_REQUEST)
            .codes(new Code(Medications.REFERENCE, "https://other.example.org/fhir/Medication/m"))
            .build();
    Fact observation = fact().codes(NAMED).build();

    assertThat(state.rows(elsewhere)).containsExactly(elsewhere);
    assertThat(state.rows(observation)).containsExactly(observation);
    assertThat(Medications.reference(order(KnownTime.recorded(DAY_2)))).contains("m");
  }

  @Test
  void anOrderIsNotOfADrugBeforeItsCodeWasKnown() {
    KnownTime history = new KnownTime(FactBuilder.DAY_1, null, Basis.ASSUMED);

    List<Fact> rows = state(Basis.RECORDED, DAY_2, STATIN).rows(order(history));

    assertThat(rows)
        .extracting(Fact::codes)
        .containsExactly(List.of(NAMED, Medications.UNRESOLVED), List.of(STATIN, NAMED));
    assertThat(rows.get(0).known()).isEqualTo(history.closedAt(DAY_2));
    assertThat(rows.get(0).epochs().contains(3)).as("it stood in no epoch").isFalse();
    assertThat(rows.get(1).known()).isEqualTo(new KnownTime(DAY_2, null, Basis.ASSUMED));
    assertThat(state(Basis.ASSUMED, DAY_2, STATIN).rows(order(history)))
        .singleElement()
        .satisfies(row -> assertThat(row.known()).isEqualTo(history));
  }

  @Test
  void historyReplacesNothingThatWasKnownLive() {
    MedicationState live = state(Basis.RECORDED, FactBuilder.DAY_1, STATIN);
    MedicationState loaded = state(Basis.ASSUMED, DAY_2, ASPIRIN);

    assertThat(loaded.after(live).basis()).isEqualTo(Basis.RECORDED);
    assertThat(loaded.after(MedicationState.UNKNOWN)).isEqualTo(loaded);
    assertThat(loaded.following(order(KnownTime.recorded(FactBuilder.DAY_1)), DAY_2, 4).known())
        .isEqualTo(KnownTime.recorded(DAY_2));
    assertThatThrownBy(() -> state(Basis.CALL, DAY_2)).isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * Whatever Medication and order say when: at each time exactly one row is known from the order's
   * beginning on, and it bears no code that the Medication brought later.
   */
  @Test
  void oneRowIsKnownAtEachTimeAndNoneKnowsTheFuture() {
    Random random = new Random(35);
    for (int run = 0; run < 2000; run++) {
      InMemoryTimeline timeline = new InMemoryTimeline().patient("p", 0);
      @Nullable Instant[] saidSince = new @Nullable Instant[2];
      long orderedAt = 1 + random.nextInt(6);
      for (int time = 1; time <= 6; time++) {
        Instant now = Instant.ofEpochSecond(time);
        if (random.nextBoolean()) {
          int which = random.nextInt(3);
          List<Code> codes = which == 2 ? List.of() : List.of(which == 0 ? STATIN : ASPIRIN);
          if (which < 2 && saidSince[which] == null) {
            saidSince[which] = now;
          }
          timeline.medication("m", new MedicationState(time, codes, now, Basis.RECORDED));
        }
        if (time == orderedAt) {
          Basis basis = random.nextBoolean() ? Basis.RECORDED : Basis.ASSUMED;
          Instant known = basis == Basis.RECORDED ? now : Instant.ofEpochSecond(1);
          Fact order = order(new KnownTime(known, null, basis));
          timeline.write(order.source().kind(), order.source().id(), now, List.of(order));
        }
      }
      List<Fact> rows = new ArrayList<>(timeline.rows("p"));
      Instant first =
          rows.stream().map(row -> row.known().from()).min(Instant::compareTo).orElseThrow();
      for (int time = 1; time <= 6; time++) {
        AsOf.Known known = new AsOf.Known.ByClock(Instant.ofEpochSecond(time));
        List<Fact> seen = rows.stream().filter(known::sees).toList();
        assertThat(seen).hasSize(Instant.ofEpochSecond(time).isBefore(first) ? 0 : 1);
        for (Fact row : seen) {
          assertNotBefore(row, STATIN, saidSince[0], time);
          assertNotBefore(row, ASPIRIN, saidSince[1], time);
          assertThat(row.codes()).containsOnlyOnce(NAMED).hasSize(2);
        }
      }
    }
  }

  private static void assertNotBefore(Fact row, Code code, @Nullable Instant since, int time) {
    if (row.codes().contains(code)) {
      assertThat(since).isNotNull().isBeforeOrEqualTo(Instant.ofEpochSecond(time));
    }
  }
}
