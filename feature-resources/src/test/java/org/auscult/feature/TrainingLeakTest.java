package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.auscult.cohort.CohortCriteria;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.training.IndexRule;
import org.auscult.training.PatientHistory;
import org.auscult.training.Row;
import org.auscult.training.RowMaker;
import org.auscult.training.RowMaker.Knowledge;
import org.auscult.training.Split;
import org.auscult.training.Tally;
import org.auscult.unit.CodeUnits;

/** Rows of data sets see what a card of their index time saw, with every operator and window. */
class TrainingLeakTest {
  private static final ResolvedFeatureSet SET = OracleFeatures.set();
  private static final FeatureEvaluator EVALUATOR =
      new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);
  private static final Instant CUT = RandomHistory.START.plus(Duration.ofDays(1_200));
  private static final Split SPLIT =
      new Split(Split.By.PATIENT, 1, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO);

  /** Safety: 29. Whatever becomes known after an index time leaves its row as it is. */
  @Property(tries = 120)
  void knowsNothingThatWasKnownLater(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<Fact> facts = RandomHistory.of(random);
    Instant at = RandomHistory.START.plus(Duration.ofHours(random.nextInt(900 * 24)));
    List<Fact> later = new ArrayList<>(facts);
    // Of another patient's life: known after the index time, whenever it was true. Birth and death
    // are looked at as of the cut, to say whether there is a row.
    RandomHistory.of(new Random(seed + 1)).stream()
        .filter(fact -> fact.source().kind() != ResourceKind.PATIENT)
        .filter(fact -> fact.known().from().isAfter(at))
        .forEach(later::add);

    assertThat(rows(later, at)).isEqualTo(rows(facts, at));
  }

  /** The same vector as one that is asked for by itself. */
  @Property(tries = 60)
  void makesWhatIsServedOnline(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<Fact> facts = RandomHistory.of(random);
    Instant at = RandomHistory.START.plus(Duration.ofHours(random.nextInt(900 * 24)));
    PatientTimeline online = new PatientTimeline("p", 9, facts, Set.of(ResourceKind.values()));

    List<FeatureVector> rows = rows(facts, at);

    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row)
                    .isEqualTo(
                        EVALUATOR.evaluate(SET, online.asOf(AsOf.instant(row.asOf().at())))));
    assertThat(rows.isEmpty() || rows.get(0).entries().size() > 100).isTrue();
  }

  private static List<FeatureVector> rows(List<Fact> facts, Instant at) throws IOException {
    IndexRule times = new IndexRule.Listed(Set.of(at), Map.of());
    RowMaker maker =
        new RowMaker(
            new RowMaker.Rules(
                SET, CohortCriteria.NONE, times, SPLIT, null, Knowledge.INDEX, CUT, ZoneOffset.UTC),
            EVALUATOR);
    List<FeatureVector> rows = new ArrayList<>();
    RowMaker.Taker taker = (Row row) -> rows.add(row.vector());
    maker.rows(
        new PatientHistory("p", 9, facts, null, Set.of(ResourceKind.values())),
        null,
        taker,
        new Tally());
    return rows;
  }
}
