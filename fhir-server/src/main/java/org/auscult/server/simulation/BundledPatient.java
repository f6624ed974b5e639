package org.auscult.server.simulation;

import ca.uhn.fhir.context.FhirContext;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.server.bundle.BundledResources;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.Projection;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;

/**
 * One of the patients of the demonstration, as far as simulated ones are drawn from it.
 *
 * @param gender FHIR code
 * @param days of age when the bundle was made
 * @param latest of each measurement the latest value, in the feature's unit
 */
record BundledPatient(String gender, long days, Map<Vital, Double> latest) {
  BundledPatient {
    latest = Map.copyOf(latest);
  }

  /** Those of whom all was measured once, in the order of the file. */
  static List<BundledPatient> all(ResolvedFeatureSet features) {
    FhirContext r4 = FhirContext.forR4Cached();
    FactProjector projector = new FactProjector(YearPlan.ZONE, CodeUnits.standard());
    Map<String, Map<Vital, Fact>> measured = new HashMap<>();
    for (String line : BundledResources.lines("Observation")) {
      Observation observation = r4.newJsonParser().parseResource(Observation.class, line);
      for (Fact fact : projector.project(observation, Projection.RECORD)) {
        for (Vital vital : Vital.values()) {
          if (isOf(vital, fact, features)) {
            measured
                .computeIfAbsent(fact.patient(), p -> new EnumMap<>(Vital.class))
                .merge(vital, fact, BundledPatient::later);
          }
        }
      }
    }
    List<BundledPatient> all = new ArrayList<>();
    for (String line : BundledResources.lines("Patient")) {
      Patient patient = r4.newJsonParser().parseResource(Patient.class, line);
      Map<Vital, Fact> facts = measured.getOrDefault(patient.getIdElement().getIdPart(), Map.of());
      if (facts.size() == Vital.values().length) {
        Map<Vital, Double> latest = new EnumMap<>(Vital.class);
        facts.forEach((vital, fact) -> latest.put(vital, number(fact)));
        all.add(
            new BundledPatient(
                patient.getGender().toCode(),
                ChronoUnit.DAYS.between(
                    LocalDate.parse(patient.getBirthDateElement().getValueAsString()),
                    BundledResources.GENERATED),
                latest));
      }
    }
    return all;
  }

  private static boolean isOf(Vital vital, Fact fact, ResolvedFeatureSet features) {
    return fact.value() instanceof FactValue.Measured measured
        && measured.original().unit().equals(vital.unit())
        && features
            .feature(vital.feature())
            .filter(feature -> fact.codes().stream().anyMatch(feature.codes()::contains))
            .isPresent();
  }

  private static Fact later(Fact one, Fact other) {
    return other.effective().from().isAfter(one.effective().from()) ? other : one;
  }

  private static double number(Fact fact) {
    return ((FactValue.Measured) fact.value()).original().value().doubleValue();
  }
}
