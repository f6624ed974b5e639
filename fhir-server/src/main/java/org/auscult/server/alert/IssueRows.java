package org.auscult.server.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auscult.monitoring.finding.FindingSeverity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of issues; each method takes part in the caller's transaction. */
final class IssueRows {
  private static final String COLUMNS =
      "id, kind, rule, site, severity, escalation, episode, opened_at, closed_at, told_at,"
          + " raised_at, silent_until, said";

  private final JdbcTemplate jdbc;

  IssueRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** One, which nobody else changes until the transaction ends. */
  Optional<IssueRow> locked(String id) {
    return jdbc
        .query(
            "select " + COLUMNS + " from alert_issue where id = ? for update",
            (row, number) -> read(row),
            id)
        .stream()
        .findFirst();
  }

  /** Those that are open, by id. */
  List<IssueRow> open() {
    return jdbc.query(
        "select " + COLUMNS + " from alert_issue where closed_at is null order by id",
        (row, number) -> read(row));
  }

  /** Until when people asked for silence about one; empty if they did not. */
  Optional<Instant> silentUntil(String id) {
    return jdbc
        .queryForList(
            "select silent_until from alert_issue where id = ? and silent_until is not null",
            Long.class,
            id)
        .stream()
        .findFirst()
        .map(Instant::ofEpochMilli);
  }

  /** Adds a new one; if another node has done so, it fails by its key. */
  void add(IssueRow row) {
    jdbc.update(
        "insert into alert_issue (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.id(),
        row.kind(),
        row.rule(),
        row.site(),
        row.severity().code(),
        row.escalation().toMillis(),
        row.episode(),
        row.openedAt().toEpochMilli(),
        millis(row.closedAt()),
        millis(row.toldAt()),
        millis(row.raisedAt()),
        millis(row.silentUntil()),
        row.said());
  }

  /** Opens one that is there again. */
  void reopen(IssueRow row) {
    jdbc.update(
        "update alert_issue set severity = ?, escalation = ?, episode = ?, opened_at = ?,"
            + " closed_at = null, told_at = null, raised_at = null where id = ?",
        row.severity().code(),
        row.escalation().toMillis(),
        row.episode(),
        row.openedAt().toEpochMilli(),
        row.id());
  }

  /** Closes one; what people asked to be silent about stays so if it is opened again. */
  void close(IssueRow row, Instant at, @Nullable Instant silentUntil) {
    jdbc.update(
        "update alert_issue set closed_at = ?, silent_until = ?, said = '' where id = ?",
        at.toEpochMilli(),
        millis(silentUntil),
        row.id());
  }

  /** Notes that its Task was opened. */
  void tell(IssueRow row, Instant at) {
    jdbc.update(
        "update alert_issue set told_at = ?, raised_at = ?, silent_until = null where id = ?",
        at.toEpochMilli(),
        at.toEpochMilli(),
        row.id());
  }

  /** The wait for an acknowledgement begins anew. */
  void await(IssueRow row, Instant since) {
    jdbc.update(
        "update alert_issue set raised_at = ? where id = ?", since.toEpochMilli(), row.id());
  }

  /** Notes what it says. */
  void say(IssueRow row, String hash) {
    jdbc.update("update alert_issue set said = ? where id = ?", hash, row.id());
  }

  /** How many Tasks of warnings a site got since a time. */
  int told(String site, Instant since) {
    Integer told =
        jdbc.queryForObject(
            "select count(*) from alert_told where site = ? and told_at > ?",
            Integer.class,
            site,
            since.toEpochMilli());
    return told == null ? 0 : told;
  }

  /** Counts a Task of a warning. */
  void addTold(String task, String site, Instant at) {
    jdbc.update(
        "insert into alert_told (task, site, told_at) values (?, ?, ?)",
        task,
        site,
        at.toEpochMilli());
  }

  /** Whether an episode of an issue has suspended a deployment already. */
  boolean hasSuspended(IssueRow row, String plan) {
    Integer found =
        jdbc.queryForObject(
            "select count(*) from alert_suspension where plan = ? and issue = ? and episode = ?",
            Integer.class,
            plan,
            row.id(),
            row.episode());
    return found != null && found > 0;
  }

  /**
   * A suspension.
   *
   * @param plan id of the PlanDefinition
   */
  record Suspended(String plan, Instant at) {}

  /** What an issue has suspended in all of its episodes, in the order of time. */
  List<Suspended> suspendedBy(String issue) {
    return jdbc.query(
        "select plan, suspended_at from alert_suspension where issue = ? order by suspended_at,"
            + " plan",
        (row, number) -> new Suspended(row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
        issue);
  }

  /** Notes that it has. */
  void addSuspended(IssueRow row, String plan, Instant at) {
    jdbc.update(
        "insert into alert_suspension (plan, issue, episode, suspended_at) values (?, ?, ?, ?)",
        plan,
        row.id(),
        row.episode(),
        at.toEpochMilli());
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static IssueRow read(ResultSet row) throws SQLException {
    return new IssueRow(
        row.getString("id"),
        row.getString("kind"),
        row.getString("rule"),
        row.getString("site"),
        FindingSeverity.of(row.getString("severity")).orElseThrow(),
        Duration.ofMillis(row.getLong("escalation")),
        row.getInt("episode"),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        instant(row, "closed_at"),
        instant(row, "told_at"),
        instant(row, "raised_at"),
        instant(row, "silent_until"),
        row.getString("said"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
