package org.auscult.cds.hook;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.auscult.cds.Card.Action;
import org.auscult.cds.Card.ActionType;
import org.auscult.cds.Card.Suggestion;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding;
import org.auscult.order.RepeatCreatinine;
import org.auscult.prediction.Caller;
import org.auscult.prediction.JournalEntry;

/**
 * What a user may take over from a card of order checks, with whole resources in the caller's own
 * ids. A suggestion's uuid follows from its card's, so that a retry gives the same.
 */
final class Suggestions {
  private Suggestions() {}

  /** That the order is taken back. */
  static Suggestion removal(UUID card, OrderFinding finding, String drug) {
    return new Suggestion(
        "Remove the order of " + drug,
        id(card, "removal"),
        null,
        List.of(
            new Action(ActionType.DELETE, "Remove the order of " + drug, null, finding.order())));
  }

  /** That creatinine is measured again; empty if nothing calls for it. */
  static Optional<Suggestion> repeat(UUID card, JournalEntry entry, OrderCheck check) {
    RepeatCreatinine repeat = check.repeat();
    if (repeat == null || entry.call().caller().patient() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Suggestion(
            "Order a repeat creatinine",
            id(card, "repeat-creatinine"),
            repeat.why() == RepeatCreatinine.Why.UNSTABLE ? Boolean.TRUE : null,
            List.of(
                new Action(
                    ActionType.CREATE,
                    "Order creatinine in serum or plasma",
                    order(entry, repeat),
                    null))));
  }

  private static Map<String, Object> order(JournalEntry entry, RepeatCreatinine repeat) {
    Caller caller = entry.call().caller();
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("resourceType", "ServiceRequest");
    order.put("status", "draft");
    order.put("intent", "proposal");
    order.put(
        "category",
        List.of(concept("http://snomed.info/sct", "108252007", "Laboratory procedure")));
    order.put(
        "code",
        concept("http://loinc.org", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma"));
    order.put("subject", Map.of("reference", "Patient/" + caller.patient()));
    if (caller.encounter() != null) {
      order.put("encounter", Map.of("reference", "Encounter/" + caller.encounter()));
    }
    order.put("authoredOn", entry.indexTime().toString());
    if (caller.user() != null) {
      order.put("requester", Map.of("reference", caller.user()));
    }
    order.put("reasonCode", List.of(Map.of("text", repeat.text())));
    return order;
  }

  private static Map<String, Object> concept(String system, String code, String display) {
    return Map.of(
        "coding",
        List.of(Map.of("system", system, "code", code, "display", display)),
        "text",
        display);
  }

  private static UUID id(UUID card, String name) {
    return UUID.nameUUIDFromBytes((card + "/" + name).getBytes(StandardCharsets.UTF_8));
  }
}
