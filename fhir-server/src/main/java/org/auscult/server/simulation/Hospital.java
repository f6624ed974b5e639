package org.auscult.server.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.auscult.monitoring.cause.LookedRow;
import org.auscult.monitoring.cause.SeenFact;
import org.auscult.monitoring.cause.TracedFeature;
import org.auscult.monitoring.drift.ServedRows.Looked;
import org.auscult.server.drift.LookedRecord;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.Projection;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The record of simulated patients: FHIR resources become facts by the projector that the server
 * uses, and are known when they are stored. Not for several threads.
 */
final class Hospital implements LookedRecord {
  /** The laboratory whose unit may change. */
  static final String CHANGING = "south";

  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  private static final String DISPOSITIONS =
      "http://terminology.hl7.org/CodeSystem/discharge-disposition";
  private static final Duration STORED_AFTER = Duration.ofMinutes(20);
  private static final Duration LABORATORY = Duration.ofHours(5);
  private static final Duration WARD = Duration.ofHours(1);

  private final FactProjector projector = new FactProjector(YearPlan.ZONE, CodeUnits.standard());
  private final Map<String, InMemoryTimeline> records = new HashMap<>();

  /** What is known when the chart is opened. */
  void admit(HospitalStay stay, boolean isUnreadable) {
    InMemoryTimeline record = new InMemoryTimeline().patient(stay.patient(), 0);
    records.put(stay.patient(), record);
    write(record, ResourceKind.PATIENT, person(stay), 1, stay.admitted());
    write(record, ResourceKind.ENCOUNTER, encounter(stay), 1, stay.admitted());
    for (Vital vital : Vital.values()) {
      Instant at = stay.predicted().minus(vital.isOfLaboratory() ? LABORATORY : WARD);
      boolean isOther = isUnreadable && vital == Vital.CREATININE && stay.site().equals(CHANGING);
      Observation measured = measured(stay, vital, at, isOther ? Planted.UNREADABLE : vital.unit());
      write(record, ResourceKind.OBSERVATION, measured, 1, at.plus(STORED_AFTER));
    }
  }

  /** How the stay ended. */
  void discharge(HospitalStay stay, boolean isDead) {
    InMemoryTimeline record = Objects.requireNonNull(records.get(stay.patient()));
    Encounter encounter = encounter(stay);
    encounter.setStatus(Encounter.EncounterStatus.FINISHED);
    encounter.getPeriod().setEndElement(time(stay.discharged()));
    encounter
        .getHospitalization()
        .getDischargeDisposition()
        .addCoding(new Coding(DISPOSITIONS, isDead ? "exp" : "home", null));
    write(record, ResourceKind.ENCOUNTER, encounter, 2, stay.discharged());
    if (isDead) {
      Patient person = person(stay);
      person.setDeceased(time(stay.discharged()));
      write(record, ResourceKind.PATIENT, person, 2, stay.discharged());
    }
  }

  /** What was read of a patient for a question. */
  PatientTimeline read(TimelineQuery query) {
    return Optional.ofNullable(records.get(query.patient()))
        .flatMap(record -> record.read(query))
        .orElseThrow();
  }

  /** All that ever stood in the record of a patient. */
  List<Fact> facts(String patient) {
    return Objects.requireNonNull(records.get(patient)).rows(patient);
  }

  /** Forgets a patient of whom nobody will ask. */
  void forget(String patient) {
    records.remove(patient);
  }

  private void write(
      InMemoryTimeline record, ResourceKind kind, Resource resource, int version, Instant stored) {
    resource.getMeta().setVersionId(Integer.toString(version)).setLastUpdated(Date.from(stored));
    record.write(
        kind,
        resource.getIdElement().getIdPart(),
        stored,
        projector.project(resource, Projection.RECORD));
  }

  private static Patient person(HospitalStay stay) {
    Patient person = new Patient();
    person.setId(stay.patient());
    person.setGender(AdministrativeGender.fromCode(stay.gender()));
    person.getBirthDateElement().setValueAsString(stay.born().toString());
    return person;
  }

  private static Encounter encounter(HospitalStay stay) {
    Encounter encounter = new Encounter();
    encounter.setId(stay.patient() + "-stay");
    encounter.setStatus(Encounter.EncounterStatus.INPROGRESS);
    encounter.setClass_(new Coding(ACT_CODE, "IMP", null));
    encounter.setSubject(new Reference("Patient/" + stay.patient()));
    encounter.setServiceProvider(new Reference("Organization/" + stay.site()));
    encounter.getPeriod().setStartElement(time(stay.admitted()));
    return encounter;
  }

  private static Observation measured(HospitalStay stay, Vital vital, Instant at, String unit) {
    Observation measured = new Observation();
    measured.setId(stay.patient() + "-" + vital.name().toLowerCase(Locale.ROOT));
    measured.setStatus(Observation.ObservationStatus.FINAL);
    measured
        .getCode()
        .addCoding(new Coding(vital.code().system(), vital.code().code(), vital.display()));
    measured.setSubject(new Reference("Patient/" + stay.patient()));
    measured.setEffective(time(at));
    double value = stay.measured().getOrDefault(vital, 0.0);
    double sent = unit.equals(Planted.UNREADABLE) ? Math.rint(value * 88.42) : value;
    measured.setValue(
        new Quantity()
            .setValue(BigDecimal.valueOf(sent))
            .setUnit(unit)
            .setSystem("http://unitsofmeasure.org")
            .setCode(unit));
    return measured;
  }

  private static DateTimeType time(Instant instant) {
    DateTimeType time = new DateTimeType(Date.from(instant));
    time.setTimeZoneZulu(true);
    return time;
  }

  @Override
  public List<LookedRow> read(List<Looked> predictions, Collection<TracedFeature> features) {
    return predictions.stream()
        .map(
            looked ->
                LookedRow.of(
                    looked.at(),
                    seen(looked, TracedFeature.starts(looked.at(), features)),
                    looked.vector()))
        .toList();
  }

  private record Key(ResourceKind kind, Code code, String unit, String site) {}

  /** As the server's statement has it: of what goes together the latest, and when it first came. */
  private List<SeenFact> seen(Looked looked, SortedMap<ResourceKind, Instant> starts) {
    Map<Key, SeenFact> seen = new HashMap<>();
    InMemoryTimeline record = Objects.requireNonNull(records.get(looked.patient()));
    for (Fact fact : record.rows(looked.patient())) {
      Instant start = starts.get(fact.source().kind());
      Instant visible = fact.effective().visibleFrom();
      Instant until = fact.known().until();
      if (start == null
          || !visible.isAfter(start)
          || visible.isAfter(looked.at())
          || fact.known().from().isAfter(looked.at())
          || (until != null && !until.isAfter(looked.at()))) {
        continue;
      }
      for (Code code : fact.codes()) {
        SeenFact one = seen(fact, code);
        Key key = new Key(one.kind(), one.code(), one.unit(), one.site());
        seen.merge(key, one, Hospital::together);
      }
    }
    return seen.values().stream()
        .sorted(
            Comparator.comparing((SeenFact one) -> one.code().toString())
                .thenComparing(SeenFact::unit)
                .thenComparing(SeenFact::site))
        .toList();
  }

  private static SeenFact seen(Fact fact, Code code) {
    String unit = fact.value() instanceof FactValue.Measured value ? value.original().unit() : "";
    return new SeenFact(
        fact.source().kind(),
        code,
        Objects.requireNonNullElse(fact.display(), ""),
        unit,
        Objects.requireNonNullElse(fact.context().site(), ""),
        "",
        "",
        fact.effective().visibleFrom(),
        fact.known().from(),
        fact.known().from());
  }

  private static SeenFact together(SeenFact one, SeenFact other) {
    return new SeenFact(
        one.kind(),
        one.code(),
        one.display().compareTo(other.display()) <= 0 ? one.display() : other.display(),
        one.unit(),
        one.site(),
        one.device(),
        one.method(),
        later(one.effective(), other.effective()),
        later(one.known(), other.known()),
        one.firstKnown().isBefore(other.firstKnown()) ? one.firstKnown() : other.firstKnown());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
