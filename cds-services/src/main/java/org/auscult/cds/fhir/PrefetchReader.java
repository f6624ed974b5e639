package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.timeline.Code;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.MedicationVersion;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Medication;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code prefetch} of a call, and what was fetched beside it, into facts.
 *
 * <p>A key that is {@code null} was asked and found nothing; a key that is not there was not asked
 * (CDS Hooks 2.0, "Prefetch"). An answer with a next page, with an error, or of fewer resources
 * than its total is not complete. A resource that cannot be read withholds what it is about, and
 * nothing else (safety rules 20 and 21).
 */
public final class PrefetchReader {
  private final ZoneId zone;
  private final CodeUnits units;

  /**
   * @param zone the site's time zone, in which dates without offset are read
   */
  public PrefetchReader(ZoneId zone, CodeUnits units) {
    this.zone = zone;
    this.units = units;
  }

  /** Reads what a caller sent. */
  public Prefetched read(Map<String, JsonNode> prefetch, Asked asked, CallerPatient patient) {
    return read(prefetch, Map.of(), asked, patient);
  }

  /**
   * Reads what a caller sent together with what its server added.
   *
   * @param prefetch by key; a value may be JSON's null
   * @param fetched by key, what was {@link Prefetched#wanted() wanted} of this prefetch; pages that
   *     continue an answer of prefetch are read as one with it
   */
  public Prefetched read(
      Map<String, JsonNode> prefetch,
      Map<String, Fetched> fetched,
      Asked asked,
      CallerPatient patient) {
    List<PrefetchAnswer> answers = new ArrayList<>();
    prefetch.forEach(
        (key, value) -> {
          PrefetchAnswer sent = PrefetchAnswer.read(key, List.of(value), asked);
          Fetched more = fetched.get(key);
          if (sent.next() == null || more == null) {
            answers.add(sent);
            addFetched(answers, key, List.of(), more, asked);
          } else {
            addFetched(answers, key, List.of(value), more, asked);
          }
        });
    fetched.forEach(
        (key, more) -> {
          if (!prefetch.containsKey(key)) {
            addFetched(answers, key, List.of(), more, asked);
          }
        });
    PrefetchGathering gathering =
        new PrefetchGathering(new FactProjector(zone, units), medications(answers), asked, patient);
    answers.forEach(gathering::take);
    return gathering.finish();
  }

  private static void addFetched(
      List<PrefetchAnswer> answers,
      String key,
      List<JsonNode> before,
      @Nullable Fetched fetched,
      Asked asked) {
    if (fetched == null) {
      return;
    }
    List<JsonNode> pages = new ArrayList<>(before);
    pages.addAll(fetched.pages());
    if (pages.isEmpty()) {
      return;
    }
    PrefetchAnswer answer = PrefetchAnswer.read(key, pages, asked);
    answers.add(fetched.shortfall() == null ? answer : answer.notComplete());
  }

  /** By id: Medications that came along say what the orders that name them are about. */
  private static Map<String, List<Code>> medications(List<PrefetchAnswer> answers) {
    Map<String, List<Code>> medications = new HashMap<>();
    for (PrefetchAnswer answer : answers) {
      for (JsonNode json : answer.resources()) {
        if (json.path("resourceType").asText().equals("Medication")) {
          ResourceParser.parse(json)
              .map(Medication.class::cast)
              .filter(m -> m.getIdElement().getIdPart() != null)
              .ifPresent(
                  m -> medications.put(m.getIdElement().getIdPart(), MedicationVersion.codes(m)));
        }
      }
    }
    return medications;
  }
}
