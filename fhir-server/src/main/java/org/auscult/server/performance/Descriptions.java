package org.auscult.server.performance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.server.timeline.TimelineHistories;
import org.auscult.timeline.Fact;
import org.auscult.training.PatientHistory;
import org.auscult.training.Person;
import org.auscult.training.Stay;
import org.auscult.training.Wards;
import org.jspecify.annotations.Nullable;

/**
 * Looks up once to what a prediction belongs: the encounter during which it was made, the groups of
 * the patient, the ward, and the device with which the newest input came about that names one; as
 * the record says it when it is looked up. The timeline and the journal have it; predictions of
 * patients of other servers belong to nothing.
 */
public final class Descriptions {
  /** Ways of grouping, and what they are in a person's traits. */
  private static final Map<String, String> WAYS =
      Map.of(
          "sex", "gender",
          "site", "site",
          "race", "race",
          "ethnicity", "ethnicity",
          "language", "language");

  private static final int PATIENTS = 200;
  private static final int LONGEST = 2000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MonitoredPredictions predictions;
  private final TimelineHistories histories;
  private final PredictionInputs inputs;
  private final ZoneId zone;

  Descriptions(
      MonitoredPredictions predictions,
      TimelineHistories histories,
      PredictionInputs inputs,
      ZoneId zone) {
    this.predictions = predictions;
    this.histories = histories;
    this.inputs = inputs;
    this.zone = zone;
  }

  /**
   * Describes all that are not yet.
   *
   * @param goesOn asked before each patient
   */
  void describeAll(Instant now, BooleanSupplier goesOn) {
    List<String> patients = predictions.undescribed(PATIENTS);
    while (!patients.isEmpty() && goesOn.getAsBoolean()) {
      for (String patient : patients) {
        if (goesOn.getAsBoolean()) {
          describe(patient, now);
        }
      }
      patients = predictions.undescribed(PATIENTS);
    }
  }

  private void describe(String patient, Instant now) {
    Optional<PatientHistory> history = histories.read(patient, now, List.of());
    List<Stay> stays = history.map(h -> Stay.of(h.knownAt(now))).orElse(List.of());
    List<@Nullable Object[]> rows = new ArrayList<>();
    predictions
        .undescribed(patient)
        .forEach(
            (id, millis) -> {
              Instant at = Instant.ofEpochMilli(millis);
              Stay stay = Stay.at(stays, at).orElse(null);
              Map<String, String> traits =
                  history.map(h -> traits(h, stays, stay, at, now)).orElseGet(TreeMap::new);
              if (history.isPresent()) {
                traits.put("device", inputs.device(id).orElse(ObservedPredictions.UNKNOWN));
              }
              rows.add(
                  new @Nullable Object[] {stay == null ? null : stay.id(), written(traits), id});
            });
    predictions.describe(rows);
  }

  private Map<String, String> traits(
      PatientHistory history, List<Stay> stays, @Nullable Stay stay, Instant at, Instant now) {
    List<Stay> until =
        stay != null
            ? List.of(stay)
            : stays.stream().filter(s -> s.from() != null && !s.from().isAfter(at)).toList();
    List<Fact> known = history.knownAt(now);
    Map<String, String> traits = groups(Person.of(known, until, zone), at, zone);
    traits.put("ward", Wards.at(known, stay, at).orElse(ObservedPredictions.UNKNOWN));
    return traits;
  }

  private static String written(Map<String, String> traits) {
    try {
      String text = JSON.writeValueAsString(traits);
      return text.length() > LONGEST ? "{}" : text;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Traits cannot be written", e);
    }
  }

  /** The groups of a person at a time, by way of grouping. */
  public static Map<String, String> groups(Person person, Instant at, ZoneId zone) {
    Map<String, String> traits = new TreeMap<>();
    WAYS.forEach(
        (way, trait) -> {
          String value = person.traits().get(trait);
          if (value != null) {
            traits.put(way, value);
          }
        });
    traits.put("age", person.ageBand(at, zone));
    return traits;
  }

  /** What was written of traits. */
  static Map<String, String> read(@Nullable String traits) {
    if (traits == null) {
      return Map.of();
    }
    try {
      return JSON.readValue(traits, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Traits cannot be read", e);
    }
  }
}
