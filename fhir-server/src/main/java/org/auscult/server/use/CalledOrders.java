package org.auscult.server.use;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.auscult.cds.Card.Action;
import org.auscult.cds.Card.ActionType;
import org.auscult.cds.hook.CardOffer;
import org.auscult.monitoring.use.CardOrder.Proposal;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.OrderRun;
import org.auscult.server.use.OrderRows.OfCall;
import org.auscult.server.use.OrderRows.Said;
import org.auscult.server.use.OrderRows.Wanted;

/**
 * Gathers the orders of one call: drafts of drugs and of services, and what cards propose beside
 * them. A card of an order check speaks of the orders that it names, any other card of all drafts.
 */
final class CalledOrders {
  private static final Set<String> FOLLOWED = Set.of("MedicationRequest", "ServiceRequest");
  private static final String PROPOSED = "proposed";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JournalEntry entry;
  private final List<Wanted> orders = new ArrayList<>();
  private final Map<Map.Entry<UUID, Integer>, Said> cards = new LinkedHashMap<>();

  CalledOrders(JournalEntry entry) {
    this.entry = entry;
    entry.drafts().stream()
        .filter(draft -> FOLLOWED.contains(draft.resourceType()))
        .forEach(draft -> orders.add(new Wanted(draft, false)));
  }

  /** What a card speaks of and offers, or would have offered had it not been withheld. */
  void add(UUID card, CardOffer offer) {
    for (int i = 0; i < orders.size(); i++) {
      Wanted order = orders.get(i);
      boolean isNamed = offer.orders().contains(order.order().reference());
      if (!order.isProposed() && (offer.orders().isEmpty() || isNamed)) {
        say(card, i, Proposal.NONE);
      }
    }
    offer.suggestions().stream()
        .flatMap(suggestion -> suggestion.actions().stream())
        .forEach(action -> propose(card, action));
  }

  private void propose(UUID card, Action action) {
    if (action.type() == ActionType.DELETE) {
      for (int i = 0; i < orders.size(); i++) {
        if (orders.get(i).order().reference().equals(action.resourceId())) {
          say(card, i, Proposal.REMOVAL);
        }
      }
    } else if (action.type() == ActionType.CREATE) {
      ObjectNode resource = JSON.valueToTree(action.resource());
      String type = resource.path("resourceType").asText();
      if (FOLLOWED.contains(type)) {
        Wanted wanted =
            new Wanted(
                StoredOrders.read(type + "/" + PROPOSED, List.of(resource.put("id", PROPOSED))),
                true);
        if (!orders.contains(wanted)) {
          orders.add(wanted);
        }
        say(card, orders.indexOf(wanted), Proposal.ADDITION);
      }
    }
  }

  private void say(UUID card, int number, Proposal proposal) {
    cards.put(Map.entry(card, number), new Said(card, number, proposal));
  }

  /**
   * All of it; empty if no card speaks of an order.
   *
   * @param areIdsOurs whether the caller's server is ours
   */
  Optional<OfCall> finish(boolean areIdsOurs) {
    if (cards.isEmpty()) {
      return Optional.empty();
    }
    String rules =
        entry.deployments().stream()
            .map(DeploymentRun::orders)
            .filter(Objects::nonNull)
            .map(OrderRun::check)
            .map(check -> check.rules())
            .findFirst()
            .orElse(null);
    return Optional.of(
        new OfCall(
            entry.id(),
            entry.indexTime(),
            entry.subject().isOurs() ? entry.subject().id() : null,
            areIdsOurs,
            rules,
            orders,
            List.copyOf(cards.values())));
  }
}
