package org.auscult.server.use;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.auscult.prediction.CardId;
import org.auscult.prediction.Feedback;
import org.auscult.server.config.Database;
import org.auscult.server.journal.CardWatch;
import org.auscult.server.timeline.PatientChanges;
import org.auscult.server.use.OrderRows.OfCall;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps that calls were asked and cards answered, in the transaction that makes their resources.
 * What a call's cards were is looked up afterwards ({@link CardDescriptions}), so that the hook's
 * path knows nothing of it.
 */
final class CardLedger implements CardWatch, PatientChanges {
  private static final int LONGEST = 400;

  private final JdbcTemplate jdbc;
  private final OrderRows orders;
  private final String insertCall;
  private final String insertAnswer;

  CardLedger(JdbcTemplate jdbc, Database.Vendor vendor, OrderRows orders) {
    this.jdbc = jdbc;
    this.orders = orders;
    switch (vendor) {
      case POSTGRESQL -> {
        insertCall =
            "insert into asked_call (journal_id, asked_at) values (?, ?) on conflict (journal_id)"
                + " do nothing";
        insertAnswer =
            "insert into card_answer (id, card, journal_id, outcome, reason, answered_at) values"
                + " (?, ?, ?, ?, ?, ?) on conflict (id) do nothing";
      }
      case H2 -> {
        insertCall =
            "merge into asked_call t using (values (cast(? as varchar), cast(? as bigint))) s(j, a)"
                + " on t.journal_id = s.j when not matched then insert (journal_id, asked_at)"
                + " values (s.j, s.a)";
        insertAnswer =
            "merge into card_answer t using (values (cast(? as varchar), cast(? as varchar), cast(?"
                + " as varchar), cast(? as varchar), cast(? as varchar), cast(? as bigint))) s(i,"
                + " c, j, o, r, a) on t.id = s.i when not matched then insert (id, card,"
                + " journal_id, outcome, reason, answered_at) values (s.i, s.c, s.j, s.o, s.r, s.a)";
      }
      default -> throw new IllegalArgumentException("No such database: " + vendor);
    }
  }

  @Override
  public void called(UUID journal, long at) {
    jdbc.update(insertCall, journal.toString(), at);
  }

  @Override
  public void answered(String id, Feedback feedback) {
    jdbc.update(
        insertAnswer,
        id,
        feedback.card().toString(),
        CardId.journal(feedback.card()).toString(),
        feedback.outcome().name(),
        reason(feedback),
        feedback.at().toEpochMilli());
  }

  private static @Nullable String reason(Feedback feedback) {
    String code = feedback.reasonCode();
    if (code == null) {
      return null;
    }
    String system = feedback.reasonSystem();
    String reason = system == null ? code : system + "|" + code;
    return reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
  }

  /** What was shown and answered stays, whatever the record says later. */
  @Override
  public void changed(Collection<String> patients, Instant knownAt) {}

  @Override
  public void erased() {
    List.of("card_answer", "decided_card", "deployment_call", "asked_call")
        .forEach(table -> jdbc.update("delete from " + table));
  }

  /** Calls whose cards were not looked up yet. */
  List<UUID> undescribed(int most) {
    return jdbc
        .queryForList(
            "select journal_id from asked_call where described = false order by asked_at,"
                + " journal_id limit "
                + most,
            String.class)
        .stream()
        .map(UUID::fromString)
        .toList();
  }

  /**
   * What a call's cards were, in the transaction that is open; again, it changes nothing.
   *
   * @param calls rows of {@code deployment_call}
   * @param cards rows of {@code decided_card}
   * @param about the orders of which they speak; null if there are none
   */
  void describe(
      UUID journal,
      List<@Nullable Object[]> calls,
      List<@Nullable Object[]> cards,
      @Nullable OfCall about) {
    int first =
        jdbc.update(
            "update asked_call set described = true where journal_id = ? and described = false",
            journal.toString());
    if (first == 0) {
      return;
    }
    jdbc.batchUpdate(
        "insert into deployment_call (journal_id, deployment, asked_at, patient, user_name, traits)"
            + " values (?, ?, ?, ?, ?, ?)",
        calls);
    jdbc.batchUpdate(
        "insert into decided_card (card, journal_id, deployment, label_id, withheld, suggests,"
            + " warns) values (?, ?, ?, ?, ?, ?, ?)",
        cards);
    if (about != null) {
      orders.add(about);
    }
  }
}
