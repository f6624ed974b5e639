package org.auscult.server.training;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a data set, which is also the job that makes it.
 *
 * @param owner mark of the person or system, with the application, that started it
 * @param starter claims of that one
 * @param request parameters, and the definitions as they were when it was started
 * @param shard the next one of its phase
 * @param done patients that are finished, in all phases
 * @param total patients, in all phases; 0 while that is not known
 * @param days at which the parts of a split by time begin; null of any other, and until that is
 *     known
 * @param attempts how often a node has taken it up since a shard was last finished
 * @param problem why it failed; null if it did not
 * @param manifest null until it is done
 */
record TrainingJob(
    String id,
    String name,
    int version,
    String owner,
    String starter,
    String request,
    Instant cut,
    State state,
    Phase phase,
    int shard,
    long done,
    long total,
    @Nullable String days,
    Instant created,
    @Nullable Instant ended,
    int attempts,
    @Nullable String problem,
    @Nullable String manifest) {
  /** How far it is. */
  enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    boolean isOver() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }
  }

  /** What is done one after the other. */
  enum Phase {
    /** The cohort is written down. */
    MEMBERS,
    /** Index times are counted by day. */
    DAYS,
    /** The population is counted with which the cohort is compared. */
    TARGET,
    /** Rows and events are written. */
    ROWS,
    /** What describes the whole. */
    WHOLE
  }

  /** Per cent, for people. */
  int percent() {
    return total == 0 ? 0 : (int) Math.min(99, done * 100 / total);
  }
}
