package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.auscult.cds.Card;
import org.auscult.cds.CvdRisk;
import org.auscult.deployment.Deployment;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cards of entries that the example's patient does not give. */
class CardWriterTest {
  private final World world = new World();
  private final Deployment deployment = CvdRisk.deployment(PreventExample.MODEL);
  private final CardWriter writer = new CardWriter(PreventExample.catalog(), PreventExample.ZONE);

  @BeforeEach
  void aCallWasAnswered() {
    world.card(CallBuilder.example());
  }

  @Test
  void aValueThatWasAssumedIsCalledAssumed() {
    Card card =
        card(
            run -> {
              List<FeatureVector.Entry> entries = new ArrayList<>(run.vector().entries());
              FeatureVector.Entry bmi =
                  entries.stream().filter(e -> e.name().equals("bmi")).findFirst().orElseThrow();
              entries.set(
                  entries.indexOf(bmi),
                  new FeatureVector.Entry(
                      bmi.name(),
                      bmi.definition(),
                      bmi.title(),
                      new Present(27, "kg/m2", "a *mean*", List.of(), null, null, Origin.DEFAULT)));
              FeatureVector vector = run.vector();
              return new ModelRun(
                  run.index(),
                  run.model(),
                  new FeatureVector(
                      vector.featureSet(),
                      vector.patient(),
                      vector.asOf(),
                      vector.epoch(),
                      entries),
                  run.result());
            });

    assertThat(card.detail())
        .containsPattern("Not available: .*\\(assumed: a \\\\\\*mean\\\\\\*\\)");
  }

  @Test
  void namesAsManyReasonsAsTheSummaryHolds() {
    List<Reason> reasons =
        IntStream.range(0, 12)
            .mapToObj(i -> new Reason("not-recorded", "value number " + i, "lost", List.of()))
            .toList();
    Card card = card(run -> with(run, new NotAssessed(reasons)));

    assertThat(card.summary())
        .contains("not assessed: value number 0, value number 1")
        .containsPattern("value number (\\d) and (\\d+) more \\(")
        .hasSizeLessThan(Card.SUMMARY_LIMIT);
    var shown = Pattern.compile("value number (\\d) and (\\d+) more").matcher(card.summary());
    assertThat(shown.find()).isTrue();
    assertThat(Integer.parseInt(shown.group(1)) + 1 + Integer.parseInt(shown.group(2)))
        .as("named and not named are all")
        .isEqualTo(12);
    assertThat(card.detail().lines().filter(l -> l.equals("- lost"))).hasSize(12);
  }

  @Test
  void countsReasonsThatAreTooLongToName() {
    List<Reason> reasons =
        List.of(
            new Reason("not-recorded", "a".repeat(200), "lost", List.of()),
            new Reason("not-recorded", "b".repeat(200), "lost", List.of()));
    assertThat(card(run -> with(run, new NotAssessed(reasons))).summary())
        .contains("not assessed: 2 values (");
  }

  @Test
  void aReasonIsNamedByItsTitle() {
    Reason input = new Reason("not-recorded", "total-c", "lost", List.of());
    assertThat(card(run -> with(run, new NotAssessed(List.of(input)))).summary())
        .contains("not assessed: total cholesterol (");
    Reason feature = new Reason("not-recorded", "known-cvd", "lost", List.of());
    assertThat(card(run -> with(run, new NotAssessed(List.of(feature)))).summary())
        .contains("not assessed: " + title("known-cvd") + " (");
  }

  @Test
  void noCardIsMadeWithoutItsModel() {
    JournalEntry entry = world.journal.entries.get(0);
    CardWriter bereft = new CardWriter(model -> Optional.empty(), PreventExample.ZONE);
    assertThatIllegalStateException()
        .isThrownBy(() -> bereft.cards(entry, entry.deployments().get(0), deployment))
        .withMessageContaining(PreventExample.MODEL);
  }

  private String title(String feature) {
    List<ModelRun> runs = world.journal.entries.get(0).runs();
    return runs.get(runs.size() - 1).vector().entry(feature).orElseThrow().title();
  }

  private static ModelRun with(ModelRun run, ModelRun.Result result) {
    return new ModelRun(run.index(), run.model(), run.vector(), result);
  }

  /** The card of the entry with its last run changed. */
  private Card card(UnaryOperator<ModelRun> change) {
    JournalEntry entry = world.journal.entries.get(0);
    List<ModelRun> runs = new ArrayList<>(entry.runs());
    runs.set(runs.size() - 1, change.apply(runs.get(runs.size() - 1)));
    DeploymentRun changed = DeploymentRun.undecided(deployment.canonical(), runs, null);
    List<WrittenCard> cards = writer.cards(entry.with(List.of(changed)), changed, deployment);
    assertThat(cards).hasSize(1);
    return cards.get(0).card();
  }
}
