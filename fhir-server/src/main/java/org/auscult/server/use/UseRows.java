package org.auscult.server.use;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.use.AskedCall;
import org.auscult.monitoring.use.CardFate;
import org.auscult.monitoring.use.CardOrder;
import org.auscult.monitoring.use.CardOrder.Proposal;
import org.auscult.monitoring.use.Reply;
import org.auscult.order.OrderFate;
import org.auscult.server.performance.Standings;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the calls that a deployment answered, with what became of their cards. Of several answers
 * to a card the last one counts.
 */
final class UseRows {
  private static final String LAST_ANSWER =
      " left join card_answer a on a.card = c.card and not exists (select 1 from card_answer l where"
          + " l.card = a.card and (l.answered_at > a.answered_at or (l.answered_at = a.answered_at"
          + " and l.id > a.id)))";

  private static final String WINDOW =
      " where d.deployment = ? and d.asked_at >= ? and d.asked_at < ?";

  private final JdbcTemplate jdbc;

  UseRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** {@code url|version} of all deployments that answered a call, each with when it did first. */
  Map<String, Instant> deployments() {
    Map<String, Instant> deployments = new LinkedHashMap<>();
    jdbc.query(
        "select deployment, min(asked_at) from deployment_call group by deployment order by"
            + " deployment",
        row -> {
          deployments.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
        });
    return deployments;
  }

  /** Changes whenever something in the window does: calls, answers, labels, orders. */
  String fingerprint(String deployment, ReportWindow window) {
    Object[] arguments = arguments(deployment, window);
    long calls = number("select count(*) from deployment_call d" + WINDOW, arguments);
    long answers =
        number(
            "select count(*) from card_answer a join deployment_call d on d.journal_id ="
                + " a.journal_id"
                + WINDOW,
            arguments);
    long labels =
        number(
            "select coalesce(sum(o.sequence), 0) from deployment_call d join decided_card c on"
                + " c.journal_id = d.journal_id and c.deployment = d.deployment join outcome_case"
                + " o on o.label_id = c.label_id"
                + WINDOW,
            arguments);
    long orders =
        number(
            "select coalesce(sum(o.changes), 0) from deployment_call d join ordering_call o on"
                + " o.journal_id = d.journal_id"
                + WINDOW,
            arguments);
    return calls + "/" + answers + "/" + labels + "/" + orders;
  }

  private long number(String sql, Object[] arguments) {
    return Optional.ofNullable(jdbc.queryForObject(sql, Long.class, arguments)).orElse(0L);
  }

  private static Object[] arguments(String deployment, ReportWindow window) {
    return new Object[] {deployment, window.start().toEpochMilli(), window.end().toEpochMilli()};
  }

  private record Call(String patient, @Nullable String user, String traits, List<CardFate> cards) {}

  /** By cards, the orders of which they speak. */
  private Map<String, List<CardOrder>> orders(Object[] arguments) {
    Map<String, List<CardOrder>> orders = new HashMap<>();
    jdbc.query(
        "select c.card, o.number, s.proposal, o.fate from deployment_call d join decided_card c on"
            + " c.journal_id = d.journal_id and c.deployment = d.deployment join card_order s on"
            + " s.card = c.card join asked_order o on o.journal_id = s.journal_id and o.number ="
            + " s.number"
            + WINDOW
            + " order by c.card, o.number",
        row -> {
          orders
              .computeIfAbsent(row.getString(1), card -> new ArrayList<>())
              .add(
                  new CardOrder(
                      row.getInt(2),
                      Proposal.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                      OrderFate.of(row.getString(4))));
        },
        arguments);
    return orders;
  }

  /** The calls of a window. */
  List<AskedCall> read(String deployment, ReportWindow window) {
    return read(deployment, window.start(), window.end());
  }

  /**
   * The calls of any stretch of time.
   *
   * @param end exclusive
   */
  List<AskedCall> read(String deployment, Instant start, Instant end) {
    Object[] arguments = {deployment, start.toEpochMilli(), end.toEpochMilli()};
    Map<String, List<CardOrder>> orders = orders(arguments);
    Map<String, Call> calls = new LinkedHashMap<>();
    Map<String, Map<String, String>> traits = new HashMap<>();
    jdbc.query(
        "select d.journal_id, d.patient, d.user_name, d.traits, c.card, c.withheld, c.suggests,"
            + " c.warns, a.outcome, a.reason, o.stands, o.outcome from deployment_call d left join"
            + " decided_card c on c.journal_id = d.journal_id and c.deployment = d.deployment"
            + LAST_ANSWER
            + " left join outcome_case o on o.label_id = c.label_id"
            + WINDOW
            + " order by d.asked_at, d.journal_id, c.card",
        row -> {
          String patient = row.getString(2);
          String user = row.getString(3);
          String groups = row.getString(4);
          Call call =
              calls.computeIfAbsent(
                  row.getString(1), id -> new Call(patient, user, groups, new ArrayList<>()));
          if (row.getString(5) != null) {
            String outcome = row.getString(9);
            call.cards()
                .add(
                    new CardFate(
                        row.getString(6),
                        row.getBoolean(7),
                        row.getBoolean(8),
                        outcome == null ? Reply.NONE : Reply.of(outcome.toLowerCase(Locale.ROOT)),
                        row.getString(10),
                        Standings.of(row.getString(11), row.getString(12)),
                        orders.getOrDefault(row.getString(5), List.of())));
          }
        },
        arguments);
    return calls.values().stream()
        .map(
            call ->
                new AskedCall(
                    call.patient(),
                    call.user(),
                    traits.computeIfAbsent(call.traits(), CardDescriptions::read),
                    call.cards()))
        .toList();
  }
}
