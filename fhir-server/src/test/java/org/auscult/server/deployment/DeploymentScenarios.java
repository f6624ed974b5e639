package org.auscult.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.deployment.fhir.DeploymentUrls;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.server.KnownCaller;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.StringType;

/** What holds of deployments on either database. */
final class DeploymentScenarios {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final IGenericClient client;
  private final KnownCaller caller;
  private final String service = "s-" + UUID.randomUUID();

  DeploymentScenarios(IGenericClient client, KnownCaller caller) {
    this.client = client;
    this.caller = caller;
  }

  /** Rule 17: created, it is not offered; live, it is, on the next call; suspended, it is not. */
  void discoveryShowsWhatIsLive() throws Exception {
    IdType id = create(plan("1"));
    assertThat(offered()).isEmpty();
    assertThat(call()).isEqualTo(404);

    PlanDefinition live = operation(id, "$go-live");

    assertThat(live.getStatus()).isEqualTo(PublicationStatus.ACTIVE);
    assertThat(Deployments.isLive(live)).isTrue();
    assertThat(offered()).containsExactly("patient-view");
    assertThat(call()).isEqualTo(412);
    assertThat(operation(id, "$go-live").getMeta().getVersionId())
        .as("live already")
        .isEqualTo(live.getMeta().getVersionId());

    assertThat(Deployments.mode(operation(id, "$suspend"))).isEqualTo(Deployments.SUSPENDED);
    assertThat(offered()).isEmpty();
    assertThat(call()).isEqualTo(404);

    operation(id, "$go-live");
    assertThat(offered()).hasSize(1);
    operation(id, "$suspend");
  }

  /** A new version takes the place of the one before, without a moment in which none answers. */
  void newVersionReplacesTheFormer() throws Exception {
    IdType first = create(plan("1"));
    operation(first, "$go-live");
    PlanDefinition next = plan("2");
    next.setTitle("Second");
    IdType second = create(next);

    operation(second, "$go-live");

    assertThat(offered()).hasSize(1);
    assertThat(Deployments.mode(read(first))).isEqualTo(Deployments.SUSPENDED);
    operation(second, "$suspend");
  }

  /** Of one deployment, one version is live, also when several go live at once. */
  void oneVersionIsLive() throws Exception {
    List<IdType> rivals = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rivals.add(create(plan("1." + i)));
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<PlanDefinition>> running = new ArrayList<>();
    for (IdType rival : rivals) {
      running.add(pool.submit(() -> operation(rival, "$go-live")));
    }
    int won = 0;
    for (Future<PlanDefinition> one : running) {
      try {
        one.get();
        won++;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(ResourceVersionConflictException.class);
      }
    }
    pool.shutdown();

    assertThat(won).isPositive();
    assertThat(offered()).hasSize(1);
    assertThat(rivals.stream().filter(r -> Deployments.isLive(read(r)))).hasSize(1);
    rivals.forEach(r -> operation(r, "$suspend"));
    assertThat(offered()).isEmpty();
  }

  /** Several deployments may answer one service on one hook; it is offered once. */
  void severalAnswerOneServiceOnAHook() throws Exception {
    IdType first = create(plan("1"));
    PlanDefinition another = plan("1");
    another.setUrl("https://example.org/another-" + UUID.randomUUID());
    IdType second = create(another);

    operation(first, "$go-live");
    operation(second, "$go-live");

    assertThat(offered()).containsExactly("patient-view");
    operation(first, "$suspend");
    assertThat(offered()).as("the other still answers").hasSize(1);
    operation(second, "$suspend");
    assertThat(offered()).isEmpty();
  }

  void aLiveOneDoesNotChange() throws Exception {
    IdType id = create(plan("1"));
    operation(id, "$go-live");

    PlanDefinition changed = read(id);
    changed.setTitle("Other");
    refused(changed, "active and does not change");
    PlanDefinition retired = read(id);
    retired.setStatus(PublicationStatus.RETIRED);
    assertThatThrownBy(() -> client.update().resource(retired).execute())
        .isInstanceOf(ResourceVersionConflictException.class)
        .hasMessageContaining("$suspend");
    assertThatThrownBy(() -> client.delete().resourceById(id.toUnqualifiedVersionless()).execute())
        .isInstanceOf(ResourceVersionConflictException.class)
        .hasMessageContaining("$suspend");
    Library model = client.read().resource(Library.class).withId("prevent-2023").execute();
    model.setStatus(PublicationStatus.RETIRED);
    assertThatThrownBy(() -> client.update().resource(model).execute())
        .isInstanceOf(ResourceVersionConflictException.class)
        .hasMessageContaining("$suspend");
    PlanDefinition without = read(id);
    without.getExtension().removeIf(e -> e.getUrl().equals(DeploymentUrls.MODE));
    refused(without, "set by operations only");
    assertThat(offered()).hasSize(1);

    operation(id, "$suspend");
    client.update().resource(retiredNow(id)).execute();
    assertThatThrownBy(() -> operation(id, "$go-live"))
        .isInstanceOf(UnprocessableEntityException.class)
        .hasMessageContaining("422");
  }

  private PlanDefinition retiredNow(IdType id) {
    PlanDefinition plan = read(id);
    plan.setStatus(PublicationStatus.RETIRED);
    return plan;
  }

  void aWrongOneIsRefusedWithAllProblems() {
    PlanDefinition wrong = plan("1");
    wrong.getActionFirstRep().getTriggerFirstRep().setName("patient-vieww");
    wrong.getExtensionByUrl(DeploymentUrls.SERVICE).setValue(new StringType("a/b"));
    wrong.getExtensionByUrl(DeploymentUrls.ON_FAILURE).setValue(new CodeType("shout"));
    wrong.setTitle(null);
    refusedNew(wrong, "patient-vieww", "a/b", "shout", "PlanDefinition.title");

    PlanDefinition modelless = plan("1");
    modelless
        .getActionFirstRep()
        .getActionFirstRep()
        .getExtensionByUrl(DeploymentUrls.MODEL)
        .setValue(new CanonicalType("https://example.org/none|1"));
    refusedNew(modelless, "no model that is here");

    PlanDefinition outputless = plan("1");
    outputless
        .getActionFirstRep()
        .getActionFirstRep()
        .getExtensionsByUrl(DeploymentUrls.OUTPUT)
        .get(0)
        .getExtensionByUrl("output")
        .setValue(new StringType("fame"));
    refusedNew(outputless, "has no output fame");

    PlanDefinition live = plan("1");
    Deployments.setMode(live, Deployments.LIVE);
    refusedNew(live, "set by operations only");
  }

  private void refusedNew(PlanDefinition plan, String... texts) {
    assertThatThrownBy(() -> client.create().resource(plan).execute())
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            e -> {
              String outcome =
                  client
                      .getFhirContext()
                      .newJsonParser()
                      .encodeResourceToString(e.getOperationOutcome());
              for (String text : texts) {
                assertThat(outcome).contains(text);
              }
            });
  }

  private void refused(PlanDefinition plan, String text) {
    assertThatThrownBy(() -> client.update().resource(plan).execute())
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            e ->
                assertThat(
                        client
                            .getFhirContext()
                            .newJsonParser()
                            .encodeResourceToString(e.getOperationOutcome()))
                    .contains(text));
  }

  /** A draft like the starter pack's, with a service and a url of its own. */
  private PlanDefinition plan(String version) {
    PlanDefinition plan = read(new IdType("PlanDefinition/cvd-risk")).copy();
    plan.setId((String) null);
    plan.getMeta().setVersionId(null).setLastUpdated(null);
    plan.setUrl("https://example.org/" + service);
    plan.setVersion(version);
    plan.setStatus(PublicationStatus.DRAFT);
    plan.getExtension().removeIf(e -> e.getUrl().equals(DeploymentUrls.MODE));
    plan.getExtensionByUrl(DeploymentUrls.SERVICE).setValue(new StringType(service));
    return plan;
  }

  private IdType create(PlanDefinition plan) {
    return new IdType(client.create().resource(plan).execute().getId().getValue());
  }

  private PlanDefinition read(IdType id) {
    return client.read().resource(PlanDefinition.class).withId(id.getIdPart()).execute();
  }

  private PlanDefinition operation(IdType id, String name) {
    return (PlanDefinition)
        client
            .operation()
            .onInstance("PlanDefinition/" + id.getIdPart())
            .named(name)
            .withNoParameters(Parameters.class)
            .returnResourceType(PlanDefinition.class)
            .execute();
  }

  /** The hooks on which our service is offered. */
  private List<String> offered() throws IOException, InterruptedException {
    HttpResponse<String> answer = caller.send(caller.request("/cds-services"));
    List<String> hooks = new ArrayList<>();
    for (JsonNode offered : JSON.readTree(answer.body()).path("services")) {
      if (offered.path("id").asText().equals(service)) {
        hooks.add(offered.path("hook").asText());
      }
    }
    return hooks;
  }

  /** The status of a call without data. */
  private int call() throws IOException, InterruptedException {
    String body =
        """
        {"hook":"patient-view","hookInstance":"%s",
         "context":{"userId":"Practitioner/1","patientId":"nobody"}}
        """
            .formatted(UUID.randomUUID());
    return caller
        .send(
            caller
                .request("/cds-services/" + service)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)))
        .statusCode();
  }
}
