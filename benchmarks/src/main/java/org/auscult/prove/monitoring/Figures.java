package org.auscult.prove.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds told figures against expected ones, and counts. */
final class Figures {
  private static final double TOLERANCE = 1e-9;

  private final List<String> failures = new ArrayList<>();
  private long compared;
  private double greatest;

  /** All that were expected must be told, and no others. */
  void compare(String where, JsonNode expected, JsonNode told) {
    Map<String, JsonNode> byName = new HashMap<>();
    for (JsonNode figure : told) {
      String share = figure.path("parameters").path("share").asText("");
      byName.put(figure.path("name").asText() + (share.isEmpty() ? "" : "/" + share), figure);
    }
    if (byName.size() != expected.size()) {
      failures.add(where + ": " + byName.size() + " figures, expected " + expected.size());
    }
    for (var one : expected.properties()) {
      JsonNode figure = byName.get(one.getKey());
      String what = where + " " + one.getKey();
      if (figure == null) {
        failures.add(what + " was not told");
      } else if (one.getValue().has("unknown")) {
        same(what, one.getValue().path("unknown"), figure.path("unknown"));
      } else {
        near(what, one.getValue().path("value"), figure.path("value"));
        if (one.getValue().has("lower")) {
          near(what + " from", one.getValue().path("lower"), figure.at("/interval/lower"));
          near(what + " to", one.getValue().path("upper"), figure.at("/interval/upper"));
        }
        if (one.getValue().has("p")) {
          near(what + " p", one.getValue().path("p"), figure.at("/pValue/value"));
        }
      }
    }
  }

  void same(String what, JsonNode expected, JsonNode told) {
    compared++;
    if (!expected.equals(told)) {
      failures.add(what + ": expected " + expected + ", told " + told);
    }
  }

  private void near(String what, JsonNode expected, JsonNode told) {
    compared++;
    double off =
        Math.abs(told.asDouble(Double.NaN) - expected.asDouble())
            / Math.max(1, Math.abs(expected.asDouble()));
    if (!told.isNumber() || !(off <= TOLERANCE)) {
      failures.add(what + ": expected " + expected + ", told " + told);
    } else {
      greatest = Math.max(greatest, off);
    }
  }

  long compared() {
    return compared;
  }

  double greatest() {
    return greatest;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }
}
