package org.auscult.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;

/**
 * A timeline in memory, for golden cases and for tests of whatever reads one. Not for use by
 * several threads.
 */
public final class InMemoryTimeline implements TimelineReader {
  private final Map<String, Long> epochs = new HashMap<>();
  private final List<Fact> rows = new ArrayList<>();
  private final Map<String, MedicationState> medications = new HashMap<>();

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
   * are closed, the new ones opened in their patient's next epoch.
   *
   * @param facts none if the resource says nothing any more, or was deleted
   */
  public InMemoryTimeline write(ResourceKind kind, String id, Instant storedAt, List<Fact> facts) {
    Set<String> patients = new HashSet<>();
    rows.stream().filter(row -> isOpen(row, kind, id)).forEach(row -> patients.add(row.patient()));
    facts.forEach(fact -> patients.add(fact.patient()));
    patients.forEach(patient -> epochs.merge(patient, 1L, Long::sum));
    KnownTime former = latest(kind, id);
    Instant from = facts.isEmpty() ? storedAt : facts.get(0).known().after(former, storedAt);
    rows.replaceAll(row -> isOpen(row, kind, id) ? closed(row, from) : row);
    for (Fact fact : facts) {
      KnownTime.Basis basis =
          former != null && former.wasKnownLive() ? KnownTime.Basis.RECORDED : fact.known().basis();
      Fact row = fact.withKnown(new KnownTime(from, null, basis), new Epochs(epoch(fact), null));
      rows.addAll(medication(row).rows(row));
    }
    return this;
  }

  /**
   * Writes one new version of a Medication, as a transaction would: if it says something else than
   * before, the rows that name it are closed, and opened anew in their patients' next epochs.
   */
  public InMemoryTimeline medication(String id, MedicationState stated) {
    MedicationState former = medications.getOrDefault(id, MedicationState.UNKNOWN);
    if (former.codes().equals(stated.codes())) {
      return this;
    }
    MedicationState state = stated.after(former);
    medications.put(id, state);
    List<Fact> named =
        rows.stream()
            .filter(row -> row.epochs().until() == null)
            .filter(row -> Medications.reference(row).filter(id::equals).isPresent())
            .toList();
    named.stream()
        .map(Fact::patient)
        .distinct()
        .forEach(patient -> epochs.merge(patient, 1L, Long::sum));
    for (Fact row : named) {
      Fact following = state.following(row, state.from(), epoch(row));
      rows.set(rows.indexOf(row), closed(row, following.known().from()));
      rows.add(following);
    }
    return this;
  }

  private MedicationState medication(Fact fact) {
    return Medications.reference(fact)
        .map(id -> medications.getOrDefault(id, MedicationState.UNKNOWN))
        .orElse(MedicationState.UNKNOWN);
  }

  private static boolean isOpen(Fact row, ResourceKind kind, String id) {
    return row.epochs().until() == null
        && row.source().kind() == kind
        && row.source().id().equals(id);
  }

  private Fact closed(Fact row, Instant at) {
    return row.withKnown(row.known().closedAt(at), new Epochs(row.epochs().from(), epoch(row)));
  }

  private long epoch(Fact row) {
    return Objects.requireNonNull(epochs.get(row.patient()));
  }

  /** Of the last version that had facts; with an end if they are gone. */
  private @Nullable KnownTime latest(ResourceKind kind, String id) {
    return rows.stream()
        .filter(row -> row.source().kind() == kind && row.source().id().equals(id))
        .max(
            Comparator.comparing((Fact row) -> row.epochs().until() == null)
                .thenComparing(row -> row.source().version())
                .thenComparing(row -> row.known().from()))
        .map(Fact::known)
        .orElse(null);
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

  /** All rows of a patient that ever stood, in the order in which they were written. */
  public List<Fact> rows(String patient) {
    return rows.stream().filter(row -> row.patient().equals(patient)).toList();
  }

  private static boolean asksFor(Need need, Fact row) {
    return need.kind() == row.source().kind()
        && CodeFamilies.holdsAny(need.codes(), row.codes())
        && !endedBefore(need.since(), row.effective());
  }

  private static boolean endedBefore(@Nullable Instant since, EffectiveTime time) {
    Instant until = time.until();
    return since != null
        && time.visibleFrom().isBefore(since)
        && until != null
        && until.isBefore(since);
  }
}
