package org.auscult.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.MissingReason;
import org.auscult.model.RegisteredModel;
import org.auscult.monitoring.performance.Standing;
import org.auscult.prediction.ModelRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who comes, what is predicted of them, and what becomes of them. */
class WardTest {
  private static final LocalDate START = LocalDate.of(2025, 1, 1);

  private final Pack pack = new Pack();
  private final RegisteredModel model = pack.model();

  @AfterEach
  void close() {
    model.scorer().close();
  }

  private static YearPlan plan(Set<Planted> planted) {
    return new YearPlan(5, START, 50, 7, planted, true);
  }

  private List<HospitalStay> stays(YearPlan plan) {
    return new Admissions(plan, BundledPatient.all(model.features())).all();
  }

  @Test
  void patientsAreTheSameButForWhatIsPlanted() {
    YearPlan all = plan(EnumSet.allOf(Planted.class));
    assertThat(stays(all)).isEqualTo(stays(all)).hasSizeBetween(2_550, 2_620);
    assertThat(stays(plan(Set.of(Planted.POPULATION)))).isEqualTo(stays(all));
    List<HospitalStay> usual = stays(plan(Set.of()));
    List<HospitalStay> changed = stays(all);
    for (int i = 0; i < usual.size(); i++) {
      HospitalStay one = usual.get(i);
      HospitalStay other = changed.get(i);
      assertThat(other.fate()).isEqualTo(one.fate());
      if (!other.equals(one)) {
        assertThat(other.admitted()).isAfterOrEqualTo(all.from(Planted.POPULATION));
        assertThat(other.born()).isBefore(one.born());
      }
    }
    assertThat(changed).isNotEqualTo(usual);
  }

  @Test
  void theModelSaysTheTruthUntilTheConceptChanges() {
    YearPlan plan = plan(Set.of(Planted.CONCEPT));
    Ward ward = new Ward(plan, pack, model);
    TrueRelation truth = new TrueRelation(model, plan);
    int differing = 0;
    for (HospitalStay stay : stays(plan)) {
      ward.open(stay, false, (entry, run) -> {});
      Served served = ward.ledger().all().get(ward.ledger().all().size() - 1);
      double risk = TrueRelation.probability(truth.logit(stay));
      if (stay.admitted().isBefore(plan.from(Planted.CONCEPT))) {
        assertThat(Objects.requireNonNull(served.score())).isCloseTo(risk, within(1e-12));
      } else {
        differing += Math.abs(Objects.requireNonNull(served.score()) - risk) > 0.01 ? 1 : 0;
      }
    }
    assertThat(differing).isGreaterThan(500);
  }

  @Test
  void theOtherUnitCannotBeReadAndIsOfOneLaboratory() {
    YearPlan plan = plan(Set.of());
    Ward ward = new Ward(plan, pack, model);
    for (HospitalStay stay : stays(plan).subList(0, 40)) {
      List<ModelRun> runs = new ArrayList<>();
      ward.open(stay, true, (entry, run) -> runs.add(run));
      boolean isUnreadable =
          runs.get(0).vector().value("creatinine").orElseThrow() instanceof Missing missing
              && missing.reason() == MissingReason.UNIT;
      assertThat(isUnreadable).isEqualTo(stay.site().equals(Hospital.CHANGING));
    }
  }

  @Test
  void whoDiesIsLabelledWhenTheStayEnds() {
    YearPlan plan = plan(Set.of());
    Ward ward = new Ward(plan, pack, model);
    TrueRelation truth = new TrueRelation(model, plan);
    List<HospitalStay> some = stays(plan).subList(0, 200);
    some.forEach(stay -> ward.open(stay, false, (entry, run) -> {}));
    assertThat(ward.ledger().all())
        .allMatch(one -> ward.ledger().standing(one) == Standing.PENDING);
    ward.dischargeBefore(plan.end());
    long dead = 0;
    for (Served one : ward.ledger().all()) {
      boolean isDead = one.stay().fate() < TrueRelation.probability(truth.logit(one.stay()));
      assertThat(ward.ledger().standing(one))
          .isEqualTo(isDead ? Standing.EVENT : Standing.NO_EVENT);
      dead += isDead ? 1 : 0;
    }
    assertThat(dead).isBetween(10L, 60L);
  }

  @Test
  void aPlanSaysWhatIsWrongWithIt() {
    assertThatThrownBy(() -> new YearPlan(1, START, 49, 1, Set.of(), true))
        .hasMessageContaining("patients per week are 50 to 2000, and not 49");
    assertThatThrownBy(() -> new YearPlan(1, START, 250, 8, Set.of(), true))
        .hasMessageContaining("every 1 to 7 days, and not every 8");
  }

  @Test
  void weeklyLooksAreOnMondays() {
    YearPlan plan = new YearPlan(1, START, 250, 7, Set.of(), true);
    assertThat(plan.looks(LocalDate.of(2025, 1, 6))).isTrue();
    assertThat(plan.looks(LocalDate.of(2025, 1, 7))).isFalse();
    assertThat(plan.looks(LocalDate.of(1969, 12, 29))).isTrue();
  }
}
