package org.auscult.server.use;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.auscult.monitoring.use.CardOrder.Proposal;
import org.auscult.order.DraftOrder;
import org.auscult.order.OrderFate;
import org.auscult.order.PlacedOrders.Found;
import org.auscult.server.timeline.PatientChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps which orders calls were about and what became of them. Which calls are to be looked at
 * follows from the epochs of their patients, so that writing to the record costs nothing for it;
 * what stands in no timeline raises no epoch and leaves a row.
 */
final class OrderRows implements PatientChanges {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcTemplate jdbc;

  OrderRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The orders of a call.
   *
   * @param patient id in our record; null if the call's patient is none of ours
   * @param areIdsOurs whether the references of drafts are those of our record
   * @param rules {@code url|version} of a table that knows which drugs are the same; null if none
   * @param orders drafts first
   * @param cards what each card says of the orders
   */
  record OfCall(
      UUID journal,
      Instant at,
      @Nullable String patient,
      boolean areIdsOurs,
      @Nullable String rules,
      List<Wanted> orders,
      List<Said> cards) {}

  /** One order, by its number in its call. */
  record Wanted(DraftOrder order, boolean isProposed) {}

  /** What a card says of one. */
  record Said(UUID card, int number, Proposal proposal) {}

  /** A call that is to be looked at. */
  record Due(
      String journal,
      String patient,
      Instant at,
      boolean areIdsOurs,
      @Nullable String rules,
      long epoch) {}

  /** With a call's description, in the transaction that is open. */
  void add(OfCall call) {
    String journal = call.journal().toString();
    String patient = call.patient();
    if (patient != null) {
      jdbc.update(
          "insert into ordering_call (journal_id, patient, asked_at, ids_ours, rules) values (?, ?,"
              + " ?, ?, ?)",
          journal,
          patient,
          call.at().toEpochMilli(),
          call.areIdsOurs(),
          call.rules());
    }
    OrderFate fate = patient == null ? OrderFate.UNTOLD : OrderFate.OPEN;
    for (int i = 0; i < call.orders().size(); i++) {
      Wanted wanted = call.orders().get(i);
      jdbc.update(
          "insert into asked_order (journal_id, number, proposed, wanted, fate) values (?, ?, ?, ?,"
              + " ?)",
          journal,
          i,
          wanted.isProposed(),
          written(wanted.order()),
          fate.code());
    }
    for (Said said : call.cards()) {
      jdbc.update(
          "insert into card_order (card, number, journal_id, proposal) values (?, ?, ?, ?)",
          said.card().toString(),
          said.number(),
          journal,
          said.proposal().name().toLowerCase(Locale.ROOT));
    }
  }

  /** An order of these was written that stands in no timeline, in the transaction that is open. */
  void ordered(Collection<String> patients) {
    patients.forEach(
        patient -> jdbc.update("insert into order_change (patient) values (?)", patient));
  }

  /** Calls of patients of whom such an order was written are to be looked at again. */
  void takeChanges() {
    jdbc.query(
            "select seq, patient from order_change order by seq",
            (row, number) -> Map.entry(row.getLong(1), row.getString(2)))
        .forEach(
            change -> {
              // The row goes last: what is done twice gives the same.
              jdbc.update(
                  "update ordering_call set seen_epoch = null where patient = ?",
                  change.getValue());
              jdbc.update("delete from order_change where seq = ?", change.getKey());
            });
  }

  /** Calls until a time, of whose patients something was written since they were looked at. */
  List<Due> due(Instant until, int most) {
    return jdbc.query(
        "select c.journal_id, c.patient, c.asked_at, c.ids_ours, c.rules, coalesce(e.epoch, 0)"
            + " from ordering_call c left join patient_epoch e on e.patient = c.patient where"
            + " c.asked_at <= ? and (c.seen_epoch is null or c.seen_epoch <> coalesce(e.epoch,"
            + " 0)) order by c.asked_at, c.journal_id limit "
            + most,
        (row, number) ->
            new Due(
                row.getString(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getBoolean(4),
                row.getString(5),
                row.getLong(6)),
        until.toEpochMilli());
  }

  /** Whether a patient's record went into another one. */
  boolean isMerged(String patient) {
    return Optional.ofNullable(
            jdbc.queryForObject(
                "select count(*) from patient_epoch where patient = ? and merged_into is not null",
                Long.class,
                patient))
        .filter(rows -> rows > 0)
        .isPresent();
  }

  /** The orders of a call, by their numbers. */
  List<Wanted> orders(String journal) {
    return jdbc.query(
        "select wanted, proposed from asked_order where journal_id = ? order by number",
        (row, number) -> new Wanted(read(row.getString(1)), row.getBoolean(2)),
        journal);
  }

  /**
   * What became of a call's orders, in the transaction that is open.
   *
   * @param found by their numbers
   */
  void settle(Due call, List<Found> found) {
    int changes = 0;
    for (int i = 0; i < found.size(); i++) {
      String fate = found.get(i).fate().code();
      changes +=
          jdbc.update(
              "update asked_order set fate = ? where journal_id = ? and number = ? and fate <> ?",
              fate,
              call.journal(),
              i,
              fate);
      jdbc.update(
          "update asked_order set evidence = ? where journal_id = ? and number = ?",
          found.get(i).evidence(),
          call.journal(),
          i);
    }
    jdbc.update(
        "update ordering_call set seen_epoch = ?, changes = changes + ? where journal_id = ?",
        call.epoch(),
        changes,
        call.journal());
  }

  /** The epochs of patients tell. */
  @Override
  public void changed(Collection<String> patients, Instant knownAt) {}

  @Override
  public void erased() {
    List.of("card_order", "asked_order", "ordering_call", "order_change")
        .forEach(table -> jdbc.update("delete from " + table));
  }

  private static String written(DraftOrder order) {
    try {
      return JSON.writeValueAsString(order);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An order cannot be written", e);
    }
  }

  private static DraftOrder read(String order) {
    try {
      return JSON.readValue(order, DraftOrder.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An order cannot be read", e);
    }
  }
}
