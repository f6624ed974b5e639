package org.auscult.server.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.auscult.access.fhir.AccessSessions.Barrier;
import org.auscult.server.training.Conveyor.Rest;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.training.Exclusion;
import org.auscult.training.PatientHistory;
import org.auscult.training.Tally;
import org.jspecify.annotations.Nullable;

/**
 * The patients of a shard, by their places, with what keeps some of them from the starter.
 *
 * @param barriers of each of them
 */
record ShardPatients(
    Conveyor conveyor,
    SortedMap<Long, String> members,
    Map<String, Barrier> barriers,
    Reading reading) {

  /** Reads a patient's timeline. */
  @FunctionalInterface
  interface Reading {
    /**
     * @param needs null for everything
     */
    Optional<PatientHistory> read(String patient, @Nullable List<Need> needs);
  }

  /** Does something with a patient, on any thread. */
  @FunctionalInterface
  interface Step {
    /**
     * @param later takes what is to be done in the patient's turn
     */
    void take(long place, PatientHistory history, Consumer<Rest> later) throws IOException;
  }

  /** Reads each who may be seen, and does it. */
  void each(@Nullable List<Need> needs, Step step, Runnable meanwhile) throws IOException {
    conveyor.each(
        members.entrySet(),
        (member, later) -> {
          if (isSeen(member.getValue())) {
            Optional<PatientHistory> history = reading.read(member.getValue(), needs);
            if (history.isPresent()) {
              step.take(member.getKey(), history.get(), later);
            }
          }
        },
        meanwhile);
  }

  /** Those who may be seen. */
  List<String> seen() {
    return members.values().stream().filter(this::isSeen).toList();
  }

  private boolean isSeen(String patient) {
    return barriers.get(patient) == Barrier.NONE;
  }

  /** Counts those who may not be. Who is out of reach is not: the number would tell of them. */
  void countBarred(Tally tally) {
    for (String patient : members.values()) {
      switch (Objects.requireNonNull(barriers.get(patient))) {
        case CONSENT -> tally.add("excluded-patients/" + Exclusion.CONSENT.code());
        case PROTECTION -> tally.add("excluded-patients/" + Exclusion.PROTECTION.code());
        case NONE, ELSEWHERE -> {}
      }
    }
  }
}
