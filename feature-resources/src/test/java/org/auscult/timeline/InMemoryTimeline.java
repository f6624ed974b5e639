package org.auscult.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auscult.timeline.TimelineQuery.Need;

/** A timeline in memory, for tests of whatever reads one. Not for use by several threads. */
public final class InMemoryTimeline implements TimelineReader {
  private final Map<String, Long> epochs = new HashMap<>();
  private final List<Fact> rows = new ArrayList<>();

  /** A patient in an epoch, with no facts yet. */
  public InMemoryTimeline patient(String id, long epoch) {
    epochs.put(id, epoch);
    return this;
  }

  /** Puts rows in as they stand; their patients' epochs rise to what the rows need. */
  public InMemoryTimeline add(List<Fact> facts) {
    for (Fact fact : facts) {
      rows.add(fact);
      Long until = fact.epochs().until();
      long needed = until == null ? fact.epochs().from() : until;
      epochs.merge(fact.patient(), needed, Math::max);
    }
    return this;
  }

  /**
   * Writes one new version of a resource, as a transaction would: the rows of the version before
   * are closed, the new ones opened in the patient's next epoch.
   */
  public InMemoryTimeline write(String patient, Instant storedAt, List<Fact> facts) {
    long epoch = epochs.merge(patient, 1L, Long::sum);
    for (Fact fact : facts) {
      close(fact.source(), storedAt, epoch);
    }
    for (Fact fact : facts) {
      rows.add(fact.withKnown(fact.known(), new Epochs(epoch, null)));
    }
    return this;
  }

  private void close(Source written, Instant at, long epoch) {
    rows.replaceAll(
        row ->
            row.known().until() == null
                    && row.epochs().from() < epoch
                    && row.source().kind() == written.kind()
                    && row.source().id().equals(written.id())
                ? row.withKnown(row.known().closedAt(at), new Epochs(row.epochs().from(), epoch))
                : row);
  }

  @Override
  public Optional<PatientTimeline> read(TimelineQuery query) {
    Long epoch = epochs.get(query.patient());
    if (epoch == null) {
      return Optional.empty();
    }
    return Optional.of(
        new PatientTimeline(
            query.patient(),
            epoch,
            rows.stream()
                .filter(row -> row.patient().equals(query.patient()))
                .filter(row -> query.asOf().known().sees(row))
                .filter(row -> query.needs().stream().anyMatch(need -> asksFor(need, row)))
                .toList(),
            query.needs().stream().map(Need::kind).collect(Collectors.toSet())));
  }

  private static boolean asksFor(Need need, Fact row) {
    return need.kind() == row.source().kind()
        && row.codes().stream().anyMatch(need.codes()::contains)
        && !endedBefore(need.since(), row.effective());
  }

  private static boolean endedBefore(
      @org.jspecify.annotations.Nullable Instant since, EffectiveTime time) {
    Instant until = time.until();
    return since != null
        && time.visibleFrom().isBefore(since)
        && until != null
        && until.isBefore(since);
  }
}
