package org.auscult.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.server.training.TrainingPlan.UsedDefinition;

/**
 * A plan as a job keeps it: the parameters, and the hashes of the definitions, so that a job that
 * is taken up later finds out if one says something else by now.
 */
record KeptRequest(SortedMap<String, List<String>> parameters, List<String> definitions) {
  private static final ObjectMapper JSON = new ObjectMapper();

  KeptRequest {
    parameters = new TreeMap<>(parameters);
    definitions = List.copyOf(definitions);
  }

  static KeptRequest of(TrainingPlan plan) {
    return new KeptRequest(
        plan.parameters(), plan.definitions().stream().map(UsedDefinition::toString).toList());
  }

  String write() {
    ObjectNode json = JSON.createObjectNode();
    json.set("parameters", JSON.valueToTree(parameters));
    json.set("definitions", JSON.valueToTree(definitions));
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A request cannot be written", e);
    }
  }

  static KeptRequest read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      SortedMap<String, List<String>> parameters = new TreeMap<>();
      for (Map.Entry<String, JsonNode> one : json.path("parameters").properties()) {
        parameters.put(one.getKey(), texts(one.getValue()));
      }
      return new KeptRequest(parameters, texts(json.path("definitions")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A job's request cannot be read", e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
