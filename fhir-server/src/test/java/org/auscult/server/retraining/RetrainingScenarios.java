package org.auscult.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.EventDefinition;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.ParameterComponent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.TriggerDefinition.TriggerType;
import org.hl7.fhir.r4.model.Type;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is asked of retraining on either database. */
final class RetrainingScenarios {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";
  private static final String MODEL =
      "https://auscult.org/fhir/Library/kfre-4var-non-north-america|1.0.0";
  private static final String ID = "retraining-test-";
  private static final Instant FIRST = Instant.parse("2015-01-05T12:00:00Z");

  /** Nobody else's plan is due so early. */
  private static final Instant NOW = Instant.parse("2015-06-01T12:00:00Z");

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final RetrainingRound round;
  private PlanDefinition plan = new PlanDefinition();

  RetrainingScenarios(IGenericClient client, JdbcTemplate jdbc, RetrainingRound round) {
    this.client = client;
    this.jdbc = jdbc;
    this.round = round;
  }

  /** Before each: a day, a prediction, all with labels, of which the north has a quarter. */
  void predict() {
    forget();
    for (int i = 0; i < 120; i++) {
      jdbc.update(
          "insert into monitored_prediction (id, model, output, patient, index_time, score,"
              + " described, traits) values (?, ?, 'risk', ?, ?, 0.2, true, ?)",
          ID + i,
          MODEL,
          ID + i,
          FIRST.plus(Duration.ofDays(i)).toEpochMilli(),
          "{\"site\":\"" + (i % 4 == 0 ? "north" : "south") + "\"}");
      jdbc.update(
          "insert into outcome_case (label_id, prediction, output, outcome, patient, index_time,"
              + " stands, sequence) values (?, 'RiskAssessment/1', 'risk', 'x|1', ?, ?, ?, 1)",
          ID + i,
          ID + i,
          FIRST.plus(Duration.ofDays(i)).toEpochMilli(),
          i % 10 == 0 ? "event|" : "no-event|");
    }
  }

  /** After each. */
  void forget() {
    jdbc.update("delete from monitored_prediction where id like '" + ID + "%'");
    jdbc.update("delete from outcome_case where label_id like '" + ID + "%'");
    if (plan.getStatus() == PublicationStatus.ACTIVE) {
      plan.setStatus(PublicationStatus.RETIRED);
      client.update().resource(plan).execute();
    }
  }

  private static PlanDefinition draft() {
    PlanDefinition plan = new PlanDefinition();
    plan.getMeta().addProfile(SD + "retraining-plan");
    plan.setUrl("https://example.org/retraining-" + UUID.randomUUID()).setVersion("1.0.0");
    plan.setName("Train").setTitle("Train it again").setDescription("Every three months.");
    plan.setStatus(PublicationStatus.ACTIVE);
    plan.setDateElement(new DateTimeType("2015-02-01T00:00:00Z"));
    plan.setType(
        new CodeableConcept(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/plan-definition-type", "eca-rule", null)));
    plan.addExtension(
        SD + "alert-model", new CanonicalType(MODEL.substring(0, MODEL.indexOf('|'))));
    return plan;
  }

  private static Extension trigger(PlanDefinition plan, String kind) {
    Extension trigger = plan.addExtension().setUrl(SD + "retraining-trigger");
    trigger.addExtension("kind", new CodeType(kind));
    return trigger;
  }

  private static Quantity time(int count, String code) {
    return new org.hl7.fhir.r4.model.Duration()
        .setValue(count)
        .setCode(code)
        .setUnit(code)
        .setSystem("http://unitsofmeasure.org");
  }

  private void window(int months, int labels) {
    Extension window = plan.addExtension().setUrl(SD + "retraining-window");
    window.addExtension("length", time(months, "mo"));
    window.addExtension("labels", new PositiveIntType(labels));
  }

  private void store() {
    plan.setId(client.create().resource(plan).execute().getId().toUnqualifiedVersionless());
  }

  /** How many versions of Tasks it writes; other plans may be about other models. */
  private long run(Instant now) {
    long before = versions();
    round.run(now, () -> true);
    return versions() - before;
  }

  private long versions() {
    return tasks().stream().mapToLong(task -> task.getIdElement().getVersionIdPartAsLong()).sum();
  }

  private List<Task> tasks() {
    return client
        .search()
        .byUrl(
            "Task?code=https://auscult.org/fhir/CodeSystem/monitoring-alert|retraining&_sort=_id"
                + "&_count=500")
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .stream()
        .map(BundleEntryComponent::getResource)
        .map(Task.class::cast)
        .filter(
            task -> inputs(task, "plan").get(0).primitiveValue().equals(plan.getUrl() + "|1.0.0"))
        .toList();
  }

  private static List<Type> inputs(Task task, String name) {
    return task.getInput().stream()
        .filter(input -> input.getType().getText().equals(name))
        .map(ParameterComponent::getValue)
        .toList();
  }

  private static List<String> reasons(Task task) {
    return inputs(task, "reason").stream().map(Type::primitiveValue).toList();
  }

  private static String window(Task task) {
    Period window = (Period) inputs(task, "training-window").get(0);
    return window.getStartElement().getValueAsString()
        + " "
        + window.getEndElement().getValueAsString();
  }

  private List<String> errors(Task task) {
    OperationOutcome said =
        (OperationOutcome) client.validate().resource(task).execute().getOperationOutcome();
    return said.getIssue().stream()
        .filter(issue -> issue.getSeverity().toCode().matches("error|fatal"))
        .map(issue -> issue.getDiagnostics())
        .toList();
  }

  void peopleAreAskedOnceWhenTheTimeHasCome() {
    plan = draft();
    trigger(plan, "time");
    store();
    assertThat(run(Instant.parse("2015-04-30T23:59:59Z"))).isZero();
    assertThat(run(NOW)).isEqualTo(1);
    assertThat(run(NOW)).isZero();
    Task task = tasks().get(0);
    assertThat(errors(task)).isEmpty();
    assertThat(task.getMeta().getVersionId()).isEqualTo("1");
    assertThat(task.getDescription()).contains("Train it again", MODEL);
    assertThat(inputs(task, "model").get(0).primitiveValue()).isEqualTo(MODEL);
    assertThat(reasons(task))
        .containsExactly("Its time has come: 2015-05-01, 3 months after the last time.");
    // Two years until behind the last prediction with a label.
    assertThat(window(task)).isEqualTo("2013-05-05T00:00:00.000Z 2015-05-04T23:59:59.999Z");
    assertThat(inputs(task, "training-labels"))
        .singleElement()
        .isInstanceOfSatisfying(
            IntegerType.class, labels -> assertThat(labels.getValue()).isEqualTo(120));

    answer(task, TaskStatus.ACCEPTED);
    assertThat(run(NOW.plus(Duration.ofDays(200)))).isZero();
    answer(tasks().get(0), TaskStatus.COMPLETED);
    Instant answered = NOW.plus(Duration.ofDays(201));
    assertThat(run(answered)).isZero();
    assertThat(run(answered.plus(Duration.ofDays(88)))).isZero();
    assertThat(run(answered.plus(Duration.ofDays(93)))).isEqualTo(1);
    assertThat(tasks()).hasSize(2);
    assertThat(reasons(tasks().get(1))).hasSize(1);
  }

  private void answer(Task task, TaskStatus status) {
    task.setStatus(status);
    task.setOwner(new Reference("Practitioner/1"));
    task.setStatusReason(new CodeableConcept().setText("We look into it"));
    client.update().resource(task).execute();
  }

  void aFurtherReasonGoesIntoTheTaskThatWaits() {
    plan = draft();
    trigger(plan, "time").addExtension("every", time(30, "d"));
    trigger(plan, "event").addExtension("event", new CodeType("guideline"));
    plan.addExtension(SD + "retraining-site", new Reference("Organization/north"));
    window(3, 8);
    store();
    assertThat(run(NOW)).isEqualTo(1);
    assertThat(window(tasks().get(0)))
        .isEqualTo("2015-02-02T00:00:00.000Z 2015-05-01T23:59:59.999Z");
    EventDefinition event = new EventDefinition();
    event.setId("EventDefinition/" + ID + "event");
    event.getMeta().addProfile(SD + "report-event");
    event.setStatus(PublicationStatus.ACTIVE).setTitle("Others are treated");
    event
        .addTopic()
        .addCoding()
        .setSystem("https://auscult.org/fhir/CodeSystem/report-event-kind")
        .setCode("guideline");
    event.getEffectivePeriod().setStartElement(new DateTimeType("2015-04-01"));
    event.addTrigger().setType(TriggerType.NAMEDEVENT).setName("guideline");
    client.update().resource(event).execute();
    try {
      assertThat(run(NOW)).isEqualTo(1);
      assertThat(run(NOW)).isZero();
      assertThat(tasks()).hasSize(1);
      Task task = tasks().get(0);
      assertThat(errors(task)).isEmpty();
      assertThat(reasons(task))
          .hasSize(2)
          .last()
          .isEqualTo("It has happened (guideline): Others are treated.");
      assertThat(((Reference) inputs(task, "evidence").get(0)).getReference())
          .isEqualTo(event.getId());
      // In the north a quarter of the month behind it has labels: eight, which are enough.
      assertThat(window(task)).isEqualTo("2015-04-01T00:00:00.000Z 2015-05-01T23:59:59.999Z");
      assertThat(inputs(task, "training-labels").get(0).primitiveValue()).isEqualTo("10 or fewer");
      assertThat(task.getNote()).hasSize(1);
    } finally {
      client.delete().resourceById(event.getIdElement()).execute();
    }
  }

  void severalNodesAskOnce() throws Exception {
    plan = draft();
    trigger(plan, "time");
    store();
    CountDownLatch all = new CountDownLatch(3);
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    try {
      List<Future<Integer>> looks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        looks.add(
            nodes.submit(
                () -> {
                  all.countDown();
                  all.await();
                  return round.run(NOW, () -> true);
                }));
      }
      for (Future<Integer> one : looks) {
        one.get();
      }
    } finally {
      nodes.shutdownNow();
    }
    assertThat(tasks()).singleElement().satisfies(task -> assertThat(reasons(task)).hasSize(1));
    assertThat(versions()).isEqualTo(1);
  }

  void aWrongPlanIsRefusedWithAllReasons() {
    PlanDefinition wrong = draft();
    wrong.setDate(null);
    trigger(wrong, "time").addExtension("every", time(0, "mo"));
    trigger(wrong, "event").addExtension("rule", new CanonicalType("https://example.org/r"));
    trigger(wrong, "moon");
    wrong.addExtension(SD + "retraining-site", new Reference("Patient/1"));
    assertThatThrownBy(() -> client.create().resource(wrong).execute())
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            refused -> {
              String said = refused.getResponseBody();
              assertThat(said)
                  .contains("PlanDefinition.date")
                  .contains("such as 3 mo")
                  .contains("this kind of trigger does not use it")
                  .contains("such as guideline")
                  .contains("'moon' is none")
                  .contains("it refers to no Organization");
            });
    PlanDefinition nobodys = draft();
    nobodys.getExtensionByUrl(SD + "alert-model").setValue(new CanonicalType("https://x.org/m|1"));
    trigger(nobodys, "drift").addExtension("rule", new StringType("x"));
    assertThatThrownBy(() -> client.create().resource(nobodys).execute())
        .isInstanceOf(UnprocessableEntityException.class)
        .hasMessageContaining("is no model that is here");
  }
}
