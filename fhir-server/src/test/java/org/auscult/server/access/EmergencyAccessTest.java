package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import org.auscult.access.fhir.ReviewTasks;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Breaking the glass: opened with a reason, for a time, recorded and reviewed. */
class EmergencyAccessTest extends AccessOverHttp {
  private static final String REASON = "Unconscious in the emergency room, allergies needed";
  private static final int MOST_WAITS = 100;

  @Autowired private JdbcTemplate jdbc;

  @BeforeEach
  void withhold() {
    for (String patient : List.of("n1", "s1")) {
      Consent consent = new Consent();
      consent.setStatus(ConsentState.ACTIVE);
      consent.getScope().addCoding().setCode("patient-privacy");
      consent.addCategory().setText("test");
      consent.setPatient(new Reference("Patient/" + id(patient)));
      consent.getPolicyRule().addCoding().setCode("OPTOUT");
      consent.setId(id("consent." + patient));
      put(consent);
    }
  }

  private static String because(String reason) {
    return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"reason\",\"valueString\":\""
        + reason
        + "\"}]}";
  }

  private TokenHolder doctor(String name) {
    return clinician().with(c -> c.subject(name).claim("fhirUser", "Practitioner/" + id(name)));
  }

  private TokenHolder officer() {
    return doctor("officer").role("privacy-officer");
  }

  private Task opened(TokenHolder who) {
    Answer answer = who.post("Patient/" + id("n1") + "/$break-glass", because(REASON));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Parameters opened = fhirContext.newJsonParser().parseResource(Parameters.class, answer.body());
    assertThat(((BaseDateTimeType) opened.getParameter("until").getValue()).getValue())
        .isAfter(new Date());
    String review = ((Reference) opened.getParameter("review").getValue()).getReference();
    Answer task = officer().get(review);
    assertThat(task.status()).as(task.body()).isEqualTo(200);
    return fhirContext.newJsonParser().parseResource(Task.class, task.body());
  }

  /** Opened to this person, in whatever application, to nobody else and of nobody else. */
  @Test
  void opensTheRecordToOnePersonForATime() {
    TokenHolder doctor = doctor("opens");
    assertThat(doctor.get("Observation/" + id("on1")).status()).isEqualTo(404);

    Task review = opened(doctor);

    assertThat(doctor.get("Observation/" + id("on1")).status()).isEqualTo(200);
    assertThat(doctor.with(c -> c.claim("client_id", "else")).get("Patient/" + id("n1")).status())
        .isEqualTo(200);
    assertThat(
            doctor
                .scope("patient/*.rs")
                .with(c -> c.claim("patient", id("n1")))
                .get("Patient/" + id("n1"))
                .status())
        .isEqualTo(200);
    assertThat(doctor.get("Patient/" + id("n1") + "/$timeline").status()).isEqualTo(200);
    assertThat(doctor("another").get("Patient/" + id("n1")).status()).isEqualTo(404);
    assertThat(doctor.get("Patient/" + id("s1")).status()).isEqualTo(404);
    assertThat(doctor.delete("Observation/" + id("on1")).status()).isEqualTo(403);

    jdbc.update(
        "update patient_tie set valid_until = ? where source = ?",
        OffsetDateTime.now().minusSeconds(1),
        "Task/" + review.getIdElement().getIdPart());
    assertThat(doctor.get("Patient/" + id("n1")).status()).isEqualTo(404);
  }

  /** Who it was, when and why: in a Task that is found until somebody has reviewed it. */
  @Test
  void opensATaskForThePrivacyOfficer() {
    put(new Practitioner().setId(id("reviewed")));
    Task review = opened(doctor("reviewed"));

    assertThat(review.getStatus()).isEqualTo(TaskStatus.REQUESTED);
    assertThat(review.getReasonCode().getText()).isEqualTo(REASON);
    assertThat(review.getFor().getReference()).isEqualTo("Patient/" + id("n1"));
    assertThat(review.getRequester().getReference()).isEqualTo("Practitioner/" + id("reviewed"));
    String unreviewed =
        "Task?code=http://terminology.hl7.org/CodeSystem/v3-ActReason|BTG&status=requested"
            + "&requester=Practitioner/"
            + id("reviewed");
    assertThat(bundle(officer().get(unreviewed)).getEntry()).hasSize(1);

    String path = "Task/" + review.getIdElement().getIdPart();
    String done = json(review.copy().setStatus(TaskStatus.COMPLETED));
    assertThat(doctor("reviewed").put(path, done).status()).isEqualTo(403);
    assertThat(doctor("reviewed").role("privacy-officer").put(path, done).status()).isEqualTo(403);
    assertThat(doctor("reviewed").get("Patient/" + id("n1")).status()).isEqualTo(200);
    assertThat(officer().put(path, done).status()).isEqualTo(200);
    assertThat(bundle(officer().get(unreviewed)).getEntry()).isEmpty();
  }

  /** A review that rejects it ends the access at once. */
  @Test
  void endsWhenTheReviewRejectsIt() {
    TokenHolder doctor = doctor("rejected");
    Task review = opened(doctor);
    assertThat(doctor.get("Patient/" + id("n1")).status()).isEqualTo(200);

    String path = "Task/" + review.getIdElement().getIdPart();
    assertThat(officer().put(path, json(review.setStatus(TaskStatus.REJECTED))).status())
        .isEqualTo(200);
    assertThat(doctor.get("Patient/" + id("n1")).status()).isEqualTo(404);
  }

  /** Attack: a Task of one's own making opens nothing, and hides no real one. */
  @Test
  void takesNoTaskForAnEmergencyThatIsNone() {
    Task forged = new Task();
    forged.setStatus(TaskStatus.COMPLETED).setIntent(Task.TaskIntent.ORDER);
    forged.setCode(new CodeableConcept().addCoding(ReviewTasks.CODE.copy()));
    forged.setFor(new Reference("Patient/" + id("n2")));

    assertThat(doctor("forger").post("Task", json(forged)).status()).isEqualTo(403);
    assertThat(officer().post("Task", json(forged)).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "because"})
  void asksForAReason(String reason) {
    Answer answer = doctor("silent").post("Patient/" + id("n1") + "/$break-glass", because(reason));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(doctor("silent").get("Patient/" + id("n1")).status()).isEqualTo(404);
  }

  /** Not for systems, not for other roles, not across sites: there it is not even known. */
  @Test
  void opensNothingToSystemsNorAcrossSites() {
    String path = "Patient/" + id("n1") + "/$break-glass";
    assertThat(system().post(path, because(REASON)).status()).isEqualTo(403);
    assertThat(officer().post(path, because(REASON)).status()).isEqualTo(403);

    Answer foreign = doctor("far").post("Patient/" + id("s1") + "/$break-glass", because(REASON));
    Answer absent =
        doctor("far").post("Patient/" + id("nobody") + "/$break-glass", because(REASON));
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.body().replace(id("s1"), id("nobody"))).isEqualTo(absent.body());
    assertThat(
            doctor("far")
                .scope("patient/*.rs")
                .with(c -> c.claim("patient", id("n2")))
                .post(path, because(REASON))
                .status())
        .isEqualTo(404);
  }

  /** The audit log holds who broke the glass and why, and by which purpose they read after that. */
  @Test
  void recordsItWithItsReason() throws InterruptedException {
    TokenHolder doctor = doctor("recorded");
    opened(doctor);
    assertThat(doctor.get("Observation/" + id("on1")).status()).isEqualTo(200);
    TokenHolder auditor = anybody().role("auditor").scope("user/*.rs");

    List<AuditEvent> events = List.of();
    for (int i = 0; i < MOST_WAITS && events.size() < 3; i++) {
      Thread.sleep(100);
      Bundle found =
          bundle(
              auditor.get(
                  "AuditEvent?patient=" + id("n1") + "&agent=Practitioner/" + id("recorded")));
      events = found.getEntry().stream().map(e -> (AuditEvent) e.getResource()).toList();
    }

    assertThat(events).anySatisfy(e -> assertThat(e.getOutcomeDesc()).isEqualTo(REASON));
    assertThat(events)
        .anySatisfy(
            e -> {
              assertThat(json(e)).contains("Observation/" + id("on1"), "\"BTG\"");
            });
  }
}
