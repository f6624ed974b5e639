package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.export.ExportHeader;
import org.auscult.audit.export.Finding;
import org.auscult.audit.export.Verification;
import org.auscult.audit.head.HeadKeys;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.audit.AuditedRequests.Called;
import org.auscult.server.audit.Suspicion.Rule;
import org.auscult.server.keys.KeyRing;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What looks like a breach opens a Task with its deadline, and the log says whom it concerns. */
class BreachTest extends ServerTest {
  private static final Duration REVIEW = Duration.ofDays(7);

  @Autowired private DataSource dataSource;
  @Autowired private KeyRing keys;
  @Autowired private Breaches breaches;
  @Autowired private DaoRegistry daos;
  private AuditedRequests server;
  private String spy;
  private final List<String> patients = new ArrayList<>();

  @BeforeEach
  void patients() throws Exception {
    server = new AuditedRequests(caller(), dataSource);
    spy = "Practitioner/spy-" + UUID.randomUUID();
    for (int i = 0; i < 4; i++) {
      Called created =
          call(
              TokenHolder.ofSystem(rootUrl(), keys),
              "POST",
              "/fhir/Patient",
              "{\"resourceType\":\"Patient\"}");
      assertThat(created.answer().statusCode()).isEqualTo(201);
      patients.add(created.json().path("id").asText());
    }
  }

  private Called call(String token, String method, String path, String body) throws Exception {
    return server.call(
        method,
        path,
        body.isEmpty() ? null : body,
        "Authorization",
        "Bearer " + token,
        "Content-Type",
        "application/fhir+json");
  }

  private Called get(String token, String path) throws Exception {
    return call(token, "GET", path, "");
  }

  /** Somebody who may see every site, so that it is read at all. */
  private String spy() {
    return TokenHolder.ofUser(rootUrl(), keys, spy, List.of("clinician", "auditor"));
  }

  private String officer() {
    return TokenHolder.ofUser(rootUrl(), keys, "Practitioner/privacy", List.of("privacy-officer"));
  }

  private List<Suspicion> ofSpy(int refusals, int many) throws Exception {
    server.awaitOrder();
    return new BreachRules(
            dataSource,
            new BreachSettings(Duration.ofHours(72), refusals, many, REVIEW, Duration.ofMinutes(5)),
            before -> List.of())
        .look(Instant.now()).stream().filter(s -> spy.equals(s.agent())).toList();
  }

  /** A report of a patient says of whom it is, whatever site the user works for. */
  private void reads(int count) throws Exception {
    for (String patient : patients.subList(0, count)) {
      Called read = get(spy(), "/fhir/Patient/" + patient + "/$access-report");
      assertThat(read.answer().statusCode()).as(read.answer().body()).isEqualTo(200);
    }
  }

  private static String json(Task task) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(task);
  }

  @Test
  void userWhoSeesVeryManyPatientsIsLookedInto() throws Exception {
    reads(3);
    assertThat(ofSpy(3, 4)).as("three are not many").isEmpty();
    reads(4);
    Suspicion suspicion = ofSpy(3, 4).get(0);
    assertThat(suspicion.rule()).isEqualTo(Rule.MANY_PATIENTS);

    Instant before = Instant.now();
    Task task = breaches.open(suspicion, AuditAgent.server("test")).orElseThrow();
    assertThat(breaches.open(suspicion, AuditAgent.server("test")))
        .as("it is open already")
        .isEmpty();
    assertThat(task.getRestriction().getPeriod().getEnd().toInstant())
        .isBetween(
            before.plus(Duration.ofDays(60)).minusSeconds(5),
            Instant.now().plus(Duration.ofDays(60)));
    assertThat(json(task)).doesNotContain(spy).doesNotContain(patients);

    server.awaitOrder();
    Set<String> named = new HashSet<>();
    String events = "/fhir/AuditEvent?type=breach&entity=Task/" + task.getIdElement().getIdPart();
    JsonNode found = get(officer(), events).json();
    assertThat(found.path("entry")).hasSize(4);
    for (JsonNode entry : found.path("entry")) {
      String event = entry.toString();
      assertThat(event).contains(spy, "many-patients", "deadline");
      patients.stream().filter(p -> event.contains("Patient/" + p)).forEach(named::add);
    }
    assertThat(named).as("the persons touched").containsExactlyInAnyOrderElementsOf(patients);
  }

  @Test
  void emergencyThatNobodyReviewedIsLookedInto() throws Exception {
    Instant before = Instant.now();
    Called opened =
        call(
            TokenHolder.ofLaunch(rootUrl(), keys, spy, patients.get(0)),
            "POST",
            "/fhir/Patient/" + patients.get(0) + "/$break-glass",
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"reason\","
                + "\"valueString\":\"Unconscious, allergies needed\"}]}");
    assertThat(opened.answer().statusCode()).as(opened.answer().body()).isEqualTo(200);
    String review = opened.json().at("/parameter/1/valueReference/reference").asText();
    assertThat(unreviewed(before)).as("not overdue").isEmpty();
    List<Suspicion> overdue = unreviewed(Instant.now().plusSeconds(5));
    assertThat(overdue).hasSize(1);
    assertThat(overdue.get(0).patient()).isEqualTo(patients.get(0));

    server.awaitOrder();
    Task task = breaches.open(overdue.get(0), AuditAgent.server("test")).orElseThrow();
    assertThat(breaches.open(overdue.get(0), AuditAgent.server("test"))).isEmpty();
    assertThat(json(task)).doesNotContain(spy).doesNotContain(patients);
    server.awaitOrder();
    String events = "/fhir/AuditEvent?type=breach&entity=Task/" + task.getIdElement().getIdPart();
    JsonNode found = get(officer(), events).json();
    assertThat(found.path("entry")).hasSize(1);
    assertThat(found.toString()).contains(spy, "Patient/" + patients.get(0));

    IFhirResourceDao<Task> tasks = daos.getResourceDao(Task.class);
    Task reviewed = tasks.read(new IdType(review), new SystemRequestDetails());
    tasks.update(reviewed.setStatus(Task.TaskStatus.COMPLETED), new SystemRequestDetails());
    assertThat(unreviewed(Instant.now().plusSeconds(5))).isEmpty();
  }

  private List<Suspicion> unreviewed(Instant before) {
    return new UnreviewedEmergencies(daos.getResourceDao(Task.class))
        .unreviewed(before).stream().filter(s -> spy.equals(s.agent())).toList();
  }

  @Test
  void userWhoIsRefusedVeryOftenIsLookedInto() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(get(spy(), "/fhir/Subscription").answer().statusCode()).isEqualTo(403);
    }
    assertThat(ofSpy(3, 4)).isEmpty();
    get(spy(), "/fhir/Subscription");
    assertThat(ofSpy(3, 4)).extracting(Suspicion::rule).containsExactly(Rule.MANY_REFUSALS);
  }

  @Test
  void logThatDoesNotVerifyIsLookedInto() throws Exception {
    ExportHeader header =
        new ExportHeader("log", 0, 1, List.of(), HeadKeys.of(List.of()), Instant.now());
    Verification broken =
        new Verification(
            header, 1, 1, Optional.empty(), List.of(new Finding(Finding.Kind.ALTERED, 0, "x")), 1);
    List<Long> asked = new ArrayList<>();
    try (BreachWatch watch =
        new BreachWatch(
            dataSource,
            new BreachRules(
                dataSource,
                new BreachSettings(
                    Duration.ofHours(72), 1_000_000, 1_000_000, REVIEW, Duration.ofMinutes(5)),
                before -> List.of()),
            breaches,
            (from, least) -> {
              asked.add(from);
              return broken;
            },
            new Lease("test", "test", Duration.ofSeconds(5)),
            InstantSource.system())) {
      watch.look();
      watch.look();
    }
    assertThat(asked).as("it goes on where it stopped").containsExactly(-1L, 1L);
    Instant now = Instant.now();
    String id = new Suspicion(Rule.LOG_ALTERED, null, null, now, now, "").taskId();
    assertThat(get(officer(), "/fhir/Task/" + id).answer().body()).contains("log-altered");
  }

  @Test
  void privacyOfficerOpensOne() throws Exception {
    reads(2);
    server.awaitOrder();
    String body =
        "{\"resourceType\":\"Parameters\",\"parameter\":["
            + "{\"name\":\"reason\",\"valueString\":\"a neighbour complained\"},"
            + "{\"name\":\"user\",\"valueString\":\""
            + spy
            + "\"},{\"name\":\"start\",\"valueString\":\"2020-01-01T00:00:00Z\"}]}";
    assertThat(call(spy(), "POST", "/fhir/$open-breach", body).answer().statusCode())
        .isEqualTo(403);
    Called opened = call(officer(), "POST", "/fhir/$open-breach", body);
    assertThat(opened.answer().statusCode()).as(opened.answer().body()).isEqualTo(200);
    String task = opened.json().at("/parameter/0/valueString").asText();

    server.awaitOrder();
    Called read = get(officer(), "/fhir/" + task);
    assertThat(read.answer().body()).contains("breach-task", "reported");
    JsonNode events = get(officer(), "/fhir/AuditEvent?type=breach&entity=" + task).json();
    assertThat(events.path("entry")).hasSize(2);
    assertThat(events.toString()).contains("a neighbour complained", spy, "Practitioner/privacy");
    for (String wrong :
        List.of(
            body.replace("a neighbour complained", " "),
            body.replace("2020-01-01T00:00:00Z", "yesterday"),
            body.replace("\"user\"", "\"other\""))) {
      assertThat(call(officer(), "POST", "/fhir/$open-breach", wrong).answer().statusCode())
          .isEqualTo(400);
    }
  }
}
