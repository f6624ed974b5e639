package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.auscult.cds.Card;
import org.auscult.cds.Indicator;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Thresholds;
import org.auscult.explanation.Explanation;
import org.auscult.feature.Arguments;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.Range;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.model.Band;
import org.auscult.model.InputSpread;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.Scorer;
import org.auscult.prediction.Call;
import org.auscult.prediction.Caller;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.InputValue;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Score;
import org.auscult.prediction.Subject;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;

/**
 * Safety rule 11: a score is shown in points with its band, and never as people in a hundred.
 *
 * <p>Safety: 11, 14.
 */
class ScoreCardTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String MODEL = "https://example.org/Library/early-warning|1";

  @Test
  void aScoreIsShownInPointsWithItsBandAndTheTimeOfItsSet() {
    Card card = card(5);

    assertThat(card.summary()).isEqualTo("NEWS2 5 (medium)");
    assertThat(card.detail())
        .contains("**NEWS2: 5 (medium)**")
        .contains("Observation set of 1 Mar 2026, 09:30 (+00:00) to 1 Mar 2026, 09:50 (+00:00).")
        .doesNotContain("of 100 people")
        .doesNotContain("%");
    assertThat(card.indicator()).isEqualTo(Indicator.WARNING);
  }

  @Test
  void noPointsAreStillPoints() {
    assertThat(card(0).summary()).isEqualTo("NEWS2 0 (low)");
    assertThat(card(0).indicator()).isEqualTo(Indicator.INFO);
    assertThat(card(7).indicator()).isEqualTo(Indicator.CRITICAL);
  }

  private static Card card(double points) {
    Deployment deployment =
        new Deployment(
            "https://example.org/deterioration",
            "1",
            "deterioration",
            List.of(Hook.ENCOUNTER_START),
            "Deterioration",
            "Points of early warning",
            null,
            FailureDisplay.NOT_ASSESSED,
            List.of(
                new ModelCard(
                    MODEL,
                    "NEWS2",
                    "It describes one moment and is no surveillance.",
                    "https://example.org/news2",
                    List.of(new OutputText("total", "NEWS2", new Thresholds(5, 7))))),
            List.of());
    JournalEntry entry = entry(points);
    return new CardWriter(c -> Optional.of(model()), ZoneId.of("UTC"))
        .cards(entry, entry.deployments().get(0), deployment)
        .get(0)
        .card();
  }

  private static JournalEntry entry(double points) {
    List<InputValue> inputs =
        List.of(
            new InputValue(
                "rate",
                21,
                "/min",
                null,
                List.of("Observation/1/_history/1"),
                NOW.minusSeconds(1800),
                null),
            new InputValue(
                "pulse",
                95,
                "/min",
                null,
                List.of("Observation/2/_history/1"),
                NOW.minusSeconds(600),
                null));
    Explanation explanation =
        new Explanation(
            "exact-shapley",
            "1",
            "a reference",
            List.of(
                new Explanation.OfOutput(
                    "total", 0, List.of(new Explanation.Contribution("rate", points)))));
    ModelRun run =
        new ModelRun(
            0,
            MODEL,
            new FeatureVector("https://example.org/set|1", "p", AsOf.instant(NOW), 1, List.of()),
            new ModelRun.Result.Predicted(
                inputs, List.of(new Score("total", points, points)), explanation));
    return new JournalEntry(
        UUID.fromString("3f2504e0-4f89-41d3-9a0c-0305e82c3300"),
        NOW,
        new Call(
            "deterioration", "encounter-start", "i", new Caller(null, "Practitioner/1", "p", null)),
        new Subject("", "p"),
        NOW,
        1,
        0,
        List.of(DeploymentRun.undecided("https://example.org/deterioration|1", List.of(run), null)),
        FactBasis.RECORD);
  }

  private static RegisteredModel model() {
    List<Band> bands =
        List.of(
            new Band("high", "high", Range.of("7", "20"), null),
            new Band("medium", "medium", Range.of("5", "6"), null),
            new Band("low", "low", Range.of("0", "4"), null));
    PredictionModel model =
        new PredictionModel(
            "https://example.org/Library/early-warning",
            "1",
            "early_warning",
            "NEWS2",
            "https://example.org/set|1",
            OutputKind.SCORE,
            List.of(
                new ModelInput("rate", "respiratory rate", "/min", "rate", null, null, 16.0),
                new ModelInput("pulse", "pulse", "/min", "pulse", null, null, 70.0)),
            List.of(new ModelOutput("total", "NEWS2", "{score}", null, null, false, bands)),
            List.of(),
            null,
            "",
            new InputSpread(new Lookback(1, Lookback.Unit.HOUR), Set.of("rate", "pulse")));
    return new RegisteredModel(
        model,
        new ResolvedFeatureSet(
            "https://example.org/set", "1", "set", List.of(feature("rate"), feature("pulse"))),
        new Scorer() {
          @Override
          public Scores score(double[][] rows) {
            throw new IllegalStateException("cards are written from the journal alone");
          }

          @Override
          public void close() {}
        });
  }

  private static ResolvedFeature feature(String name) {
    return ResolvedFeature.of(
        new FeatureDefinition(
            "https://example.org/" + name,
            "1",
            name,
            name,
            Operator.LATEST,
            Selection.of(ResourceKind.OBSERVATION, List.of(Code.loinc("9279-1"))),
            Window.WHOLE_RECORD,
            "/min",
            null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE));
  }
}
