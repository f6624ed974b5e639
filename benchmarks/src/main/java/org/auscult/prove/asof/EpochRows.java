package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.prove.FhirCalls;

/** In which epochs of a patient each version stood, gathered from {@code $timeline}. */
final class EpochRows {
  private static final int PAGE = 1000;

  /**
   * One version at one patient.
   *
   * @param until the epoch that closed it; {@code Long.MAX_VALUE} while open
   */
  record Row(String reference, long from, long until) {
    boolean at(long epoch) {
      return from <= epoch && epoch < until;
    }
  }

  private final Map<String, Row> rows = new TreeMap<>();
  private long last;

  /** Reads all epochs that a patient has had. */
  static EpochRows read(FhirCalls fhir, String patient) throws IOException, InterruptedException {
    EpochRows all = new EpochRows();
    all.last =
        all.page(fhir, patient, "", 0).path("parameter").path(1).path("valueDecimal").asLong();
    for (long epoch = 1; epoch <= all.last; epoch++) {
      int offset = 0;
      int total;
      do {
        JsonNode page = all.page(fhir, patient, "&epoch=" + epoch, offset);
        total = page.path("parameter").path(2).path("valueInteger").asInt();
        offset += PAGE;
      } while (offset < total);
    }
    return all;
  }

  private JsonNode page(FhirCalls fhir, String patient, String epoch, int offset)
      throws IOException, InterruptedException {
    String path = "/fhir/Patient/%s/$timeline?at=2900-01-01T00:00:00Z&_count=%d&_offset=%d%s";
    FhirCalls.Answer answer = fhir.get(path.formatted(patient, PAGE, offset, epoch));
    if (answer.status() != 200) {
      throw new IOException("The timeline was not answered: HTTP " + answer.status());
    }
    for (JsonNode fact : answer.body().path("parameter")) {
      if (fact.path("name").asText().equals("fact")) {
        add(fact);
      }
    }
    return answer.body();
  }

  private void add(JsonNode fact) {
    String reference = "";
    long from = 0;
    long until = Long.MAX_VALUE;
    for (JsonNode part : fact.path("part")) {
      switch (part.path("name").asText()) {
        case "source" -> reference = part.path("valueReference").path("reference").asText();
        case "epochFrom" -> from = part.path("valueDecimal").asLong();
        case "epochUntil" -> until = part.path("valueDecimal").asLong();
        default -> {}
      }
    }
    rows.put(reference + "@" + from, new Row(reference, from, until));
  }

  long last() {
    return last;
  }

  List<Row> at(long epoch) {
    return rows.values().stream().filter(r -> r.at(epoch)).toList();
  }

  /** Rows that an epoch may know of: opened by then. */
  List<Row> openedBy(long epoch) {
    return rows.values().stream().filter(r -> r.from <= epoch).toList();
  }

  List<Row> all() {
    return new ArrayList<>(rows.values());
  }
}
