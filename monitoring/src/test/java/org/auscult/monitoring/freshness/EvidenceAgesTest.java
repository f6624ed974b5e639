package org.auscult.monitoring.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.monitoring.Served.GLUCOSE_VALUE;
import static org.auscult.monitoring.Served.MEAN_PRESSURE;
import static org.auscult.monitoring.Served.NOW;
import static org.auscult.monitoring.Served.entry;
import static org.auscult.monitoring.Served.pressure;
import static org.auscult.monitoring.Served.set;
import static org.auscult.monitoring.Served.vector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.auscult.feature.MissingReason;
import org.auscult.monitoring.freshness.EvidenceAges.OfFeature;
import org.auscult.prediction.FactBasis;
import org.auscult.timeline.InMemoryTimeline;
import org.junit.jupiter.api.Test;

class EvidenceAgesTest {
  private final EvidenceAges ages = new EvidenceAges();

  @Test
  void tellsHowOldTheEvidenceWasAndHowOftenThereWasNone() {
    for (int days = 1; days <= 10; days++) {
      serve(days);
    }
    assertThat(ages.features())
        .containsExactly(
            new OfFeature(
                GLUCOSE_VALUE,
                10,
                Map.of(MissingReason.NOT_RECORDED, 10),
                0,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO),
            new OfFeature(
                MEAN_PRESSURE,
                10,
                Map.of(),
                10,
                Duration.ofDays(5),
                Duration.ofDays(9),
                Duration.ofDays(10)));
  }

  @Test
  void whatSeveralRunsWereGivenCountsOnce() {
    var vector = vector(of(3), set());
    ages.add(entry(FactBasis.RECORD, vector, vector));
    assertThat(ages.features()).extracting(OfFeature::served).containsOnly(1);
    assertThat(ages.features().get(1).median()).isEqualTo(Duration.ofDays(3));
  }

  private void serve(int days) {
    ages.add(entry(FactBasis.RECORD, vector(of(days), set())));
  }

  private static InMemoryTimeline of(int days) {
    return new InMemoryTimeline()
        .add(List.of(pressure("a", NOW.minus(Duration.ofDays(days)).toString(), "120")));
  }
}
