package org.auscult.server.retraining;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.auscult.server.timeline.PatientChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of retraining; each method takes part in the caller's transaction. */
final class RetrainingRows implements PatientChanges {
  private final JdbcTemplate jdbc;

  RetrainingRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A plan and the version of a model that it is about.
   *
   * @param plan {@code url|version}
   * @param model {@code url|version}
   */
  record Subject(String plan, String model) {
    private String id(String what) {
      return UUID.nameUUIDFromBytes(
              String.join("\n", plan, model, what).getBytes(StandardCharsets.UTF_8))
          .toString();
    }

    /** The id of the Task that is opened as the n-th. */
    String task(int number) {
      return "retraining-" + id("task") + "-" + number;
    }
  }

  /**
   * A Task that people were asked by.
   *
   * @param number from 1 on
   * @param closedAt when somebody had answered; null while nobody has
   */
  record Asked(String id, int number, @Nullable Instant closedAt) {}

  /** The latest Task, which nobody else changes until the transaction ends. */
  Optional<Asked> latest(Subject subject) {
    return jdbc
        .query(
            "select id, number, closed_at from retraining_task where plan = ? and model = ? order by"
                + " number desc limit 1 for update",
            (row, n) ->
                new Asked(row.getString(1), row.getInt(2), instant(row.getObject(3, Long.class))),
            subject.plan(),
            subject.model())
        .stream()
        .findFirst();
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /** Adds a Task; if another node has done so, it fails by its key. */
  Asked open(Subject subject, int number, Instant now) {
    Asked asked = new Asked(subject.task(number), number, null);
    jdbc.update(
        "insert into retraining_task (id, plan, model, number, opened_at) values (?, ?, ?, ?, ?)",
        asked.id(),
        subject.plan(),
        subject.model(),
        number,
        now.toEpochMilli());
    return asked;
  }

  /** Notes that somebody has answered. */
  void close(Asked asked, Instant at) {
    jdbc.update(
        "update retraining_task set closed_at = ? where id = ?", at.toEpochMilli(), asked.id());
  }

  /** Whether people were told of a reason. */
  boolean isKnown(Subject subject, String reason) {
    Integer found =
        jdbc.queryForObject(
            "select count(*) from retraining_reason where id = ?",
            Integer.class,
            subject.id(reason));
    return found != null && found > 0;
  }

  /** Notes that people are told of a reason; if another node has done so, it fails by its key. */
  void addReason(Subject subject, String reason, Asked asked) {
    jdbc.update(
        "insert into retraining_reason (id, task) values (?, ?)", subject.id(reason), asked.id());
  }

  /**
   * The version of a model that was asked last.
   *
   * @param model {@code url|version}, or {@code url}
   */
  Optional<String> serving(String model) {
    return jdbc
        .queryForList(
            "select model from monitored_prediction where model = ? or substring(model, 1, ?) = ?"
                + " group by model order by max(index_time) desc, model desc limit 1",
            String.class,
            model,
            model.length() + 1,
            model + "|")
        .stream()
        .findFirst();
  }

  /** When the last prediction was made whose outcome is known; empty if there is none. */
  Optional<Instant> lastLabelled(String model, String site) {
    return labelled("max(m.index_time)", model, site, Long.MIN_VALUE, Long.MAX_VALUE).stream()
        .findFirst()
        .map(Instant::ofEpochMilli);
  }

  /** How many predictions of the output that has most have a label. */
  long labels(String model, String site, Instant start, Instant end) {
    return labelled("count(*)", model, site, start.toEpochMilli(), end.toEpochMilli()).stream()
        .findFirst()
        .orElse(0L);
  }

  private List<Long> labelled(String what, String model, String site, long start, long end) {
    String traits = "%\"site\":\"" + site.replace("%", "") + "\"%";
    return jdbc.queryForList(
        "select "
            + what
            + " as told from monitored_prediction m join outcome_case c on c.label_id = m.id where"
            + " m.model = ? and m.index_time >= ? and m.index_time < ? and (c.stands like 'event|%'"
            + " or c.stands like 'no-event|%') and (? = '' or m.traits like ?) group by m.output"
            + " order by told desc limit 1",
        Long.class,
        model,
        start,
        end,
        site,
        traits);
  }

  @Override
  public void changed(Collection<String> patients, Instant knownAt) {
    // No patient stands here.
  }

  @Override
  public void erased() {
    jdbc.update("delete from retraining_reason");
    jdbc.update("delete from retraining_task");
  }
}
