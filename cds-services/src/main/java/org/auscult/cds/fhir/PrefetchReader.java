package org.auscult.cds.fhir;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.feature.PrefetchTemplate;
import org.auscult.timeline.Code;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Medication;

/**
 * Reads the {@code prefetch} of a call into facts.
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

  /**
   * Reads what a caller sent.
   *
   * @param prefetch by key; a value may be JSON's null
   */
  public Prefetched read(Map<String, JsonNode> prefetch, Asked asked, CallerPatient patient) {
    List<PrefetchAnswer> answers =
        prefetch.entrySet().stream()
            .map(e -> PrefetchAnswer.read(e.getKey(), e.getValue(), asked.template(e.getKey())))
            .toList();
    PrefetchGathering gathering = new PrefetchGathering(projector(answers), asked, patient);
    answers.forEach(gathering::take);
    List<String> missing =
        asked.templates().stream()
            .map(PrefetchTemplate::key)
            .filter(key -> !prefetch.containsKey(key))
            .toList();
    return gathering.finish(missing);
  }

  /** Medications that came along say what the orders that name them are about. */
  private FactProjector projector(List<PrefetchAnswer> answers) {
    Map<String, List<Code>> medications = new HashMap<>();
    for (PrefetchAnswer answer : answers) {
      for (JsonNode json : answer.resources()) {
        if (json.path("resourceType").asText().equals("Medication")) {
          ResourceParser.parse(json)
              .map(Medication.class::cast)
              .filter(m -> m.getIdElement().getIdPart() != null)
              .ifPresent(
                  m -> medications.put("Medication/" + m.getIdElement().getIdPart(), codes(m)));
        }
      }
    }
    return new FactProjector(
        zone, units, reference -> medications.getOrDefault(reference, List.of()));
  }

  private static List<Code> codes(Medication medication) {
    return List.copyOf(
        medication.getCode().getCoding().stream()
            .filter(c -> c.hasSystem() && c.hasCode())
            .map(c -> new Code(c.getSystem(), c.getCode()))
            .collect(toSet()));
  }
}
