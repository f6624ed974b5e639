package org.auscult.timeline.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EncounterElements;
import org.auscult.timeline.fhir.ResourceReader.Own;
import org.auscult.timeline.fhir.ResourceReader.Statement;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationComponent;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where a patient was during an encounter: each of its places is a state of its own.
 *
 * <p>A place that is not dated holds as long as the encounter, one without an end until the
 * encounter ends. Where somebody is only expected has the status planned. A place that is said to
 * be left, nobody knows when, is finished without an end.
 */
final class PlacesReader {
  private PlacesReader() {}

  /**
   * @param whole when the encounter was; null if it is not dated
   */
  static List<Statement> read(
      Encounter encounter,
      String status,
      @Nullable EffectiveTime whole,
      FhirTime time,
      String origin) {
    ReferenceCodes references = new ReferenceCodes(encounter, origin);
    List<Statement> places = new ArrayList<>();
    for (EncounterLocationComponent place : encounter.getLocation()) {
      List<Code> codes = new ArrayList<>();
      codes.add(EncounterElements.LOCATION);
      codes.addAll(references.of(place.getLocation()));
      codes.addAll(FactProjector.codes(place.getPhysicalType()));
      String display = place.getLocation().getDisplay();
      EffectiveTime when = when(place, whole, time);
      boolean isNamed = codes.size() > 1 || display != null;
      places.add(
          Statement.of(isNamed ? codes.stream().distinct().toList() : List.of(), display)
              .with(new Own(when, status(place, status, when))));
    }
    return places;
  }

  private static String status(
      EncounterLocationComponent place, String status, @Nullable EffectiveTime when) {
    EncounterLocationStatus said = place.getStatus();
    if (said == EncounterLocationStatus.PLANNED || said == EncounterLocationStatus.RESERVED) {
      return status.equals("entered-in-error") ? status : "planned";
    }
    boolean isLeft =
        said == EncounterLocationStatus.COMPLETED && (when == null || when.until() == null);
    return isLeft && status.equals("in-progress") ? "finished" : status;
  }

  private static @Nullable EffectiveTime when(
      EncounterLocationComponent place, @Nullable EffectiveTime whole, FhirTime time) {
    Instant end = time.end(place.getPeriod().getEndElement()).orElse(null);
    Instant until = end == null && whole != null ? whole.until() : end;
    EffectiveTime begun =
        place.getPeriod().hasStart()
            ? time.state(place.getPeriod().getStartElement(), null).orElse(whole)
            : whole;
    return begun == null
        ? null
        : new EffectiveTime(begun.from(), begun.visibleFrom(), until, begun.precision());
  }
}
