package org.auscult.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.auscult.timeline.Fact;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.Projection;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationComponent;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationStatus;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WardsTest {
  private static final String MORNING = "2024-05-01T08:00:00Z";
  private static final String NOON = "2024-05-01T12:00:00Z";
  private static final String EVENING = "2024-05-01T18:00:00Z";
  private static final String NIGHT = "2024-05-01T23:00:00Z";

  private final Encounter encounter = new Encounter();

  WardsTest() {
    encounter.setId("e");
    encounter.getMeta().setVersionId("1").setLastUpdated(Date.from(Instant.parse(NIGHT)));
    encounter.setStatus(EncounterStatus.INPROGRESS);
    encounter.setClass_(
        new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null));
    encounter.setSubject(new Reference("Patient/p"));
    encounter.setServiceProvider(new Reference("Organization/north"));
    encounter.getPeriod().getStartElement().setValueAsString(MORNING);
  }

  private EncounterLocationComponent place(
      String location, @Nullable String type, @Nullable String from, @Nullable String until) {
    EncounterLocationComponent place = encounter.addLocation();
    place.setLocation(new Reference(location));
    if (type != null) {
      place.setPhysicalType(
          new CodeableConcept(
              new Coding(
                  "http://terminology.hl7.org/CodeSystem/location-physical-type", type, null)));
    }
    place.getPeriod().getStartElement().setValueAsString(from);
    place.getPeriod().getEndElement().setValueAsString(until);
    return place;
  }

  private List<Fact> facts() {
    return new FactProjector(ZoneOffset.UTC, CodeUnits.standard())
        .project(encounter, Projection.RECORD);
  }

  private Optional<String> at(String time) {
    List<Fact> facts = facts();
    Instant at = Instant.parse(time);
    return Wards.at(facts, Stay.at(Stay.of(facts), at).orElse(null), at);
  }

  @Test
  void theWardIsThePlaceThatHeldThen() {
    place("Location/a", null, MORNING, NOON);
    place("Location/b", null, NOON, null);
    assertThat(at("2024-05-01T09:00:00Z")).contains("a");
    assertThat(at(NOON)).contains("b");
    assertThat(at(NIGHT)).contains("b");
    assertThat(at("2024-05-01T07:00:00Z")).isEmpty();
  }

  @Test
  void aPlaceThatIsCalledAWardIsBeforeOthersAndABedIsNone() {
    place("Location/bed-7", "bd", NOON, null);
    place("Location/stroke-unit", "wa", MORNING, null);
    place("Location/somewhere", null, NOON, null);
    assertThat(at(EVENING)).contains("stroke-unit");
    encounter.getLocation().remove(1);
    assertThat(at(EVENING)).contains("somewhere");
    encounter.getLocation().remove(1);
    assertThat(at(EVENING)).isEmpty();
  }

  @Test
  void whereSomebodyWasExpectedOrLeftNobodyKnowsWhenIsNoWard() {
    place("Location/expected", null, MORNING, null).setStatus(EncounterLocationStatus.PLANNED);
    place("Location/left", null, MORNING, null).setStatus(EncounterLocationStatus.COMPLETED);
    assertThat(at(EVENING)).isEmpty();
  }

  @Test
  void aPlaceWithoutAnIdIsNamedByItsIdentifierOrItsText() {
    place("#none", null, MORNING, null).getLocation().setReference(null).setDisplay("Ward 4");
    assertThat(at(EVENING)).contains("Ward 4");
    encounter.getLocation().get(0).getLocation().getIdentifier().setSystem("urn:x").setValue("w4");
    assertThat(at(EVENING)).contains("w4");
    encounter.getLocation().get(0).getLocation().getIdentifier().setValue("w".repeat(200));
    assertThat(at(EVENING).orElseThrow()).hasSize(128);
  }

  /** A place is dated by itself, and belongs to the one encounter, in whatever order rows come. */
  @Test
  void aStayIsTheEncounterAndNoneOfItsPlaces() {
    encounter.setStatus(EncounterStatus.FINISHED);
    encounter.getPeriod().getEndElement().setValueAsString(NIGHT);
    encounter
        .getHospitalization()
        .setDischargeDisposition(
            new CodeableConcept(
                new Coding(
                    "http://terminology.hl7.org/CodeSystem/discharge-disposition", "home", null)));
    place("Location/a", null, NOON, EVENING);
    List<Fact> facts = new ArrayList<>(facts());
    Stay stay = new Stay("e", "IMP", Instant.parse(MORNING), Instant.parse(NIGHT), "north");
    assertThat(Stay.of(facts)).containsExactly(stay);
    Collections.reverse(facts);
    assertThat(Stay.of(facts)).containsExactly(stay);
    assertThat(Stay.at(Stay.of(facts), Instant.parse(EVENING))).contains(stay);
    assertThat(Stay.at(Stay.of(facts), Instant.parse("2024-05-02T00:00:00Z"))).isEmpty();
  }
}
