package org.auscult.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.auscult.timeline.TimelineQuery.Need;
import org.junit.jupiter.api.Test;

class InMemoryTimelineTest extends TimelineReaderContract {
  private final InMemoryTimeline timeline = new InMemoryTimeline();

  @Override
  protected TimelineReader reader() {
    return timeline;
  }

  @Override
  protected void given(String patient, long epoch, List<Fact> rows) {
    timeline.patient(patient, epoch).add(rows);
  }

  @Test
  void aNewVersionClosesTheOneBefore() {
    write(FactBuilder.DAY_1, fact().version(1).build());
    Instant later = Instant.parse("2024-02-01T00:00:00Z");
    write(later, fact().version(2).known("2024-02-01T00:00:00Z").build());

    assertThat(versions(AsOf.current(later))).containsExactly(2L);
    assertThat(versions(AsOf.instant(FactBuilder.DAY_1))).containsExactly(1L);
    assertThat(versions(AsOf.epoch(later, 1))).containsExactly(1L);
  }

  private void write(Instant storedAt, Fact fact) {
    Source source = fact.source();
    timeline.write(source.kind(), source.id(), storedAt, List.of(fact));
  }

  @Test
  void whatSaysNothingAnyMoreIsGone() {
    Fact fact = fact().version(1).build();
    write(FactBuilder.DAY_1, fact);
    Instant later = Instant.parse("2024-02-01T00:00:00Z");
    timeline.write(fact.source().kind(), fact.source().id(), later, List.of());

    assertThat(versions(AsOf.current(later))).isEmpty();
    assertThat(versions(AsOf.instant(FactBuilder.DAY_1))).containsExactly(1L);
    assertThat(versions(AsOf.epoch(later, 1))).containsExactly(1L);
    assertThat(versions(AsOf.epoch(later, 2))).isEmpty();
  }

  private List<Long> versions(AsOf asOf) {
    Need need = new Need(ResourceKind.OBSERVATION, Set.of(Code.loinc("8480-6")), null);
    return timeline.read(new TimelineQuery("p", asOf, List.of(need))).orElseThrow().facts().stream()
        .map(f -> f.source().version())
        .toList();
  }
}
