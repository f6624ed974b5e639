package org.auscult.monitoring.skew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.monitoring.Served.GLUCOSE_VALUE;
import static org.auscult.monitoring.Served.MEAN_PRESSURE;
import static org.auscult.monitoring.Served.NOW;
import static org.auscult.monitoring.Served.entry;
import static org.auscult.monitoring.Served.pressure;
import static org.auscult.monitoring.Served.set;
import static org.auscult.monitoring.Served.vector;

import java.util.List;
import java.util.function.UnaryOperator;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.InMemoryFeatureCatalog;
import org.auscult.feature.MissingReason;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.monitoring.Served;
import org.auscult.monitoring.skew.Difference.Kind;
import org.auscult.monitoring.skew.VectorCheck.Different;
import org.auscult.monitoring.skew.VectorCheck.Equal;
import org.auscult.monitoring.skew.VectorCheck.NotChecked;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.Subject;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;

/** What was served, made again. */
class SkewCheckTest {
  private final InMemoryTimeline timeline = new InMemoryTimeline();
  private final FeatureVector served;

  SkewCheckTest() {
    write("a", "2024-05-01T08:00:00Z", "120");
    write("b", "2024-05-02T08:00:00Z", "140");
    served = vector(timeline, set());
  }

  @Test
  void whatIsMadeAgainIsTheSameWhateverWasWrittenSince() {
    write("c", "2024-05-02T09:00:00Z", "200");
    write("a", "2024-05-01T08:00:00Z", "60");

    assertThat(check(set(), entry(FactBasis.RECORD, served))).containsExactly(new Equal());
    assertThat(vector(timeline, set()).value("mean-pressure"))
        .isNotEqualTo(served.value("mean-pressure"));
  }

  @Test
  void anotherNumberIsADifferenceOfItsFeatureAlone() {
    assertThat(check(set(Operator.MAX, "mm[Hg]"), entry(FactBasis.RECORD, served)))
        .containsExactly(different(MEAN_PRESSURE, Kind.VALUE));
  }

  @Test
  void anotherUnitIsADifference() {
    assertThat(check(set(Operator.MEAN, "kPa"), entry(FactBasis.RECORD, served)))
        .containsExactly(different(MEAN_PRESSURE, Kind.UNIT));
  }

  @Test
  void otherEvidenceIsADifference() {
    assertThat(checkServedAs(p -> present(p, p.value(), List.of("Observation/a/_history/1"))))
        .containsExactly(different(MEAN_PRESSURE, Kind.EVIDENCE));
  }

  @Test
  void whatIsWithinOnePartInABillionIsTheSame() {
    assertThat(checkServedAs(p -> present(p, p.value() * (1 + 5e-10), p.evidence())))
        .containsExactly(new Equal());
    assertThat(checkServedAs(p -> present(p, p.value() * (1 + 5e-9), p.evidence())))
        .containsExactly(different(MEAN_PRESSURE, Kind.VALUE));
  }

  @Test
  void whatIsMissingNowOrWasMissingThenIsADifference() {
    InMemoryTimeline emptied = new InMemoryTimeline().patient("p", served.epoch());
    assertThat(check(emptied, set(), entry(FactBasis.RECORD, served)))
        .containsExactly(different(MEAN_PRESSURE, Kind.NOW_MISSING));

    FeatureVector without = vector(emptied, set());
    assertThat(check(timeline, set(), entry(FactBasis.RECORD, without)))
        .containsExactly(different(MEAN_PRESSURE, Kind.NOW_PRESENT));
  }

  @Test
  void anotherReasonIsADifference() {
    FeatureVector other =
        new FeatureVector(
            served.featureSet(),
            served.patient(),
            served.asOf(),
            served.epoch(),
            List.of(
                served.entries().get(0),
                new FeatureVector.Entry(
                    "glucose", GLUCOSE_VALUE, "glucose", new Missing(MissingReason.UNIT, ""))));
    assertThat(check(set(), entry(FactBasis.RECORD, other)))
        .containsExactly(different(GLUCOSE_VALUE, Kind.REASON));
  }

  @Test
  void whatTheSetHasNotAnyMoreIsADifference() {
    ResolvedFeatureSet fewer =
        new ResolvedFeatureSet(
            set().url(), set().version(), set().name(), set().features().subList(0, 1));
    assertThat(check(fewer, entry(FactBasis.RECORD, served)))
        .containsExactly(different(GLUCOSE_VALUE, Kind.NOT_IN_SET));
  }

  @Test
  void whatNobodyCanTellIsSaid() {
    JournalEntry ours = entry(FactBasis.RECORD, served);
    JournalEntry theirs =
        new JournalEntry(
            ours.id(),
            NOW,
            ours.call(),
            new Subject("https://ehr.example.org", "p"),
            NOW,
            0,
            0,
            ours.deployments(),
            FactBasis.CALLER);
    ResolvedFeatureSet changed = set(Operator.MAX, "mm[Hg]");

    assertThat(check(changed, theirs)).containsExactly(notChecked(Unchecked.NOT_OUR_PATIENT));
    assertThat(check(changed, entry(FactBasis.CALLER, served)))
        .containsExactly(notChecked(Unchecked.CALLER_FACTS));
    assertThat(check(changed, entry(null, served)))
        .containsExactly(notChecked(Unchecked.BASIS_UNKNOWN));
    assertThat(check(set(), entry(null, served))).containsExactly(new Equal());
    assertThat(check(new InMemoryTimeline(), set(), ours))
        .containsExactly(notChecked(Unchecked.PATIENT_GONE));
    assertThat(new SkewCheck(new InMemoryFeatureCatalog(), Served.EVALUATOR, timeline).check(ours))
        .containsExactly(notChecked(Unchecked.DEFINITION_GONE));
  }

  @Test
  void aVectorThatSeveralRunsShareIsCheckedOnce() {
    assertThat(check(set(), entry(FactBasis.RECORD, served, served))).containsExactly(new Equal());
  }

  @Test
  void aReportCountsVectorsAndNamesWhatDiffers() {
    JournalEntry good = entry(FactBasis.RECORD, served);
    JournalEntry bad = entry(FactBasis.RECORD, served);
    JournalEntry unknown = entry(FactBasis.CALLER, served);
    SkewReport.Tally tally = new SkewReport.Tally();
    assertThat(tally.report().uncheckedShare()).isZero();
    tally.add(good.id(), check(set(), good));
    tally.add(bad.id(), check(set(Operator.MAX, "mm[Hg]"), bad));
    for (int i = 0; i < 11; i++) {
      tally.add(entry(FactBasis.RECORD).id(), List.of(different(MEAN_PRESSURE, Kind.VALUE)));
    }
    tally.add(unknown.id(), check(set(), unknown));

    SkewReport report = tally.report();
    assertThat(report.predictions()).isEqualTo(14);
    assertThat(report.vectors()).isEqualTo(14);
    assertThat(report.equal()).isEqualTo(1);
    assertThat(report.different()).isEqualTo(12);
    assertThat(report.unchecked()).hasSize(1).containsEntry(Unchecked.CALLER_FACTS, 1);
    assertThat(report.uncheckedShare()).isEqualTo(1 / 14.0);
    assertThat(report.lines()).hasSize(1);
    SkewReport.Line line = report.lines().get(0);
    assertThat(line.difference()).isEqualTo(new Difference(MEAN_PRESSURE, Kind.VALUE));
    assertThat(line.vectors()).isEqualTo(12);
    assertThat(line.examples()).hasSize(10).startsWith(bad.id());
  }

  private void write(String id, String at, String value) {
    timeline.write(
        ResourceKind.OBSERVATION, id, NOW.minusSeconds(1), List.of(pressure(id, at, value)));
  }

  /** Of what was served with another value for pressures. */
  private List<VectorCheck> checkServedAs(UnaryOperator<Present> change) {
    FeatureVector.Entry first = served.entries().get(0);
    FeatureVector other =
        new FeatureVector(
            served.featureSet(),
            served.patient(),
            served.asOf(),
            served.epoch(),
            List.of(
                new FeatureVector.Entry(
                    first.name(),
                    first.definition(),
                    first.title(),
                    change.apply((Present) first.value())),
                served.entries().get(1)));
    return check(set(), entry(FactBasis.RECORD, other));
  }

  private static Present present(Present as, double value, List<String> evidence) {
    return new Present(
        value, as.unit(), as.text(), evidence, as.effective(), as.known(), as.origin());
  }

  private List<VectorCheck> check(ResolvedFeatureSet now, JournalEntry entry) {
    return check(timeline, now, entry);
  }

  private static List<VectorCheck> check(
      InMemoryTimeline timeline, ResolvedFeatureSet now, JournalEntry entry) {
    return new SkewCheck(new InMemoryFeatureCatalog().add(now), Served.EVALUATOR, timeline)
        .check(entry);
  }

  private static VectorCheck different(String definition, Kind kind) {
    return new Different(List.of(new Difference(definition, kind)));
  }

  private static VectorCheck notChecked(Unchecked reason) {
    return new NotChecked(reason);
  }
}
