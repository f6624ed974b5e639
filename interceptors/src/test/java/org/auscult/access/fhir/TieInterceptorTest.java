package org.auscult.access.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.access.fhir.TieRecorder.Kind;
import org.auscult.access.fhir.TieRecorder.Tie;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TieInterceptorTest {
  @Test
  void tiesAPatientToTheManagingOrganization() {
    Patient patient = new Patient();
    patient.setManagingOrganization(new Reference("Organization/north"));
    patient.setId("Patient/p/_history/2");

    assertThat(TieInterceptor.ties(patient))
        .containsExactly(new Tie("p", Kind.SITE, "north", null));
  }

  /** An encounter's site stays; who takes part in it is in the team while it goes on. */
  @ParameterizedTest
  @CsvSource({
    "PLANNED, 2",
    "INPROGRESS, 2",
    "FINISHED, 1",
    "CANCELLED, 0",
    "ENTEREDINERROR, 0",
    "UNKNOWN, 1"
  })
  void tiesByEncounters(EncounterStatus status, int ties) {
    Encounter encounter = new Encounter().setStatus(status);
    encounter.setSubject(new Reference("Patient/p"));
    encounter.setServiceProvider(new Reference("Organization/north"));
    encounter.addParticipant().setIndividual(new Reference("Practitioner/1"));

    assertThat(TieInterceptor.ties(encounter)).hasSize(ties);
  }

  @Test
  void tiesByActiveCareTeamsUntilTheyEnd() {
    CareTeam team = new CareTeam();
    team.setStatus(CareTeamStatus.ACTIVE).setSubject(new Reference("Patient/p"));
    team.addParticipant().setMember(new Reference("Practitioner/1"));
    team.addParticipant()
        .setMember(new Reference("PractitionerRole/2"))
        .setPeriod(new Period().setEndElement(new DateTimeType("2026-03-01T10:00:00Z")));
    team.addParticipant().setMember(new Reference("Organization/other"));
    team.addParticipant().setMember(new Reference("https://else.example.org/Practitioner/1"));

    assertThat(TieInterceptor.ties(team))
        .containsExactly(
            new Tie("p", Kind.MEMBER, "Practitioner/1", null),
            new Tie("p", Kind.MEMBER, "PractitionerRole/2", Instant.parse("2026-03-01T10:00:01Z")));
    assertThat(TieInterceptor.ties(team.setStatus(CareTeamStatus.INACTIVE))).isEmpty();
  }

  @Test
  void recordsWhatMakesTiesAndForgetsWhatIsDeleted() {
    Map<String, List<Tie>> recorded = new HashMap<>();
    List<String> order = new ArrayList<>();
    TieInterceptor interceptor =
        new TieInterceptor(
            new TieRecorder() {
              @Override
              public void record(String source, List<Tie> ties) {
                recorded.put(source, ties);
                order.add(source);
              }

              @Override
              public void forgetAll() {
                recorded.clear();
              }
            });
    Patient patient = new Patient();
    patient.setManagingOrganization(new Reference("Organization/north"));
    patient.setId("Patient/p");

    interceptor.created(patient);
    interceptor.updated(new Observation(), new Observation().setId("Observation/1"));
    assertThat(recorded.get("Patient/p")).hasSize(1);
    interceptor.deleted(patient);
    assertThat(recorded.get("Patient/p")).isEmpty();
    assertThat(order).containsExactly("Patient/p", "Patient/p");
    interceptor.allExpunged();
    assertThat(recorded).isEmpty();
  }
}
