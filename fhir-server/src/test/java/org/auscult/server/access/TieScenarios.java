package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.auscult.access.Limits;
import org.auscult.access.PatientTies.Ties;
import org.auscult.access.fhir.TieRecorder.Kind;
import org.auscult.access.fhir.TieRecorder.Tie;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Ties and limits in a database, the same on each. */
record TieScenarios(
    JdbcTemplate jdbc,
    TransactionTemplate transaction,
    JdbcPatientTies ties,
    TieBackfill backfill,
    Consumer<Resource> store) {

  /** A database from before: its ties are made once, and nothing of it is lost or doubled. */
  void makesTheTiesOfWhatWasStoredBefore() {
    String p = "tied-" + UUID.randomUUID();
    Patient patient = new Patient();
    patient.setManagingOrganization(new Reference("Organization/" + p + "n"));
    store(patient, p);
    Encounter encounter = new Encounter().setStatus(EncounterStatus.INPROGRESS);
    encounter.setSubject(new Reference("Patient/" + p));
    encounter.setServiceProvider(new Reference("Organization/" + p + "s"));
    encounter.addParticipant().setIndividual(new Reference("Practitioner/" + p + "e"));
    store(encounter, p + "e");
    CareTeam team = new CareTeam().setStatus(CareTeam.CareTeamStatus.ACTIVE);
    team.setSubject(new Reference("Patient/" + p));
    team.addParticipant().setMember(new Reference("Practitioner/" + p + "t"));
    store(team, p + "t");
    Consent consent = new Consent().setStatus(ConsentState.ACTIVE);
    consent.getScope().addCoding().setCode("patient-privacy");
    consent.setPatient(new Reference("Patient/" + p));
    store(consent, p + "c");
    Condition condition = new Condition().setSubject(new Reference("Patient/" + p));
    condition.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY", "");
    store(condition, p + "l");
    Ties made = ties.of(List.of(p)).getOrDefault(p, Ties.NONE);
    assertThat(made.sites()).containsExactlyInAnyOrder(p + "n", p + "s");
    assertThat(made.members())
        .containsExactlyInAnyOrder("Practitioner/" + p + "e", "Practitioner/" + p + "t");
    assertThat(made.limits().consents()).containsExactly(p + "c/_history/1");
    assertThat(made.limits().labelled()).isEqualTo(Map.of("Condition/" + p + "l", Set.of("PSY")));

    jdbc.update("delete from patient_tie where patient = ?", p);
    jdbc.update("update tie_progress set finished = false, position = 0");
    assertThat(ties.of(List.of(p))).isEmpty();

    assertThat(backfill.run()).isGreaterThanOrEqualTo(5);
    assertThat(ties.of(List.of(p))).containsEntry(p, made);
    assertThat(backfill.run()).isZero();

    jdbc.update("update tie_progress set finished = false, position = 0");
    backfill.run();
    assertThat(ties.of(List.of(p))).containsEntry(p, made);
  }

  private void store(Resource resource, String id) {
    resource.setId(id);
    store.accept(resource);
  }

  /** Cached limits: at once what this node writes, after some seconds what another has written. */
  void knowsAtOnceWhatThisNodeWrites() {
    String p = "limited-" + UUID.randomUUID();
    assertThat(ties.limits(List.of(p))).containsEntry(p, Limits.NONE);
    List<Tie> opened = List.of(new Tie(p, Kind.OPENED, "mark", null));

    transaction.executeWithoutResult(
        status -> {
          ties.record("Task/" + p, opened, Set.of(p));
          status.setRollbackOnly();
        });
    assertThat(ties.limits(List.of(p))).containsEntry(p, Limits.NONE);
    transaction.executeWithoutResult(status -> ties.record("Task/" + p, opened, Set.of(p)));
    assertThat(opened(ties, p)).containsExactly("mark");
    ties.record("Task/" + p, List.of(), Set.of(p));
    assertThat(opened(ties, p)).isEmpty();
  }

  void knowsWithinItsBoundWhatAnotherNodeHasWritten() throws InterruptedException {
    String p = "other-" + UUID.randomUUID();
    JdbcPatientTies other = new JdbcPatientTies(jdbc, Clock.systemUTC());
    assertThat(opened(ties, p)).isEmpty();

    other.record("Task/" + p, List.of(new Tie(p, Kind.OPENED, "mark", null)), Set.of(p));
    Instant written = Instant.now();
    // With the ties they are never old.
    assertThat(ties.of(List.of(p)).getOrDefault(p, Ties.NONE).limits().opened())
        .containsExactly("mark");
    while (opened(ties, p).isEmpty()) {
      assertThat(Instant.now()).isBefore(written.plus(JdbcPatientTies.STALE).plusSeconds(1));
      Thread.sleep(50);
    }
  }

  private static Set<String> opened(JdbcPatientTies ties, String patient) {
    return ties.limits(List.of(patient)).getOrDefault(patient, Limits.NONE).opened();
  }
}
