package org.auscult.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.monitoring.Served.pressure;
import static org.auscult.monitoring.Served.set;
import static org.auscult.monitoring.Served.vector;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.Subject;
import org.auscult.timeline.InMemoryTimeline;
import org.junit.jupiter.api.Test;

class ServedRowsTest {
  private static final Instant AT = Instant.parse("2024-05-03T23:30:00Z");

  private final ServedRows rows = new ServedRows(ZoneOffset.ofHours(2));

  private static FeatureVector of(String value) {
    InMemoryTimeline timeline =
        new InMemoryTimeline()
            .patient("p", 1)
            .add(List.of(pressure("1", "2024-05-01T08:00:00Z", value)));
    return vector(timeline, set());
  }

  private void serve(Subject subject, FeatureVector vector, Result result) {
    ModelRun run = new ModelRun(0, "https://example.org/model|1.0.0", vector, result);
    rows.add(
        new JournalEntry(
            CardId.journal(UUID.randomUUID()),
            AT,
            Call.ofOperation("$predict", UUID.randomUUID().toString()),
            subject,
            AT,
            1,
            0,
            List.of(DeploymentRun.ofOperation(List.of(run))),
            FactBasis.RECORD),
        run);
  }

  @Test
  void theFirstOfEachPatientForWhomTheModelIsCounts() {
    Result none = new Result.NotAssessed(List.of());
    Result not = new Result.NotEligible(List.of());
    serve(new Subject("", "a"), of("110"), not);
    serve(new Subject("", "a"), of("120"), none);
    serve(new Subject("", "a"), of("130"), none);
    serve(new Subject("https://other.example.org", "a"), of("140"), none);

    ServedSample sample = rows.sample();
    assertThat(sample.rows()).isEqualTo(2);
    assertThat(sample.predictions()).isEqualTo(4);
    assertThat(sample.repeated()).isEqualTo(1);
    assertThat(sample.notEligible()).isEqualTo(1);
    assertThat(sample.feature("mean-pressure").orElseThrow().values())
        .containsExactlyInAnyOrder(120.0, 140.0);
    assertThat(sample.feature("glucose").orElseThrow().missing()).containsEntry("not-recorded", 2L);
    assertThat(sample.volume()).hasToString("{2024-05-04=4}");
    // Only our own record can be looked at.
    assertThat(rows.looked(5)).extracting(ServedRows.Looked::patient).containsExactly("a");
  }

  @Test
  void ofManySoManyAreDrawnWhateverTheirOrder() {
    FeatureVector vector = of("120");
    Result none = new Result.NotAssessed(List.of());
    for (int i = 0; i < ServedRows.MOST_ROWS + 50; i++) {
      serve(new Subject("", "p" + i), vector, none);
    }
    ServedSample sample = rows.sample();
    assertThat(sample.rows()).isEqualTo(ServedRows.MOST_ROWS);
    assertThat(sample.patients()).isEqualTo(ServedRows.MOST_ROWS + 50);
  }
}
