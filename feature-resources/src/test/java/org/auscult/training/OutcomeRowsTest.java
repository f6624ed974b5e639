package org.auscult.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Lookback;
import org.auscult.outcome.EventRule;
import org.auscult.outcome.FollowUp;
import org.auscult.outcome.Horizon;
import org.auscult.outcome.OutcomeDefinition;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;

/** Death within 30 days, as rows are labelled by it. */
class OutcomeRowsTest {
  private static final Instant CUT = Instant.parse("2024-06-01T00:00:00Z");
  private static final Instant INDEX = Instant.parse("2024-03-01T12:00:00Z");

  private final OutcomeRows rows =
      new OutcomeRows(
          new ResolvedOutcome(
              new OutcomeDefinition(
                  "https://example.org/Library/death",
                  "1.0.0",
                  "death",
                  "death",
                  new EventRule.Death(),
                  Horizon.of(new Lookback(30, Lookback.Unit.DAY)),
                  null,
                  List.of(),
                  List.of(),
                  List.of(),
                  FollowUp.BY_ENCOUNTER),
              null,
              Set.of(),
              ResolvedOutcome.Parts.NONE),
          new OutcomeLabeller(new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC)));

  private Optional<Label> label(Instant cut, Fact... facts) {
    return rows.label(
        new PatientHistory("p", 1, Arrays.asList(facts), null, Set.of(ResourceKind.values())),
        new IndexTime(INDEX, null),
        cut);
  }

  private static Fact died(String when, String known) {
    return fact()
        .kind(ResourceKind.PATIENT)
        .id("p")
        .codes(Demographics.DECEASED)
        .value(new FactValue.Dated(when))
        .at(when)
        .known(KnownTime.recorded(Instant.parse(known)))
        .build();
  }

  /** Labels are as of the cut: what the record learnt after it is not there. */
  @Test
  void labelsWhatWasKnownAtTheCut() {
    Fact death = died("2024-03-10T08:00:00Z", "2024-04-01T00:00:00Z");

    Label event = label(CUT, death).orElseThrow();
    Label before = label(Instant.parse("2024-03-31T00:00:00Z"), death).orElseThrow();

    assertThat(event.status()).isEqualTo("event");
    assertThat(event.value()).isEqualTo(1.0);
    assertThat(event.time()).isEqualTo(Instant.parse("2024-03-10T08:00:00Z"));
    assertThat(before.value()).isNull();
    assertThat(before.status()).isEqualTo("censored");
  }

  @Test
  void labelsNoEventWhereThePatientWasSeenLater() {
    Label none = label(CUT, died("2024-05-20T08:00:00Z", "2024-05-20T08:00:00Z")).orElseThrow();

    assertThat(none.value()).isEqualTo(0.0);
    assertThat(none.status()).isEqualTo("no-event");
  }

  @Test
  void readsWhatTheDefinitionNeeds() {
    assertThat(rows.definition()).isEqualTo("https://example.org/Library/death|1.0.0");
    assertThat(rows.needs()).anyMatch(need -> need.codes().contains(Demographics.DECEASED));
  }
}
