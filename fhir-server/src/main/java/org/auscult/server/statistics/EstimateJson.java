package org.auscult.server.statistics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.auscult.statistics.estimate.Certainty;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;

/** Figures as JSON, each with its definition. */
final class EstimateJson {
  static final ObjectMapper JSON = new ObjectMapper();

  private EstimateJson() {}

  static ArrayNode of(List<Estimate> estimates) {
    ArrayNode array = JSON.createArrayNode();
    estimates.forEach(estimate -> array.add(of(estimate)));
    return array;
  }

  static ObjectNode of(Estimate estimate) {
    Definition definition = estimate.definition();
    ObjectNode object =
        JSON.createObjectNode()
            .put("name", definition.name())
            .put("version", definition.version())
            .put("formula", definition.formula());
    ObjectNode parameters = object.putObject("parameters");
    definition.parameters().forEach(parameters::put);
    object.put("n", estimate.n());
    if (estimate instanceof Estimate.Known known) {
      object.put("value", known.value());
      add(object, known.certainty());
    } else if (estimate instanceof Estimate.Unknown unknown) {
      object.put("unknown", unknown.reason().code()).put("why", unknown.why());
    }
    return object;
  }

  private static void add(ObjectNode object, Certainty certainty) {
    if (certainty.interval() != null) {
      object.set("interval", of(certainty.interval()));
    }
    if (certainty.pValue() != null) {
      object
          .putObject("pValue")
          .put("value", certainty.pValue().value())
          .put("method", certainty.pValue().method());
    }
    if (certainty.note() != null) {
      object.put("note", certainty.note());
    }
  }

  static ObjectNode of(Interval interval) {
    return JSON.createObjectNode()
        .put("lower", interval.lower())
        .put("upper", interval.upper())
        .put("level", interval.level())
        .put("method", interval.method());
  }
}
