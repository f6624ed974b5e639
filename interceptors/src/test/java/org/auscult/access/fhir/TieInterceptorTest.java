package org.auscult.access.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.access.Scope;
import org.auscult.access.fhir.TieRecorder.Kind;
import org.auscult.access.fhir.TieRecorder.Tie;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TieInterceptorTest {
  private static final TieFinder FINDER =
      new TieFinder(
          FhirContext.forR4Cached().newTerser(),
          base -> false,
          new StoredResources() {
            @Override
            public Optional<Resource> current(String type, String id) {
              return Optional.empty();
            }

            @Override
            public boolean matches(Resource given, List<Scope.Filter> filters) {
              return false;
            }
          });

  @Test
  void tiesAPatientToTheManagingOrganization() {
    Patient patient = new Patient();
    patient.setManagingOrganization(new Reference("Organization/north"));
    patient.setId("Patient/p/_history/2");

    assertThat(FINDER.in(patient)).containsExactly(new Tie("p", Kind.SITE, "north", null));
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

    assertThat(FINDER.in(encounter)).hasSize(ties);
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

    assertThat(FINDER.in(team))
        .containsExactly(
            new Tie("p", Kind.MEMBER, "Practitioner/1", null),
            new Tie("p", Kind.MEMBER, "PractitionerRole/2", Instant.parse("2026-03-01T10:00:01Z")));
    assertThat(FINDER.in(team.setStatus(CareTeamStatus.INACTIVE))).isEmpty();
  }

  @Test
  void recordsWhatMakesTiesAndForgetsWhatIsDeleted() {
    Map<String, List<Tie>> recorded = new HashMap<>();
    List<String> order = new ArrayList<>();
    TieInterceptor interceptor =
        new TieInterceptor(
            new TieRecorder() {
              @Override
              public void record(String source, List<Tie> ties, Set<String> limited) {
                recorded.put(source, ties);
                order.add(source);
              }

              @Override
              public void forgetAll() {
                recorded.clear();
              }
            },
            FINDER);
    Patient patient = new Patient();
    patient.setManagingOrganization(new Reference("Organization/north"));
    patient.setId("Patient/p");

    interceptor.created(patient);
    interceptor.updated(new Observation(), new Observation().setId("Observation/1"));
    assertThat(recorded.get("Patient/p")).hasSize(1);
    interceptor.deleted(patient);
    assertThat(recorded.get("Patient/p")).isEmpty();
    interceptor.updated(null, patient);
    assertThat(recorded.get("Patient/p")).hasSize(1);
    interceptor.deleted(patient);
    assertThat(order).hasSize(4).containsOnly("Patient/p");
    interceptor.allExpunged();
    assertThat(recorded).isEmpty();
  }

  /** What a label limits is followed on any type, and when it is taken off. */
  @Test
  void recordsLabelsOfSpecialProtectionAndConsents() {
    Map<String, List<Tie>> recorded = new HashMap<>();
    Set<String> touched = new HashSet<>();
    TieInterceptor interceptor =
        new TieInterceptor(
            new TieRecorder() {
              @Override
              public void record(String source, List<Tie> ties, Set<String> limited) {
                recorded.put(source, ties);
                touched.addAll(limited);
              }

              @Override
              public void forgetAll() {}
            },
            FINDER);
    Condition plain = new Condition().setSubject(new Reference("Patient/p"));
    plain.setId("Condition/1/_history/1");
    Condition labelled = plain.copy();
    labelled.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV", "");
    labelled.getMeta().addSecurity("urn:else", "HIV", "");

    interceptor.updated(plain, labelled);
    assertThat(recorded)
        .containsEntry("Condition/1", List.of(new Tie("p", Kind.LABEL, "HIV", null)));
    assertThat(touched).containsExactly("p");
    touched.clear();
    interceptor.updated(labelled, plain);
    assertThat(recorded).containsEntry("Condition/1", List.of());
    assertThat(touched).containsExactly("p");

    Consent consent = new Consent().setStatus(ConsentState.ACTIVE);
    consent.setPatient(new Reference("Patient/p")).setId("Consent/c/_history/3");
    interceptor.created(consent);
    assertThat(recorded.get("Consent/c")).isEmpty();
    consent.getScope().addCoding().setCode("patient-privacy");
    interceptor.created(consent);
    assertThat(recorded.get("Consent/c"))
        .containsExactly(new Tie("p", Kind.CONSENT, "c/_history/3", null));
    consent.setStatus(ConsentState.INACTIVE);
    interceptor.updated(consent, consent);
    assertThat(recorded.get("Consent/c")).isEmpty();
  }
}
