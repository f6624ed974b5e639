package org.auscult.cds.hook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.auscult.order.Gap;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding.Ingredient;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.order.RenalEstimate;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.OrderRun.Indexed;
import org.jspecify.annotations.Nullable;

/** An order check for machines, in a card's {@code extension}; nothing null, nothing empty. */
final class OrderExtension {
  static final String NAME = "org.auscult.order-check";

  private OrderExtension() {}

  static Map<String, Object> of(JournalEntry entry, OrderCheck check, List<Indexed> findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("call", entry.id().toString());
    json.put("rules", check.rules());
    json.put("indexTime", entry.indexTime().toString());
    json.put(
        "stability", check.stability().state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    put(json, "stabilityEvidence", check.stability().evidence());
    json.put("findings", findings.stream().map(f -> finding(entry, f)).toList());
    return json;
  }

  private static Map<String, Object> finding(JournalEntry entry, Indexed one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("finding", entry.id() + "." + one.index());
    json.put("order", one.finding().order());
    json.put("kind", one.finding().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    Ingredient ingredient = one.finding().ingredient();
    if (ingredient != null) {
      json.put(
          "ingredient",
          Map.of(
              "system", ingredient.code().system(),
              "code", ingredient.code().code(),
              "display", ingredient.title()));
    }
    Outcome outcome = one.finding().outcome();
    if (outcome instanceof Outcome.Advised advised) {
      json.put("action", advised.band().action().code());
      json.put("limit", advised.band().limit());
      json.put("measure", measure(advised.estimate()));
      json.put("source", advised.source().url());
    } else if (outcome instanceof Outcome.NotAssessed notAssessed) {
      json.put("gaps", notAssessed.gaps().stream().map(OrderExtension::gap).toList());
    }
    return json;
  }

  private static Map<String, Object> gap(Gap gap) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", gap.input());
    json.put("code", gap.code());
    json.put("text", gap.text());
    put(json, "evidence", gap.evidence());
    return json;
  }

  private static Map<String, Object> measure(RenalEstimate estimate) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", estimate.kind().code());
    json.put("value", estimate.value());
    json.put("shown", estimate.shown());
    json.put("unit", estimate.unit());
    put(json, "weight", estimate.weight() == null ? null : estimate.weight().code());
    put(json, "fromModel", estimate.fromModel());
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (RenalEstimate.Input input : estimate.inputs()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("input", input.feature());
      one.put("value", input.value());
      one.put("unit", input.unit());
      put(one, "effective", input.effective() == null ? null : input.effective().toString());
      put(one, "evidence", input.evidence());
      inputs.add(one);
    }
    put(json, "inputs", inputs);
    return json;
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
      json.put(name, value);
    }
  }
}
