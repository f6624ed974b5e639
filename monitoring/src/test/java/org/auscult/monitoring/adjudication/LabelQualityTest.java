package org.auscult.monitoring.adjudication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.auscult.monitoring.adjudication.Judgement.CANNOT_BE_JUDGED;
import static org.auscult.monitoring.adjudication.Judgement.EVENT;
import static org.auscult.monitoring.adjudication.Judgement.NO_EVENT;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.auscult.monitoring.adjudication.Adjudication.Verdict;
import org.auscult.monitoring.performance.Standing;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.junit.jupiter.api.Test;

class LabelQualityTest {
  private static AdjudicatedCase judged(Way way, Standing rule, Judgement... judgements) {
    Adjudication all = Adjudication.OPEN;
    for (int i = 0; i < judgements.length; i++) {
      all = all.with(new Verdict(i + 1, "p" + i, judgements[i]));
    }
    return new AdjudicatedCase(way, rule, all, judgements.length == 1);
  }

  private static void add(List<AdjudicatedCase> to, int times, AdjudicatedCase one) {
    to.addAll(Collections.nCopies(times, one));
  }

  /** 50 random cases; the published table of kappa: 20, 5, 10, 15 give 0.4. */
  private static List<AdjudicatedCase> fifty() {
    List<AdjudicatedCase> all = new ArrayList<>();
    add(all, 18, judged(Way.RANDOM, Standing.EVENT, EVENT, EVENT));
    add(all, 2, judged(Way.RANDOM, Standing.NO_EVENT, EVENT, EVENT));
    add(all, 5, judged(Way.RANDOM, Standing.EVENT, EVENT, NO_EVENT, NO_EVENT));
    add(all, 6, judged(Way.RANDOM, Standing.EVENT, NO_EVENT, EVENT, EVENT));
    add(all, 4, judged(Way.RANDOM, Standing.NO_EVENT, NO_EVENT, EVENT, CANNOT_BE_JUDGED));
    add(all, 15, judged(Way.RANDOM, Standing.NO_EVENT, NO_EVENT, NO_EVENT));
    return all;
  }

  private static Estimate figure(LabelQuality quality, String name) {
    return quality.figures().stream()
        .filter(figure -> figure.definition().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void figuresAreThoseWorkedOutByHand() {
    LabelQuality quality = LabelQuality.of(fifty());
    // po = 35/50, pe = (25/50)(30/50) + (25/50)(20/50) = 0.5.
    assertThat(figure(quality, "kappa").get()).isCloseTo(0.4, within(1e-12));
    assertThat(figure(quality, "agreement").get()).isCloseTo(0.7, within(1e-12));
    assertThat(figure(quality, "not-judged-rate").get()).isCloseTo(4 / 50.0, within(1e-12));
    // By rule 29 events, of which 18 + 6 were judged so.
    assertThat(figure(quality, "label-ppv").get()).isCloseTo(24 / 29.0, within(1e-12));
    // Judged 26 events, of which the rule has 24.
    assertThat(figure(quality, "label-sensitivity").get()).isCloseTo(24 / 26.0, within(1e-12));
    // Wilson's by its formula for 24 of 26: z = 1.959963984540054.
    Interval interval = figure(quality, "label-sensitivity").interval().orElseThrow();
    assertThat(interval.lower()).isCloseTo(0.7586, within(5e-5));
    assertThat(interval.upper()).isCloseTo(0.9786, within(5e-5));
    assertThat(quality.counts())
        .containsEntry("random", 50L)
        .containsEntry("settled", 50L)
        .containsEntry("disagreed", 15L)
        .containsEntry("open", 0L);
  }

  /** What was chosen since it is doubtful changes no figure, only counts. */
  @Test
  void onlyTheRandomSampleTellsOfQuality() {
    List<AdjudicatedCase> more = fifty();
    add(more, 30, judged(Way.UNCERTAIN, Standing.CENSORED, EVENT, NO_EVENT));
    add(more, 7, judged(Way.INFORMATIVE, Standing.EVENT, NO_EVENT));
    Collections.reverse(more);
    LabelQuality quality = LabelQuality.of(more);
    assertThat(quality.figures()).isEqualTo(LabelQuality.of(fifty()).figures());
    assertThat(quality.counts())
        .containsEntry("uncertain", 30L)
        .containsEntry("informative", 7L)
        .containsEntry("open", 37L)
        .containsEntry("overdue", 7L)
        .containsEntry("disagreed", 45L);
  }

  @Test
  void nothingIsToldOfTenOrFewer() {
    List<AdjudicatedCase> ten = new ArrayList<>();
    add(ten, 5, judged(Way.RANDOM, Standing.EVENT, EVENT, EVENT));
    add(ten, 5, judged(Way.RANDOM, Standing.EVENT, NO_EVENT, NO_EVENT));
    assertThat(LabelQuality.of(ten).figures())
        .allSatisfy(figure -> assertThat(figure).isInstanceOf(Estimate.Unknown.class));
    add(ten, 1, judged(Way.RANDOM, Standing.EVENT, EVENT, NO_EVENT));
    LabelQuality eleven = LabelQuality.of(ten);
    assertThat(figure(eleven, "kappa")).isInstanceOf(Estimate.Known.class);
    assertThat(figure(eleven, "not-judged-rate")).isInstanceOf(Estimate.Unknown.class);
  }
}
