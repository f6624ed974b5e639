package org.auscult.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.auscult.model.ModelCatalog;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.server.ServerTest;
import org.auscult.server.performance.PerformanceRound;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** From reports to issues, by rules that are written over HTTP. */
class AlertRoundTest extends ServerTest {
  private static final String MODEL =
      "https://auscult.org/fhir/Library/kfre-4var-non-north-america|1.0.0";
  private static final Instant JANUARY = Instant.parse("2016-01-10T12:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2016-02-10T12:00:00Z");
  private static final String ID = "alert-test-";

  @Autowired private JdbcTemplate jdbc;
  @Autowired private PerformanceRound performance;
  @Autowired private AlertRound round;
  @Autowired private ModelCatalog models;

  private final List<IdType> rules = new ArrayList<>();
  private String output = "";

  @BeforeEach
  void predict() {
    output = models.find(MODEL).orElseThrow().model().outputs().get(0).name();
    forget();
    // Of 60 at each site 12 are expected, and come; in February 40 come in the north.
    for (int i = 0; i < 120; i++) {
      String site = i % 2 == 0 ? "north" : "south";
      add(i, JANUARY.plusSeconds(i), i < 24, site);
      add(200 + i, FEBRUARY.plusSeconds(i), site.equals("north") ? i < 80 : i < 24, site);
    }
  }

  @AfterEach
  void takeBack() {
    forget();
    for (IdType rule : rules) {
      PlanDefinition retired = read(rule);
      retired.setStatus(PublicationStatus.RETIRED);
      client().update().resource(retired).execute();
    }
    round.run(Instant.now(), () -> true);
  }

  private void forget() {
    jdbc.update("delete from monitored_prediction where id like '" + ID + "%'");
    jdbc.update("delete from outcome_case where label_id like '" + ID + "%'");
  }

  private void add(int number, Instant at, boolean isEvent, String site) {
    jdbc.update(
        "insert into monitored_prediction (id, model, output, patient, index_time, score, described,"
            + " traits) values (?, ?, ?, ?, ?, 0.2, true, ?)",
        ID + number,
        MODEL,
        output,
        ID + number,
        at.toEpochMilli(),
        "{\"site\":\"" + site + "\"}");
    jdbc.update(
        "insert into outcome_case (label_id, prediction, output, outcome, patient, index_time,"
            + " stands, sequence) values (?, 'RiskAssessment/1', ?, ?, ?, ?, ?, 1)",
        ID + number,
        output,
        "https://auscult.org/fhir/Library/outcome-new-ckd-stage-3|1.0.0",
        ID + number,
        at.toEpochMilli(),
        isEvent ? "event|" : "no-event|");
  }

  private static PlanDefinition rule() {
    PlanDefinition plan = new PlanDefinition();
    plan.getMeta().addProfile(AlertUrls.RULE);
    plan.setUrl("https://example.org/alert-" + UUID.randomUUID()).setVersion("1.0.0");
    plan.setName("Expected").setTitle("More events than expected");
    plan.setDescription("Risks are too low.");
    plan.setStatus(PublicationStatus.ACTIVE);
    plan.setType(
        new CodeableConcept(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/plan-definition-type", "eca-rule", null)));
    plan.addExtension(AlertUrls.MODEL, new CanonicalType(MODEL));
    Extension figure = plan.addExtension().setUrl(AlertUrls.FIGURE);
    figure.addExtension("code", new CodeType("observed-to-expected"));
    plan.addExtension(AlertUrls.WINDOW, new CodeType("month"));
    Extension test = plan.addExtension().setUrl(AlertUrls.TEST);
    test.addExtension("kind", new CodeType("fixed"));
    test.addExtension("upper", new DecimalType("1.25"));
    test.addExtension("compared", new CodeType("bound"));
    plan.addExtension(AlertUrls.MINIMUM, new PositiveIntType(20));
    plan.addExtension(AlertUrls.SEVERITY, new CodeType("critical"));
    return plan;
  }

  private PlanDefinition created(PlanDefinition plan) {
    IdType id = new IdType(client().create().resource(plan).execute().getId().getValue());
    rules.add(id.toUnqualifiedVersionless());
    return read(id);
  }

  private PlanDefinition read(IdType id) {
    return client().read().resource(PlanDefinition.class).withId(id.getIdPart()).execute();
  }

  private String issue(PlanDefinition rule, String site) {
    return new IssueKey(
            FindingKind.PERFORMANCE, rule.getUrl() + "|" + rule.getVersion(), MODEL, site)
        .id();
  }

  private DetectedIssue issue(String id) {
    return client().read().resource(DetectedIssue.class).withId(id).execute();
  }

  private int look() {
    performance.run(Instant.now(), () -> true);
    return round.run(Instant.now(), () -> true);
  }

  private List<String> errors(DetectedIssue issue) {
    OperationOutcome said =
        (OperationOutcome) client().validate().resource(issue).execute().getOperationOutcome();
    return said.getIssue().stream()
        .filter(i -> i.getSeverity().toCode().matches("error|fatal"))
        .map(OperationOutcomeIssueComponent::getDiagnostics)
        .toList();
  }

  @Test
  void aRuleFindsWhatIsOutOfOrderUntilItIsNot() {
    PlanDefinition rule = created(rule());
    String id = issue(rule, "");
    assertThat(look()).isPositive();
    DetectedIssue found = issue(id);
    assertThat(found.getStatus()).isEqualTo(DetectedIssueStatus.PRELIMINARY);
    assertThat(found.getReference()).isEqualTo(rule.getUrl() + "|1.0.0");
    assertThat(found.getDetail()).contains("observed-to-expected of " + output + ": 2.167");
    assertThat(errors(found)).isEmpty();
    Extension breach = found.getEvidenceFirstRep().getExtensionByUrl(AlertUrls.BREACH);
    assertThat(found.getEvidence()).hasSize(1);
    assertThat(((Quantity) breach.getExtensionByUrl("value").getValue()).getValue())
        .isEqualByComparingTo("2.16666666666667");
    assertThat(breach.getExtensionString("figure")).isEqualTo("observed-to-expected");
    assertThat(found.getEvidenceFirstRep().getDetailFirstRep().getReference())
        .matches("MeasureReport/performance-[0-9a-f-]+/_history/[0-9]+");
    Task task = client().read().resource(Task.class).withId(id + "-1").execute();
    assertThat(task.getDescription()).startsWith("More events than expected");

    look();
    look();
    assertThat(issue(id).getMeta().getVersionId()).isEqualTo(found.getMeta().getVersionId());
    assertThat(
            client()
                .read()
                .resource(Task.class)
                .withId(id + "-1")
                .execute()
                .getMeta()
                .getVersionId())
        .isEqualTo("1");

    // The labels are corrected: in the north no more come than are expected.
    jdbc.update(
        "update outcome_case set stands = 'no-event|', sequence = 2 where label_id like '"
            + ID
            + "%' and stands = 'event|' and index_time >= ?",
        FEBRUARY.plusSeconds(24).toEpochMilli());
    look();
    DetectedIssue closed = issue(id);
    assertThat(closed.getStatus()).isEqualTo(DetectedIssueStatus.FINAL);
    assertThat(closed.getMitigationFirstRep().getAction().getText()).contains("in order again");
  }

  @Test
  void eachSiteHasItsOwnIssue() {
    PlanDefinition bySite = rule();
    Extension group = bySite.addExtension().setUrl(AlertUrls.GROUP);
    group.addExtension("way", new StringType("site"));
    PlanDefinition rule = created(bySite);
    look();
    DetectedIssue north = issue(issue(rule, "north"));
    assertThat(north.getDetail()).contains(", site north: 3.333");
    assertThat(
            north
                .getEvidenceFirstRep()
                .getExtensionByUrl(AlertUrls.BREACH)
                .getExtensionString("group"))
        .isEqualTo("north");
    Task task =
        client()
            .read()
            .resource(Task.class)
            .withId(north.getIdElement().getIdPart() + "-1")
            .execute();
    assertThat(task.getInput())
        .anyMatch(
            input ->
                input.getType().getText().equals("site")
                    && input.getValue().primitiveValue().equals("north"));
    assertThatThrownBy(() -> issue(issue(rule, "south")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> issue(issue(rule, ""))).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void aRetiredRuleWatchesNothing() {
    PlanDefinition rule = created(rule());
    look();
    rule.setStatus(PublicationStatus.RETIRED);
    client().update().resource(rule).execute();
    look();
    DetectedIssue closed = issue(issue(rule, ""));
    assertThat(closed.getStatus()).isEqualTo(DetectedIssueStatus.FINAL);
    assertThat(closed.getMitigationFirstRep().getAction().getText()).contains("nobody watches");
    PlanDefinition again = read(rule.getIdElement());
    again.setStatus(PublicationStatus.DRAFT);
    refused(again, "goes back to no draft");
    PlanDefinition changed = read(rule.getIdElement());
    changed.setDescription("Other");
    refused(changed, "does not change");
  }

  @Test
  void aWrongRuleIsRefusedWithAllReasons() {
    refused(
        plan -> {
          plan.setTitle(null);
          plan.addAction().setTitle("Act");
          plan.getExtensionByUrl(AlertUrls.MODEL).setValue(new CanonicalType("https://x.org/m|1"));
          part(plan, AlertUrls.FIGURE, "code", new CodeType("fame"));
          plan.getExtensionByUrl(AlertUrls.WINDOW).setValue(new CodeType("day"));
          part(plan, AlertUrls.TEST, "compared", new CodeType("mean"));
          plan.getExtensionByUrl(AlertUrls.MINIMUM).setValue(new PositiveIntType().setValue(0));
          plan.getExtensionByUrl(AlertUrls.SEVERITY).setValue(new CodeType("loud"));
          plan.addExtension(AlertUrls.ESCALATION, new Quantity().setValue(1).setCode("a"));
        },
        "PlanDefinition.title",
        "a rule has none",
        "'fame' is told by no report",
        "'day' is none",
        "'mean' is none",
        "no whole number from 1 on",
        "'loud' is none",
        "no time above 0");
    refused(
        plan ->
            plan.getExtensionByUrl(AlertUrls.MODEL)
                .setValue(new CanonicalType("https://x.org/m|1")),
        "no model or deployment that is here");
    refused(
        plan -> plan.addExtension(AlertUrls.OUTPUT, new StringType("fame")), "has no output fame");
  }

  @Test
  void aTestHasThePartsThatItUses() {
    refused(
        plan -> {
          part(plan, AlertUrls.TEST, "lower", new DecimalType("2"));
          part(plan, AlertUrls.TEST, "windows", new PositiveIntType(3));
          part(plan, AlertUrls.TEST, "side", new CodeType("above"));
        },
        "lower lies above upper",
        ".windows: this kind of test does not use it",
        ".side: this kind of test does not use it");
    refused(
        plan -> part(plan, AlertUrls.TEST, "kind", new CodeType("difference")),
        "not one reference");
    refused(
        plan -> {
          part(plan, AlertUrls.TEST, "kind", new CodeType("ratio"));
          part(plan, AlertUrls.TEST, "lower", new DecimalType("-1"));
          part(plan, AlertUrls.TEST, "windows", new PositiveIntType(1));
        },
        "a ratio is negative");
    refused(
        plan -> {
          part(plan, AlertUrls.TEST, "kind", new CodeType("cusum"));
          part(plan, AlertUrls.TEST, "windows", new PositiveIntType(3));
          plan.getExtensionByUrl(AlertUrls.WINDOW).setValue(new CodeType("quarter"));
        },
        ".upper: this kind of test does not use it",
        "overlap",
        "3 windows are too few",
        "sums are of values",
        ".side: it is missing");
    refused(plan -> part(plan, AlertUrls.TEST, "kind", new CodeType("guess")), "'guess' is none");
  }

  private static void part(PlanDefinition plan, String url, String name, Type value) {
    Extension extension = plan.getExtensionByUrl(url);
    extension.getExtension().removeIf(e -> e.getUrl().equals(name));
    extension.addExtension(name, value);
  }

  private void refused(Consumer<PlanDefinition> change, String... reasons) {
    PlanDefinition plan = rule();
    plan.setStatus(PublicationStatus.DRAFT);
    change.accept(plan);
    assertThatThrownBy(() -> client().create().resource(plan).execute())
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class, e -> assertThat(said(e)).contains(reasons));
  }

  private void refused(PlanDefinition changed, String reason) {
    assertThatThrownBy(() -> client().update().resource(changed).execute())
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class, e -> assertThat(said(e)).contains(reason));
  }

  private String said(UnprocessableEntityException e) {
    return fhirContext.newJsonParser().encodeResourceToString(e.getOperationOutcome());
  }

  @Test
  void peopleAnswerInTasksAndChangeNothingElse() {
    PlanDefinition rule = created(rule());
    look();
    String id = issue(rule, "");
    DetectedIssue changed = issue(id);
    changed.setStatus(DetectedIssueStatus.FINAL);
    assertThatThrownBy(() -> client().update().resource(changed).execute())
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            e -> assertThat(said(e)).contains("Task?focus=DetectedIssue/" + id));
    Task task = client().read().resource(Task.class).withId(id + "-1").execute();
    task.setStatus(Task.TaskStatus.ONHOLD);
    task.setDescription("Nothing to see here");
    assertThatThrownBy(() -> client().update().resource(task).execute())
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            e ->
                assertThat(said(e))
                    .contains("more than the answer differs", "statusReason", "has no end"));
    DetectedIssue foreign = new DetectedIssue();
    foreign.getMeta().addProfile(AlertUrls.ISSUE);
    foreign.setStatus(DetectedIssueStatus.FINAL);
    assertThatThrownBy(() -> client().create().resource(foreign).execute())
        .isInstanceOf(UnprocessableEntityException.class);
  }
}
