package org.auscult.server.synthetic;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.auscult.cds.hook.HookAnswer;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.deployment.OrderCard;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.model.RegisteredModel;
import org.auscult.order.DrugRule;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.PredictionService;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Calls services as an EHR that is not known here would: by what discovery says, with all of
 * prefetch.
 *
 * <p>Threads: one call at a time.
 */
final class SyntheticCalls {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A name that nobody can have (RFC 2606). */
  private static final String SERVER = "https://synthetic.invalid/fhir";

  private final HookEndpoint endpoint;
  private final RehearsedJournal journal;
  private final DeploymentCatalog deployments;
  private final PredictionService predictions;
  private final OrderRulesCatalog orders;
  private final FhirContext fhir;

  SyntheticCalls(
      HookEndpoint endpoint,
      RehearsedJournal journal,
      DeploymentCatalog deployments,
      PredictionService predictions,
      OrderRulesCatalog orders,
      FhirContext fhir) {
    this.endpoint = endpoint;
    this.journal = journal;
    this.deployments = deployments;
    this.predictions = predictions;
    this.orders = orders;
    this.fhir = fhir;
  }

  /**
   * A service on offer.
   *
   * @param prefetch queries by key
   */
  record Service(String id, String hook, Map<String, String> prefetch) {}

  /**
   * What is to be asked of a service.
   *
   * @param hash of the patient and of the deployments that answer: while it is the same, so are the
   *     scores
   */
  record Request(Service service, SyntheticPatient patient, @Nullable String drug, String hash) {}

  /** What discovery offers to anybody. */
  List<Service> services() {
    List<Service> services = new ArrayList<>();
    for (JsonNode service : read(endpoint.discover().body()).path("services")) {
      Map<String, String> prefetch = new LinkedHashMap<>();
      service
          .path("prefetch")
          .fields()
          .forEachRemaining(one -> prefetch.put(one.getKey(), one.getValue().asText()));
      services.add(
          new Service(service.path("id").asText(), service.path("hook").asText(), prefetch));
    }
    return services;
  }

  /** Who is to be asked about. */
  Request request(Service service) {
    List<RegisteredModel> models = new ArrayList<>();
    List<ResolvedFeatureSet> others = new ArrayList<>();
    StringBuilder answering = new StringBuilder();
    String drug = null;
    for (Deployment deployment : deployments.live()) {
      boolean isAsked =
          deployment.service().equals(service.id())
              && deployment.hooks().stream().anyMatch(h -> h.id().equals(service.hook()));
      if (isAsked) {
        answering.append('\n').append(deployment.canonical());
        deployment.canonicals().forEach(c -> models.addAll(predictions.withFallbacks(c)));
        OrderCard card = deployment.orders();
        RegisteredOrderRules rules = card == null ? null : orders.find(card.rules()).orElse(null);
        if (rules != null) {
          others.add(rules.features());
          models.addAll(predictions.withFallbacks(rules.rules().egfrModel()));
          drug = rules.rules().rules().stream().findFirst().map(SyntheticCalls::order).orElse(drug);
        }
      }
    }
    SyntheticPatient patient = SyntheticPatient.of(models, others);
    return new Request(service, patient, drug, patient.hash() + answering);
  }

  private static String order(DrugRule rule) {
    return rule.ingredient().system() + "|" + rule.ingredient().code();
  }

  /** Calls it. */
  SyntheticAnswer call(Request request, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    byte[] body = body(request, at).toString().getBytes(StandardCharsets.UTF_8);
    journal.forget();
    long start = System.nanoTime();
    HookAnswer answer = endpoint.call(request.service().id(), body);
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    List<String> failed = new ArrayList<>();
    SortedMap<String, Double> scores = new TreeMap<>();
    JournalEntry entry = journal.last();
    if (entry != null) {
      entry.deployments().stream()
          .flatMap(deployment -> deployment.runs().stream())
          .forEach(run -> take(run, failed, scores));
    }
    return new SyntheticAnswer(
        answer.status(), millis, failed.stream().distinct().sorted().toList(), scores);
  }

  private static void take(ModelRun run, List<String> failed, SortedMap<String, Double> scores) {
    if (run.hasFailed()) {
      failed.add(run.model());
    } else if (run.result() instanceof Predicted predicted) {
      predicted.values().forEach((output, value) -> scores.put(run.model() + " " + output, value));
    }
  }

  private ObjectNode body(Request request, Instant at) {
    List<Resource> resources = request.patient().resources(at);
    ObjectNode body = JSON.createObjectNode();
    body.put("hook", request.service().hook());
    body.put("hookInstance", UUID.randomUUID().toString());
    body.put("fhirServer", SERVER);
    body.set("context", context(request.drug()));
    ObjectNode prefetch = body.putObject("prefetch");
    request
        .service()
        .prefetch()
        .forEach(
            (key, query) -> {
              String type = query.split("[/?]", 2)[0];
              List<Resource> some =
                  resources.stream().filter(r -> r.fhirType().equals(type)).toList();
              // What is read by its id is one resource, or nothing.
              JsonNode read = some.isEmpty() ? JSON.nullNode() : json(some.get(0));
              prefetch.set(key, query.contains("?") ? bundle(some) : read);
            });
    return body;
  }

  /** What any hook asks for. */
  private static ObjectNode context(@Nullable String drug) {
    ObjectNode context = JSON.createObjectNode();
    context.put("userId", "Practitioner/" + SyntheticPatient.ID);
    context.put("patientId", SyntheticPatient.ID);
    context.put("encounterId", SyntheticPatient.ID);
    context.put("performer", "Organization/" + SyntheticPatient.ID);
    context.putArray("dispatchedOrders").add("MedicationRequest/" + SyntheticPatient.ID);
    ArrayNode selections = context.putArray("selections");
    ObjectNode drafts = emptyBundle();
    context.set("draftOrders", drafts);
    context.set("appointments", emptyBundle());
    if (drug != null) {
      selections.add("MedicationRequest/" + SyntheticPatient.ID);
      ObjectNode order = drafts.putArray("entry").addObject().putObject("resource");
      order.put("resourceType", "MedicationRequest").put("id", SyntheticPatient.ID);
      order.put("status", "draft").put("intent", "order");
      order.putObject("subject").put("reference", "Patient/" + SyntheticPatient.ID);
      ObjectNode coding =
          order.putObject("medicationCodeableConcept").putArray("coding").addObject();
      int bar = drug.lastIndexOf('|');
      coding.put("system", drug.substring(0, bar)).put("code", drug.substring(bar + 1));
    }
    return context;
  }

  private static ObjectNode emptyBundle() {
    return JSON.createObjectNode().put("resourceType", "Bundle").put("type", "collection");
  }

  private ObjectNode bundle(List<Resource> resources) {
    ObjectNode bundle =
        JSON.createObjectNode().put("resourceType", "Bundle").put("type", "searchset");
    bundle.put("total", resources.size());
    if (!resources.isEmpty()) {
      ArrayNode entries = bundle.putArray("entry");
      resources.forEach(
          r -> {
            ObjectNode entry = entries.addObject();
            entry.set("resource", json(r));
            entry.putObject("search").put("mode", "match");
          });
    }
    return bundle;
  }

  private JsonNode json(Resource resource) {
    return read(fhir.newJsonParser().encodeResourceToString(resource));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("It was written as JSON", e);
    }
  }
}
