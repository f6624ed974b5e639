package org.auscult.server.use;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.auscult.order.DraftOrder;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.PlacedOrders;
import org.auscult.order.PlacedOrders.Found;
import org.auscult.server.use.OrderRows.Due;
import org.auscult.server.use.OrderRows.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks up what became of the orders of calls, when the time for it is over, and again whenever
 * something is written of the patient. Of patients who were merged into others, or whose record is
 * gone, nobody can say.
 */
final class FollowedOrders {
  /** How long after a call an order is one that followed it. */
  static final Duration WINDOW = Duration.ofHours(24);

  private static final int CALLS = 200;

  private final OrderRows rows;
  private final StoredOrders orders;
  private final OrderRulesCatalog rules;
  private final TransactionTemplate transaction;

  FollowedOrders(
      OrderRows rows,
      StoredOrders orders,
      OrderRulesCatalog rules,
      TransactionTemplate transaction) {
    this.rows = rows;
    this.orders = orders;
    this.rules = rules;
    this.transaction = transaction;
  }

  /**
   * Looks at all calls that are due.
   *
   * @param goesOn asked before each call
   */
  void followAll(Instant now, BooleanSupplier goesOn) {
    rows.takeChanges();
    List<Due> due = rows.due(now.minus(WINDOW), CALLS);
    while (!due.isEmpty()) {
      for (Due call : due) {
        if (!goesOn.getAsBoolean()) {
          return;
        }
        // The epoch was read before the orders are: what is written meanwhile makes it due again.
        List<Found> found = found(call);
        transaction.executeWithoutResult(status -> rows.settle(call, found));
      }
      due = rows.due(now.minus(WINDOW), CALLS);
    }
  }

  private List<Found> found(Due call) {
    List<Wanted> wanted = rows.orders(call.journal());
    if (rows.isMerged(call.patient()) || !orders.knows(call.patient())) {
      return wanted.stream().map(order -> Found.UNTOLD).toList();
    }
    List<DraftOrder> drafts =
        wanted.stream().filter(order -> !order.isProposed()).map(Wanted::order).toList();
    Set<String> own =
        call.areIdsOurs()
            ? drafts.stream().map(DraftOrder::reference).collect(Collectors.toSet())
            : Set.of();
    PlacedOrders placed =
        new PlacedOrders(orders.after(call.patient(), call.at(), own), sameDrug(call.rules()));
    Iterator<Found> ofDrafts = placed.ofDrafts(drafts, call.areIdsOurs()).iterator();
    List<Found> found = new ArrayList<>();
    for (Wanted order : wanted) {
      found.add(order.isProposed() ? placed.ofProposal(order.order()) : ofDrafts.next());
    }
    return found;
  }

  /** Of one ingredient, by the table that the call's orders were held against. */
  private BiPredicate<DraftOrder, DraftOrder> sameDrug(@Nullable String canonical) {
    return Optional.ofNullable(canonical)
        .flatMap(rules::find)
        .<BiPredicate<DraftOrder, DraftOrder>>map(
            table -> (one, other) -> table.of(one).stream().anyMatch(table.of(other)::contains))
        .orElse((one, other) -> false);
  }
}
