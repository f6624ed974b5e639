package org.auscult.prove.roads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.auscult.prove.FhirCalls;

/** One patient's calls, one by each road. */
final class Roads {
  static final String FULL = "full prefetch";
  private static final String NONE = "no prefetch";
  private static final String NO_OBJECT = "an empty prefetch";
  private static final String PARTIAL = "some keys";
  private static final String NULLS = "null for what is empty, the rest missing";
  private static final String PAGED = "no prefetch, small pages";
  private static final String FIRST_PAGE = "first pages in prefetch";
  private static final String OUTCOMES = "OperationOutcomes in prefetch";
  private static final String TRUNCATED = "prefetch cut short of its total";

  private final HookCaller caller;
  private final ProofEhr ehr;
  private final String patient;
  private final Random random;

  Roads(HookCaller caller, ProofEhr ehr, String patient, Random random) {
    this.caller = caller;
    this.ehr = ehr;
    this.patient = patient;
    this.random = random;
  }

  /** By the names of the roads, the full one first. */
  Map<String, ObjectNode> calls() {
    Map<String, ObjectNode> calls = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>(caller.keys());
    Collections.shuffle(keys, random);
    int some = 1 + random.nextInt(keys.size() - 1);
    calls.put(FULL, call(keys));
    calls.put(NONE, caller.call(patient));
    calls.put(NO_OBJECT, call(List.of()));
    calls.put(PARTIAL, call(keys.subList(0, some)));
    calls.put(NULLS, nulls(keys));
    calls.put(PAGED, caller.call(patient));
    calls.put(FIRST_PAGE, firstPages(keys));
    calls.put(OUTCOMES, outcomes(keys, some));
    calls.put(TRUNCATED, truncated(keys));
    return calls;
  }

  /** Sets the EHR's server up for a road. */
  void prepare(String road) {
    ehr.pageSize = road.equals(PAGED) || road.equals(FIRST_PAGE) ? 1 + random.nextInt(2) : 1000;
  }

  private ObjectNode call(List<String> keys) {
    ObjectNode call = caller.call(patient);
    ObjectNode prefetch = call.putObject("prefetch");
    keys.forEach(key -> prefetch.set(key, whole(key)));
    return call;
  }

  private JsonNode whole(String key) {
    JsonNode answer = ehr.answer(caller.query(key, patient));
    return answer == null ? JsonNodeFactory.instance.nullNode() : answer;
  }

  private ObjectNode nulls(List<String> keys) {
    ObjectNode call = caller.call(patient);
    ObjectNode prefetch = call.putObject("prefetch");
    for (String key : keys) {
      JsonNode answer = whole(key);
      if (answer.isNull() || (answer.has("entry") && answer.path("entry").isEmpty())) {
        prefetch.putNull(key);
      }
    }
    return call;
  }

  private ObjectNode firstPages(List<String> keys) {
    ObjectNode call = caller.call(patient);
    ObjectNode prefetch = call.putObject("prefetch");
    for (String key : keys) {
      String query = caller.query(key, patient);
      prefetch.set(key, query.contains("?") ? ehr.page(query, 0, 1) : whole(key));
    }
    return call;
  }

  /** Some keys are answered with an error, as a whole or among the entries. */
  private ObjectNode outcomes(List<String> keys, int some) {
    ObjectNode call = call(keys);
    JsonNode outcome = read(ProofEhr.outcome("error"));
    for (String key : keys.subList(0, some)) {
      JsonNode sent = call.path("prefetch").path(key);
      if (sent.has("entry") && random.nextBoolean()) {
        ((ObjectNode) sent).withArray("entry").addObject().set("resource", outcome);
      } else {
        ((ObjectNode) call.path("prefetch")).set(key, outcome);
      }
    }
    return call;
  }

  private ObjectNode truncated(List<String> keys) {
    ObjectNode call = call(keys);
    for (String key : keys) {
      JsonNode sent = call.path("prefetch").path(key);
      int found = sent.path("total").asInt();
      if (found > 1) {
        // What is found stands before what is included.
        ((ObjectNode) sent).withArray("entry").remove(random.nextInt(found));
      }
    }
    return call;
  }

  private static JsonNode read(String json) {
    try {
      return FhirCalls.JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
