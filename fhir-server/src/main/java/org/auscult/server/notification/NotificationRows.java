package org.auscult.server.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of what is to be told; each method takes part in the caller's transaction. A channel
 * is a row for each Subscription that is on: who holds it is the only one that tells its
 * subscriber.
 */
final class NotificationRows {
  private final JdbcTemplate jdbc;

  NotificationRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Ids of the Subscriptions that are on. */
  List<String> channels() {
    return jdbc.queryForList(
        "select subscription from notification_channel order by subscription", String.class);
  }

  /** A Subscription is on, from the beginning: what waits is due at once. */
  void turnOn(String subscription) {
    int there =
        jdbc.update(
            "update notification_channel set failures = 0, due_at = 0 where subscription = ?",
            subscription);
    if (there == 0) {
      jdbc.update(
          "insert into notification_channel (subscription, failures, due_at) values (?, 0, 0)",
          subscription);
    }
  }

  /** A Subscription is off, and nothing waits any more. */
  void turnOff(String subscription) {
    jdbc.update("delete from notification_channel where subscription = ?", subscription);
    jdbc.update("delete from notification where subscription = ?", subscription);
  }

  /** Adds what a subscriber is to be told. */
  void add(String subscription, String issue, String version, String payload, Instant now) {
    jdbc.update(
        "insert into notification (id, subscription, issue, version, payload, created_at, attempts)"
            + " values (?, ?, ?, ?, ?, ?, 0)",
        UUID.randomUUID().toString(),
        subscription,
        issue,
        version,
        payload,
        now.toEpochMilli());
  }

  /** Subscriptions whose subscribers may be told something now. */
  List<String> due(Instant now) {
    return jdbc.queryForList(
        "select subscription from notification_channel c where due_at <= ? and exists (select 1"
            + " from notification n where n.subscription = c.subscription) order by due_at",
        String.class,
        now.toEpochMilli());
  }

  /**
   * Holds a channel until the transaction ends.
   *
   * @return how often in a row its receiver failed; empty if another holds it, or nothing is due
   */
  Optional<Integer> hold(String subscription, Instant now) {
    return jdbc
        .queryForList(
            "select failures from notification_channel where subscription = ? and due_at <= ? for"
                + " update skip locked",
            Integer.class,
            subscription,
            now.toEpochMilli())
        .stream()
        .findFirst();
  }

  /** What a subscriber is told next. */
  Optional<Notification> next(String subscription) {
    return jdbc
        .query(
            "select seq, id, subscription, issue, version, payload, created_at, attempts from"
                + " notification where subscription = ? order by seq limit 1",
            (row, number) -> read(row),
            subscription)
        .stream()
        .findFirst();
  }

  /** It is told, or given up. */
  void remove(Notification done) {
    jdbc.update("delete from notification where seq = ?", done.seq());
  }

  /** Its receiver took something. */
  void reached(String subscription) {
    jdbc.update(
        "update notification_channel set failures = 0, due_at = 0 where subscription = ?",
        subscription);
  }

  /** Its receiver took nothing, and is left alone until a time. */
  void missed(Notification waiting, int failures, Instant due) {
    jdbc.update("update notification set attempts = attempts + 1 where seq = ?", waiting.seq());
    jdbc.update(
        "update notification_channel set failures = ?, due_at = ? where subscription = ?",
        failures,
        due.toEpochMilli(),
        waiting.subscription());
  }

  /** How many wait. */
  long waiting() {
    Long count = jdbc.queryForObject("select count(*) from notification", Long.class);
    return count == null ? 0 : count;
  }

  /** For how long the oldest one waits; zero if none does. */
  Duration oldest(Instant now) {
    Long first = jdbc.queryForObject("select min(created_at) from notification", Long.class);
    return first == null ? Duration.ZERO : Duration.between(Instant.ofEpochMilli(first), now);
  }

  /** How many receivers failed so often in a row, or more. */
  long failing(int failures) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from notification_channel where failures >= ?", Long.class, failures);
    return count == null ? 0 : count;
  }

  private static Notification read(ResultSet row) throws SQLException {
    return new Notification(
        row.getLong("seq"),
        row.getString("id"),
        row.getString("subscription"),
        row.getString("issue"),
        row.getString("version"),
        row.getString("payload"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getInt("attempts"));
  }
}
