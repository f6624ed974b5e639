package org.auscult.server.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * A simulated patient and the one stay in hospital, as it truly is: nobody who predicts or monitors
 * sees it, but for what is written into the record.
 *
 * @param patient logical id
 * @param journal id of the entry that is written when the chart is opened
 * @param gender FHIR code
 * @param site id of the Organization, whose laboratory measures
 * @param measured in the features' units
 * @param predicted when the chart is opened
 * @param discharged when the stay ends, alive or not
 * @param fate uniform in 0 to 1: who has less than the true risk dies
 * @param clinician who opens the chart
 * @param judgement how far from the true risk the clinician's lies, on the logit
 * @param answer uniform in 0 to 1: whether the clinician answers a card
 */
record HospitalStay(
    String patient,
    UUID journal,
    String gender,
    LocalDate born,
    String site,
    Map<Vital, Double> measured,
    Instant admitted,
    Instant predicted,
    Instant discharged,
    double fate,
    String clinician,
    double judgement,
    double answer) {
  HospitalStay {
    measured = Collections.unmodifiableMap(new EnumMap<>(measured));
  }
}
