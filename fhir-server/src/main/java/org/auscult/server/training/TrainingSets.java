package org.auscult.server.training;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.auscult.server.config.Database;
import org.auscult.server.training.TrainingJob.Phase;
import org.auscult.server.training.TrainingJob.State;
import org.auscult.training.Meds;
import org.auscult.training.Part;
import org.auscult.training.Tally;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The jobs in the database, which all nodes share.
 *
 * <p>A node that works on a job holds its lease, and prolongs it in the same transaction in which
 * it writes anything: one that was late and has lost it writes nothing. Time is the database's.
 */
final class TrainingSets {
  /** How long a node may be silent before another takes over. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final String COLUMNS =
      "id, name, version, owner, starter, request, cut, state, phase, shard, done, total, days,"
          + " created_at, ended_at, attempts, problem, manifest";
  private static final int BATCH = 1_000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final String now;
  private final String everybody;

  TrainingSets(JdbcTemplate jdbc, TransactionTemplate transaction, Database.Vendor vendor) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    boolean isH2 = vendor == Database.Vendor.H2;
    this.now =
        isH2
            ? "cast(extract(epoch from current_timestamp) * 1000 as bigint)"
            : "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    // By bytes, as Java sorts, whatever the database's language is.
    this.everybody = isH2 ? "patient" : "patient collate \"C\"";
  }

  /** Another node has the job now, or it was cancelled. */
  static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostException() {
      super("The job is not this node's any more");
    }
  }

  /** Adds a job as the next version of its name. */
  TrainingJob add(
      String id, String name, String owner, String starter, String request, Instant cut) {
    for (int attempt = 0; ; attempt++) {
      try {
        transaction.executeWithoutResult(
            status ->
                jdbc.update(
                    "insert into training_set (id, name, version, owner, starter, request, cut,"
                        + " state, phase, shard, done, total, created_at, until_at, attempts)"
                        + " values (?, ?, (select coalesce(max(t.version), 0) + 1 from training_set"
                        + " t where t.name = ?), ?, ?, ?, ?, 'QUEUED', 'MEMBERS', 0, 0, 0, "
                        + now
                        + ", 0, 0)",
                    id,
                    name,
                    name,
                    owner,
                    starter,
                    request,
                    cut.toEpochMilli()));
        return find(id).orElseThrow();
      } catch (DuplicateKeyException e) {
        // Somebody else took this version in the same moment.
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }

  Optional<TrainingJob> find(String id) {
    return jdbc
        .query("select " + COLUMNS + " from training_set where id = ?", TrainingSets::job, id)
        .stream()
        .findFirst();
  }

  /** How many jobs of somebody wait or run. */
  int unfinished(String owner) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from training_set where owner = ? and state in ('QUEUED', 'RUNNING')",
            Integer.class,
            owner));
  }

  private static TrainingJob job(ResultSet row, int number) throws SQLException {
    Long ended = row.getObject(15, Long.class);
    return new TrainingJob(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Instant.ofEpochMilli(row.getLong(7)),
        State.valueOf(row.getString(8)),
        Phase.valueOf(row.getString(9)),
        row.getInt(10),
        row.getLong(11),
        row.getLong(12),
        row.getString(13),
        Instant.ofEpochMilli(row.getLong(14)),
        ended == null ? null : Instant.ofEpochMilli(ended),
        row.getInt(16),
        row.getString(17),
        row.getString(18));
  }

  /** Takes up the job that has waited longest, or whose node has fallen silent. */
  Optional<TrainingJob> claim(String holder) {
    List<String> waiting =
        jdbc.queryForList(
            "select id from training_set where state in ('QUEUED', 'RUNNING') and until_at < "
                + now
                + " order by created_at, id limit 10",
            String.class);
    for (String id : waiting) {
      int taken =
          Objects.requireNonNull(
              transaction.execute(
                  status ->
                      jdbc.update(
                          "update training_set set holder = ?, state = 'RUNNING', attempts ="
                              + " attempts + 1, until_at = "
                              + now
                              + " + ? where id = ? and state in ('QUEUED', 'RUNNING') and until_at < "
                              + now,
                          holder,
                          LEASE.toMillis(),
                          id)));
      if (taken == 1) {
        return find(id);
      }
    }
    return Optional.empty();
  }

  /** Says that this node still works on it. */
  void prolong(String id, String holder) {
    transaction.executeWithoutResult(status -> hold(id, holder));
  }

  /** Within a transaction: locks the job, so that nobody takes it over before the commit. */
  private void hold(String id, String holder) {
    int held =
        jdbc.update(
            "update training_set set until_at = "
                + now
                + " + ? where id = ? and holder = ? and state = 'RUNNING'",
            LEASE.toMillis(),
            id,
            holder);
    if (held != 1) {
      throw new LostException();
    }
  }

  /** Lets it go at once, so that another need not wait for the lease's end. */
  void release(String id, String holder) {
    transaction.executeWithoutResult(
        status ->
            jdbc.update(
                "update training_set set until_at = 0, attempts = greatest(attempts - 1, 0) where id"
                    + " = ? and holder = ? and state = 'RUNNING'",
                id,
                holder));
  }

  /** Ends it without a data set. */
  void fail(String id, String holder, String problem) {
    transaction.executeWithoutResult(
        status -> {
          hold(id, holder);
          end(id, State.FAILED, problem);
          empty(id);
        });
  }

  /**
   * Ends it, whoever works on it, and takes its files away.
   *
   * @return whether it was not over before
   */
  boolean cancel(String id) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              int ended =
                  jdbc.update(
                      "update training_set set state = 'CANCELLED', holder = null, ended_at = "
                          + now
                          + " where id = ? and state in ('QUEUED', 'RUNNING')",
                      id);
              if (ended == 1) {
                empty(id);
              }
              return ended == 1;
            }));
  }

  private void end(String id, State state, @Nullable String problem) {
    jdbc.update(
        "update training_set set state = ?, problem = ?, holder = null, ended_at = "
            + now
            + " where id = ?",
        state.name(),
        problem,
        id);
  }

  private void empty(String id) {
    for (String table :
        List.of("training_chunk", "training_file", "training_shard", "training_member")) {
      jdbc.update("delete from " + table + " where set_id = ?", id);
    }
  }

  /**
   * Writes down whom it asks.
   *
   * @param cohort null for everybody
   * @param target null for everybody; empty for nobody
   * @param phases how often each member of the cohort is read
   */
  void members(
      TrainingJob job,
      String holder,
      @Nullable SortedSet<String> cohort,
      @Nullable SortedSet<String> target,
      int phases) {
    transaction.executeWithoutResult(
        status -> {
          hold(job.id(), holder);
          jdbc.update("delete from training_member where set_id = ?", job.id());
          long asked = add(job.id(), "C", cohort);
          long compared = add(job.id(), "T", target);
          jdbc.update(
              "update training_set set total = ?, done = 0 where id = ?",
              asked * phases + compared,
              job.id());
        });
  }

  private long add(String id, String kind, @Nullable SortedSet<String> patients) {
    if (patients == null) {
      return jdbc.update(
          "insert into training_member (set_id, kind, place, patient) select ?, ?, row_number() over"
              + " (order by "
              + everybody
              + ") - 1, patient from patient_epoch",
          id,
          kind);
    }
    List<Object[]> rows = new ArrayList<>();
    long place = 0;
    for (String patient : patients) {
      rows.add(new Object[] {id, kind, place, patient});
      place++;
      if (rows.size() == BATCH) {
        insert(rows);
      }
    }
    insert(rows);
    return place;
  }

  private void insert(List<Object[]> rows) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(
          "insert into training_member (set_id, kind, place, patient) values (?, ?, ?, ?)", rows);
      rows.clear();
    }
  }

  /** The patients of one shard, by their places. */
  SortedMap<Long, String> shard(String id, String kind, int shard, int size) {
    SortedMap<Long, String> members = new TreeMap<>();
    jdbc.query(
        "select place, patient from training_member where set_id = ? and kind = ? and place >= ? and"
            + " place < ? order by place",
        row -> {
          members.put(row.getLong(1), row.getString(2));
        },
        id,
        kind,
        (long) shard * size,
        (long) (shard + 1) * size);
    return members;
  }

  /** Goes on to another phase. */
  void begin(TrainingJob job, String holder, Phase phase, @Nullable String days) {
    transaction.executeWithoutResult(
        status -> {
          hold(job.id(), holder);
          jdbc.update(
              "update training_set set phase = ?, shard = 0, attempts = 0, days = coalesce(?, days)"
                  + " where id = ?",
              phase.name(),
              days,
              job.id());
        });
  }

  /**
   * What a finished shard leaves.
   *
   * @param patients how many were looked at
   * @param codes what it met, with their texts; null if nobody asked
   * @param parts of those who are in the data set, by their places; a null part: of several
   */
  record Finished(
      int patients, Tally tally, @Nullable String codes, Map<Long, @Nullable Part> parts) {}

  /** Writes down what a shard leaves, and that it is finished, all at once. */
  void finish(TrainingJob job, String holder, Phase phase, int shard, Finished finished) {
    transaction.executeWithoutResult(
        status -> {
          hold(job.id(), holder);
          jdbc.update(
              "insert into training_shard (set_id, phase, shard, tally, codes) values (?, ?, ?, ?,"
                  + " ?)",
              job.id(),
              phase.name(),
              shard,
              finished.tally().write(),
              finished.codes());
          List<Object[]> parts = new ArrayList<>();
          Map<Long, String> members =
              finished.parts().isEmpty() ? Map.of() : patients(job.id(), finished.parts());
          finished
              .parts()
              .forEach(
                  (place, part) ->
                      parts.add(
                          new Object[] {
                            part == null ? "several" : part.code(),
                            Meds.subject(Objects.requireNonNull(members.get(place))),
                            job.id(),
                            place
                          }));
          if (!parts.isEmpty()) {
            jdbc.batchUpdate(
                "update training_member set part = ?, subject = ? where set_id = ? and kind = 'C'"
                    + " and place = ?",
                parts);
          }
          jdbc.update(
              "update training_set set shard = ?, done = done + ?, attempts = 0 where id = ?",
              shard + 1,
              finished.patients(),
              job.id());
        });
  }

  private Map<Long, String> patients(String id, Map<Long, ?> places) {
    long first = places.keySet().stream().mapToLong(Long::longValue).min().orElse(0);
    long last = places.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    Map<Long, String> patients = new TreeMap<>();
    jdbc.query(
        "select place, patient from training_member where set_id = ? and kind = 'C' and place between"
            + " ? and ?",
        row -> {
          patients.put(row.getLong(1), row.getString(2));
        },
        id,
        first,
        last);
    return patients;
  }

  /** What all shards of a phase counted. */
  Tally tally(String id, Phase phase) {
    Tally all = new Tally();
    jdbc.query(
        "select tally from training_shard where set_id = ? and phase = ? order by shard",
        row -> {
          all.add(Tally.read(row.getString(1)));
        },
        id,
        phase.name());
    return all;
  }

  /** Takes the codes that shards met, one shard after the other. */
  void codes(String id, java.util.function.Consumer<String> take) {
    jdbc.query(
        "select codes from training_shard where set_id = ? and codes is not null order by shard",
        row -> {
          take.accept(row.getString(1));
        },
        id);
  }

  /** Takes each subject with its part, in the order of the patients' ids. */
  void subjects(String id, java.util.function.BiConsumer<Long, String> take) {
    jdbc.query(
        connection -> {
          var select =
              connection.prepareStatement(
                  "select subject, part from training_member where set_id = ? and kind = 'C' and part"
                      + " is not null order by place");
          select.setFetchSize(BATCH);
          select.setString(1, id);
          return select;
        },
        row -> {
          take.accept(row.getLong(1), row.getString(2));
        });
  }

  /** Whether two patients have one number, which happens once in a few billion patients. */
  boolean hasDoubledSubject(String id) {
    Integer doubled =
        jdbc.queryForObject(
            "select count(*) - count(distinct subject) from training_member where set_id = ? and kind"
                + " = 'C' and subject is not null",
            Integer.class,
            id);
    return doubled != null && doubled != 0;
  }

  /** Ends it with its manifest. */
  void done(TrainingJob job, String holder, String manifest) {
    transaction.executeWithoutResult(
        status -> {
          hold(job.id(), holder);
          jdbc.update("update training_set set manifest = ? where id = ?", manifest, job.id());
          jdbc.update("delete from training_member where set_id = ? and kind = 'T'", job.id());
          end(job.id(), State.DONE, null);
        });
  }

  /** Does something while the job is this node's for sure, in one transaction. */
  void whileHeld(TrainingJob job, String holder, Runnable what) {
    transaction.executeWithoutResult(
        status -> {
          hold(job.id(), holder);
          what.run();
        });
  }

  /**
   * How many patients are in both of two data sets.
   *
   * @return in both
   */
  long inBoth(String one, String other) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from training_member a join training_member b on b.patient = a.patient"
                + " where a.set_id = ? and b.set_id = ? and a.kind = 'C' and b.kind = 'C' and a.part"
                + " is not null and b.part is not null",
            Long.class,
            one,
            other));
  }

  /** How many of these have another part in the other. */
  long moved(String one, String other) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from training_member a join training_member b on b.patient = a.patient"
                + " where a.set_id = ? and b.set_id = ? and a.kind = 'C' and b.kind = 'C' and a.part"
                + " <> b.part",
            Long.class,
            one,
            other));
  }
}
