package org.auscult.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.deployment.fhir.DeploymentUrls;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.finding.FindingSubject;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.monitoring.page.PageIssue;
import org.auscult.server.KnownCaller;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** What holds of issues on either database. */
final class AlertScenarios {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";
  private static final String OVER = "In order again.";

  private final IGenericClient client;
  private final KnownCaller caller;
  private final MonitoringIssues issues;
  private final MonitoringIssues failing;
  private final String site = "site-" + UUID.randomUUID();
  private final Instant now = Instant.parse("2018-03-01T12:00:00Z");

  /**
   * @param failing the same, but for an audit log that takes nothing
   */
  AlertScenarios(
      IGenericClient client,
      KnownCaller caller,
      MonitoringIssues issues,
      MonitoringIssues failing) {
    this.client = client;
    this.caller = caller;
    this.issues = issues;
    this.failing = failing;
  }

  private IssueKey key(String rule) {
    return new IssueKey(FindingKind.PERFORMANCE, "https://example.org/" + rule + "|1", MODEL, site);
  }

  private static IssueTerms terms(FindingSeverity severity) {
    return new IssueTerms("A rule", severity, Duration.ofHours(4));
  }

  private static List<MonitoringFinding> findings(FindingSeverity severity, String text) {
    return List.of(
        new MonitoringFinding(
            FindingKind.PERFORMANCE,
            severity,
            FindingSubject.ofModel(MODEL, "total_cvd"),
            null,
            null,
            text,
            List.of()));
  }

  private boolean found(IssueKey key, FindingSeverity severity, Instant at) {
    return issues.found(key, terms(severity), findings(severity, "It is bad"), at);
  }

  private DetectedIssue issue(IssueKey key) {
    return client.read().resource(DetectedIssue.class).withId(key.id()).execute();
  }

  private Task task(IssueKey key, int episode) {
    return client.read().resource(Task.class).withId(key.id() + "-" + episode).execute();
  }

  private List<Task> tasks(IssueKey key) {
    return search("Task?focus=DetectedIssue/" + key.id()).stream().map(Task.class::cast).toList();
  }

  private List<Resource> search(String query) {
    Bundle bundle =
        client
            .search()
            .byUrl(query)
            .cacheControl(new CacheControlDirective().setNoCache(true))
            .returnBundle(Bundle.class)
            .execute();
    return bundle.getEntry().stream().map(Bundle.BundleEntryComponent::getResource).toList();
  }

  private static String version(Resource resource) {
    return resource.getMeta().getVersionId();
  }

  /** Whoever finds the same at once or again changes nothing. */
  void severalNodesSayItOnce() throws Exception {
    IssueKey key = key("once-" + UUID.randomUUID());
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(nodes.submit(() -> found(key, FindingSeverity.WARNING, now)));
      }
      int opened = 0;
      for (Future<Boolean> one : running) {
        opened += one.get() ? 1 : 0;
      }
      assertThat(opened).isEqualTo(1);
    } finally {
      nodes.shutdownNow();
    }
    assertThat(found(key, FindingSeverity.WARNING, now.plusSeconds(60))).isFalse();
    assertThat(version(issue(key))).isEqualTo("1");
    assertThat(tasks(key)).hasSize(1);
    assertThat(version(task(key, 1))).isEqualTo("1");
    issues.over(key, OVER, now);
  }

  /** It is opened, changed, closed and opened again, and its versions are its history. */
  void anIssueHasItsHistory() {
    IssueKey key = key("history-" + UUID.randomUUID());
    found(key, FindingSeverity.WARNING, now);
    DetectedIssue open = issue(key);
    assertThat(open.getStatus()).isEqualTo(DetectedIssueStatus.PRELIMINARY);
    assertThat(open.getImplicatedFirstRep().getReference()).startsWith("Device/");
    assertThat(open.hasPatient()).isFalse();
    assertThat(errors(open)).isEmpty();
    Task asked = task(key, 1);
    assertThat(asked.getStatus()).isEqualTo(TaskStatus.REQUESTED);
    assertThat(asked.getFocus().getReference()).isEqualTo("DetectedIssue/" + key.id());
    assertThat(asked.hasFor()).isFalse();
    assertThat(errors(asked)).isEmpty();

    issues.found(
        key,
        terms(FindingSeverity.WARNING),
        findings(FindingSeverity.WARNING, "It is worse"),
        now.plusSeconds(10));
    assertThat(issue(key).getDetail()).isEqualTo("It is worse");
    assertThat(tasks(key)).hasSize(1);

    issues.over(key, OVER, now.plusSeconds(20));
    issues.over(key, OVER, now.plusSeconds(30));
    DetectedIssue closed = issue(key);
    assertThat(version(closed)).isEqualTo("3");
    assertThat(closed.getStatus()).isEqualTo(DetectedIssueStatus.FINAL);
    assertThat(closed.getMitigationFirstRep().getAction().getText()).isEqualTo(OVER);
    assertThat(closed.getIdentifiedPeriod().getEnd().toInstant()).isEqualTo(now.plusSeconds(20));
    assertThat(task(key, 1).getStatus()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(task(key, 1).getStatusReason().getText()).isEqualTo(OVER);

    assertThat(found(key, FindingSeverity.WARNING, now.plusSeconds(40))).isTrue();
    assertThat(issue(key).getStatus()).isEqualTo(DetectedIssueStatus.PRELIMINARY);
    assertThat(issue(key).hasMitigation()).isFalse();
    assertThat(task(key, 2).getStatus()).isEqualTo(TaskStatus.REQUESTED);
    assertThat(tasks(key)).hasSize(2);
    issues.over(key, OVER, now.plusSeconds(50));
  }

  private List<String> errors(Resource resource) {
    OperationOutcome said =
        (OperationOutcome) client.validate().resource(resource).execute().getOperationOutcome();
    return said.getIssue().stream()
        .filter(
            i -> i.getSeverity() == IssueSeverity.ERROR || i.getSeverity() == IssueSeverity.FATAL)
        .map(OperationOutcomeIssueComponent::getDiagnostics)
        .toList();
  }

  /** Nobody answers: it becomes more urgent, and says so. Whoever answers ends that. */
  void whatNobodyAcknowledgesBecomesMoreUrgent() {
    IssueKey key = key("escalation-" + UUID.randomUUID());
    found(key, FindingSeverity.WARNING, now);
    issues.attend(now.plus(Duration.ofHours(4)).minusSeconds(1));
    assertThat(task(key, 1).getPriority()).isEqualTo(Task.TaskPriority.URGENT);
    issues.attend(now.plus(Duration.ofHours(4)));
    issues.attend(now.plus(Duration.ofHours(5)));
    Task raised = task(key, 1);
    assertThat(raised.getPriority()).isEqualTo(Task.TaskPriority.ASAP);
    assertThat(raised.getNote())
        .singleElement()
        .satisfies(note -> assertThat(note.getText()).contains("4 h").contains("asap"));
    issues.attend(now.plus(Duration.ofHours(8)));
    assertThat(task(key, 1).getPriority()).isEqualTo(Task.TaskPriority.STAT);
    issues.attend(now.plus(Duration.ofHours(12)));
    assertThat(task(key, 1).getNote()).hasSize(2);

    Task accepted = task(key, 1);
    accepted.setStatus(TaskStatus.ACCEPTED);
    accepted.setOwner(new Reference().setReference("Practitioner/" + practitioner()));
    accepted.getStatusReason().setText("We look into it");
    client.update().resource(accepted).execute();
    String version = version(task(key, 1));
    issues.attend(now.plus(Duration.ofDays(3)));
    assertThat(version(task(key, 1))).isEqualTo(version);

    issues.over(key, OVER, now.plus(Duration.ofDays(4)));
    assertThat(task(key, 1).getStatus()).isEqualTo(TaskStatus.ACCEPTED);
    assertThat(task(key, 1).getNote()).hasSize(3);
  }

  private String practitioner() {
    Practitioner practitioner = new Practitioner();
    practitioner.addName().setFamily("Answers");
    return client.create().resource(practitioner).execute().getId().getIdPart();
  }

  /** While people asked for silence, nothing is raised, and a relapse asks nobody. */
  void silenceHolds() {
    IssueKey key = key("silence-" + UUID.randomUUID());
    Instant today = Instant.now();
    found(key, FindingSeverity.WARNING, today);
    Task silenced = task(key, 1);
    silenced.setStatus(TaskStatus.ONHOLD);
    silenced.setOwner(new Reference().setReference("Practitioner/" + practitioner()));
    silenced.getStatusReason().setText("The laboratory changes its analyser this week");
    silenced.getRestriction().getPeriod().setEnd(Date.from(today.plus(Duration.ofDays(7))));
    client.update().resource(silenced).execute();
    String version = version(task(key, 1));
    issues.attend(today.plus(Duration.ofDays(6)));
    assertThat(version(task(key, 1))).isEqualTo(version);

    issues.over(key, OVER, today.plus(Duration.ofDays(1)));
    found(key, FindingSeverity.WARNING, today.plus(Duration.ofDays(2)));
    assertThat(issue(key).getStatus()).isEqualTo(DetectedIssueStatus.PRELIMINARY);
    assertThat(tasks(key)).hasSize(1);
    found(key, FindingSeverity.WARNING, today.plus(Duration.ofDays(8)));
    assertThat(tasks(key)).hasSize(2);
    issues.over(key, OVER, today.plus(Duration.ofDays(9)));
  }

  /** As pages tell it. */
  void whatWasDoneIsToldOnPages(ModelIssues told) throws Exception {
    String service = "s-" + UUID.randomUUID();
    IdType id = create(service, true);
    operation(id, "$go-live");
    IssueKey key = key("told-" + UUID.randomUUID());
    Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    found(key, FindingSeverity.CRITICAL, today);
    PageIssue open = told(told, key, today);
    assertThat(open.severity()).isEqualTo(FindingSeverity.CRITICAL);
    assertThat(open.title()).isEqualTo("A rule");
    assertThat(open.said()).containsExactly("It is bad");
    assertThat(open.since()).isEqualTo(today);
    assertThat(open.until()).isNull();
    assertThat(open.answer()).isNull();
    assertThat(open.suspensions())
        .containsExactly(new PageIssue.Suspension(plan(id).getTitle(), today, false));

    Instant until = today.plus(Duration.ofDays(7));
    Task silenced = task(key, 1);
    silenced.setStatus(TaskStatus.ONHOLD);
    silenced.setOwner(new Reference().setReference("Practitioner/" + practitioner()));
    silenced.getStatusReason().setText("Known");
    silenced.getRestriction().getPeriod().setEnd(Date.from(until));
    client.update().resource(silenced).execute();
    operation(id, "$go-live");
    PageIssue answered = told(told, key, today);
    assertThat(answered.answer()).isEqualTo(new PageIssue.Answer("on-hold", "Known", until));
    assertThat(answered.suspensions().get(0).isLiveNow()).isTrue();

    issues.over(key, OVER, today.plusSeconds(10));
    assertThat(told(told, key, today).until()).isEqualTo(today.plusSeconds(10));
    assertThat(of(told, key, today.plusSeconds(10))).isEmpty();
    found(key, FindingSeverity.CRITICAL, today.plusSeconds(20));
    assertThat(told(told, key, today).episode()).isEqualTo(2);
    assertThat(told(told, key, today).answer())
        .isEqualTo(new PageIssue.Answer("on-hold", "", until));
    issues.over(key, OVER, today.plusSeconds(30));
  }

  private PageIssue told(ModelIssues told, IssueKey key, Instant start) {
    return of(told, key, start).orElseThrow();
  }

  /** Of the hour from a time on. */
  private Optional<PageIssue> of(ModelIssues told, IssueKey key, Instant start) {
    String device = issue(key).getImplicatedFirstRep().getReference();
    return told.of(device, start, start.plus(Duration.ofHours(1))).stream()
        .filter(issue -> issue.reference().contains(key.id()))
        .findFirst();
  }

  void silenceEnds() {
    IssueKey key = key("silent-" + UUID.randomUUID());
    Instant today = Instant.now();
    found(key, FindingSeverity.WARNING, today);
    Task silenced = task(key, 1);
    silenced.setStatus(TaskStatus.ONHOLD);
    silenced.setOwner(new Reference().setReference("Practitioner/" + practitioner()));
    silenced.getStatusReason().setText("Known");
    silenced.getRestriction().getPeriod().setEnd(Date.from(today.plus(Duration.ofDays(7))));
    client.update().resource(silenced).execute();
    issues.attend(today.plus(Duration.ofDays(8)));
    assertThat(task(key, 1).getStatus()).isEqualTo(TaskStatus.REQUESTED);
    issues.attend(today.plus(Duration.ofDays(8)).plus(Duration.ofHours(3)));
    assertThat(task(key, 1).getPriority()).isEqualTo(Task.TaskPriority.URGENT);
    issues.attend(today.plus(Duration.ofDays(8)).plus(Duration.ofHours(4)));
    assertThat(task(key, 1).getPriority()).isEqualTo(Task.TaskPriority.ASAP);
    issues.over(key, OVER, today.plus(Duration.ofDays(9)));
  }

  /** Ten warnings in seven days for a site; critical ones beside them; the rest is counted. */
  void theBudgetHoldsWarningsBack() {
    List<IssueKey> keys = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      IssueKey key = key("budget-" + i + "-" + UUID.randomUUID());
      keys.add(key);
      found(key, FindingSeverity.WARNING, now.plusSeconds(i));
    }
    IssueKey critical = key("critical-" + UUID.randomUUID());
    found(critical, FindingSeverity.CRITICAL, now.plusSeconds(60));
    IssueKey info = key("info-" + UUID.randomUUID());
    found(info, FindingSeverity.INFO, now.plusSeconds(60));
    assertThat(keys.stream().filter(key -> !tasks(key).isEmpty())).hasSize(10);
    assertThat(tasks(critical)).hasSize(1);
    assertThat(tasks(info)).isEmpty();
    assertThat(issue(keys.get(11)).getStatus()).isEqualTo(DetectedIssueStatus.PRELIMINARY);

    issues.attend(now.plusSeconds(60));
    issues.attend(now.plusSeconds(120));
    List<Task> told = heldBack();
    assertThat(told).hasSize(1);
    assertThat(inputs(told.get(0), "warnings")).containsExactly("2");
    assertThat(version(told.get(0))).isEqualTo("1");
    assertThat(errors(told.get(0))).isEmpty();

    Instant next = now.plus(Duration.ofDays(7)).plusSeconds(30);
    found(keys.get(11), FindingSeverity.WARNING, next);
    assertThat(tasks(keys.get(11))).hasSize(1);
    keys.forEach(key -> issues.over(key, OVER, next));
    issues.over(critical, OVER, next);
    issues.over(info, OVER, next);
  }

  private List<Task> heldBack() {
    return search("Task?code=" + AlertUrls.KIND_SYSTEM + "|held-back&_count=500").stream()
        .map(Task.class::cast)
        .filter(task -> inputs(task, "site").contains(site))
        .toList();
  }

  private static List<String> inputs(Task task, String name) {
    return task.getInput().stream()
        .filter(i -> i.getType().getText().equals(name))
        .map(i -> i.getValue().primitiveValue())
        .toList();
  }

  /** It is suspended once by a finding, says why, is silent, and a person lets it go live again. */
  void aCriticalFindingSuspends() throws Exception {
    String service = "s-" + UUID.randomUUID();
    IdType id = create(service, true);
    IdType other = create("s-" + UUID.randomUUID(), false);
    operation(id, "$go-live");
    operation(other, "$go-live");
    assertThat(call(service)).isEqualTo(412);
    IssueKey key = key("suspends-" + UUID.randomUUID());

    found(key, FindingSeverity.WARNING, now);
    assertThat(Deployments.isLive(plan(id))).isTrue();
    issues.over(key, OVER, now);
    found(key, FindingSeverity.CRITICAL, now.plusSeconds(1));

    PlanDefinition suspended = plan(id);
    assertThat(Deployments.mode(suspended)).isEqualTo(Deployments.SUSPENDED);
    Extension why = suspended.getExtensionByUrl(DeploymentUrls.SUSPENSION);
    assertThat(why.getExtensionString("reason")).contains("A rule");
    assertThat(((Reference) why.getExtensionByUrl("issue").getValue()).getReference())
        .isEqualTo("DetectedIssue/" + key.id());
    assertThat(errors(suspended)).isEmpty();
    assertThat(call(service)).isEqualTo(404);
    assertThat(offered(service)).isFalse();
    assertThat(Deployments.isLive(plan(other))).isTrue();
    List<Resource> provenances =
        search("Provenance?target=PlanDefinition/" + id.getIdPart() + "&_count=10");
    assertThat(provenances).hasSize(1);
    Provenance provenance = (Provenance) provenances.get(0);
    assertThat(provenance.getTargetFirstRep().getReference())
        .isEqualTo(
            "PlanDefinition/" + id.getIdPart() + "/_history/" + suspended.getMeta().getVersionId());
    assertThat(provenance.getEntityFirstRep().getWhat().getReference())
        .isEqualTo("DetectedIssue/" + key.id());

    operation(id, "$go-live");
    assertThat(plan(id).hasExtension(DeploymentUrls.SUSPENSION)).isFalse();
    found(key, FindingSeverity.CRITICAL, now.plusSeconds(2));
    assertThat(Deployments.isLive(plan(id))).as("by the same finding").isTrue();
    assertThat(call(service)).isEqualTo(412);

    issues.over(key, OVER, now.plusSeconds(3));
    found(key, FindingSeverity.CRITICAL, now.plusSeconds(4));
    assertThat(Deployments.isLive(plan(id))).as("by the next one").isFalse();
    issues.over(key, OVER, now.plusSeconds(5));
    operation(other, "$suspend");
    assertThat(plan(other).hasExtension(DeploymentUrls.SUSPENSION)).isFalse();
  }

  /** What cannot be suspended is not said to be: issue, Task and suspension are one. */
  void allOrNothing() throws Exception {
    String service = "s-" + UUID.randomUUID();
    IdType id = create(service, true);
    operation(id, "$go-live");
    IssueKey key = key("whole-" + UUID.randomUUID());
    assertThatThrownBy(
            () ->
                failing.found(
                    key,
                    terms(FindingSeverity.CRITICAL),
                    findings(FindingSeverity.CRITICAL, "It is bad"),
                    now))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Deployments.isLive(plan(id))).isTrue();
    assertThat(call(service)).isEqualTo(412);
    assertThat(tasks(key)).isEmpty();
    assertThat(search("DetectedIssue?_id=" + key.id())).isEmpty();
    assertThat(search("Provenance?target=PlanDefinition/" + id.getIdPart())).isEmpty();

    found(key, FindingSeverity.CRITICAL, now);
    assertThat(Deployments.isLive(plan(id))).isFalse();
    assertThat(version(issue(key))).isEqualTo("1");
    issues.over(key, OVER, now);
  }

  private IdType create(String service, boolean suspends) {
    PlanDefinition plan = plan(new IdType("PlanDefinition/cvd-risk")).copy();
    plan.setId((String) null);
    plan.getMeta().setVersionId(null).setLastUpdated(null);
    plan.setUrl("https://example.org/" + service);
    plan.setVersion("1");
    plan.setStatus(PublicationStatus.DRAFT);
    plan.getExtension().removeIf(e -> e.getUrl().equals(DeploymentUrls.MODE));
    plan.getExtensionByUrl(DeploymentUrls.SERVICE).setValue(new StringType(service));
    if (suspends) {
      plan.addExtension(DeploymentUrls.SUSPENDS, new BooleanType(true));
    }
    return new IdType(client.create().resource(plan).execute().getId().getValue());
  }

  private PlanDefinition plan(IdType id) {
    return client.read().resource(PlanDefinition.class).withId(id.getIdPart()).execute();
  }

  private void operation(IdType id, String name) {
    client
        .operation()
        .onInstance("PlanDefinition/" + id.getIdPart())
        .named(name)
        .withNoParameters(Parameters.class)
        .returnResourceType(PlanDefinition.class)
        .execute();
  }

  private boolean offered(String service) throws Exception {
    HttpResponse<String> answer = caller.send(caller.request("/cds-services"));
    for (JsonNode one : JSON.readTree(answer.body()).path("services")) {
      if (one.path("id").asText().equals(service)) {
        return true;
      }
    }
    return false;
  }

  /** The status of a call without data: 412 from whoever is live, 404 from nobody. */
  private int call(String service) throws Exception {
    String body =
        """
        {"hook":"patient-view","hookInstance":"%s",
         "context":{"userId":"Practitioner/1","patientId":"nobody"}}
        """
            .formatted(UUID.randomUUID());
    HttpResponse<String> answer =
        caller.send(
            caller
                .request("/cds-services/" + service)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    if (answer.statusCode() == 404) {
      assertThat(answer.body()).contains("offered now").doesNotContain("cards");
    }
    return answer.statusCode();
  }
}
