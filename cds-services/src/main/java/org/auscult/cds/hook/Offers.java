package org.auscult.cds.hook;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.fhir.Asked;
import org.auscult.cds.fhir.AskedOnce;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.deployment.Hook;
import org.auscult.deployment.OrderCard;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.order.check.OrderCheckService;
import org.auscult.order.check.OrderCheckService.UnknownRulesException;
import org.auscult.prediction.PredictionService;
import org.auscult.prediction.PredictionService.UnknownModelException;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is live: which deployments answer a service on a hook, and what they ask their callers for.
 * Several may answer the same; then the service asks for what all of them need.
 *
 * <p>Threads: safe.
 */
final class Offers {
  private static final Logger LOG = LoggerFactory.getLogger(Offers.class);

  private record Offer(String service, Hook hook) {}

  private final DeploymentCatalog deployments;
  private final PredictionService predictions;
  private final OrderCheckService orders;
  private final AskedOnce asked = new AskedOnce();

  Offers(DeploymentCatalog deployments, PredictionService predictions, OrderCheckService orders) {
    this.deployments = deployments;
    this.predictions = predictions;
    this.orders = orders;
  }

  /**
   * One entry for each service and hook, of deployments whose models are all registered, in the
   * words of a client.
   */
  ObjectNode described(ClientProfile client) {
    Map<Offer, List<Deployment>> offers = new LinkedHashMap<>();
    for (Deployment deployment : deployments.live()) {
      if (isComplete(deployment)) {
        deployment.hooks().stream()
            .filter(client::offers)
            .forEach(
                hook ->
                    offers
                        .computeIfAbsent(
                            new Offer(deployment.service(), hook), k -> new ArrayList<>())
                        .add(deployment));
      }
    }
    ObjectNode discovery = JsonNodeFactory.instance.objectNode();
    ArrayNode services = discovery.putArray("services");
    offers.forEach((offer, answering) -> services.add(described(offer, answering, client)));
    return discovery;
  }

  private boolean isComplete(Deployment deployment) {
    try {
      deployment.canonicals().forEach(predictions::withFallbacks);
      if (deployment.orders() != null) {
        orders.featureSets(deployment.orders().rules());
      }
      return true;
    } catch (UnknownRulesException e) {
      LOG.warn("{} is not offered: its order rules are not registered", deployment.canonical());
      return false;
    } catch (UnknownModelException e) {
      LOG.warn("{} is not offered: a model is not registered", deployment.canonical());
      return false;
    }
  }

  private ObjectNode described(Offer offer, List<Deployment> answering, ClientProfile client) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("hook", offer.hook().id());
    json.put("title", joined(answering, Deployment::title, ", "));
    json.put("description", joined(answering, Deployment::description, " "));
    json.put("id", offer.service());
    json.put("version", joined(answering, Deployment::version, ", "));
    json.put("hookVersion", offer.hook().version());
    ObjectNode prefetch = json.putObject("prefetch");
    asked(answering, client)
        .templates()
        .forEach(template -> prefetch.put(template.key(), template.query()));
    String usage = joined(answering, Deployment::usageRequirements, " ");
    if (!usage.isEmpty()) {
      json.put("usageRequirements", usage);
    }
    return json;
  }

  private static String joined(
      List<Deployment> answering, Function<Deployment, @Nullable String> text, String between) {
    return answering.stream()
        .map(text)
        .filter(Objects::nonNull)
        .distinct()
        .collect(joining(between));
  }

  /**
   * The live deployments of a service.
   *
   * @throws Refusal if there is none
   */
  List<Deployment> named(String service) {
    List<Deployment> named =
        deployments.live().stream().filter(d -> d.service().equals(service)).toList();
    if (named.isEmpty()) {
      throw Refusal.unknownService(
          "No such service is offered now. GET /cds-services lists those that are.");
    }
    return named;
  }

  /**
   * What deployments ask a client for, in its words; a model that is not there asks for nothing.
   *
   * @param client whose discovery the caller has read
   */
  Asked asked(List<Deployment> answering, ClientProfile client) {
    Map<String, ResolvedFeatureSet> sets = new LinkedHashMap<>();
    featureSets(answering).forEach(set -> sets.putIfAbsent(set.canonical(), set));
    return asked.of(sets.values(), client.prefetch());
  }

  /** What deployments read of the patient's timeline. */
  List<Need> needs(List<Deployment> answering) {
    Set<Need> needs = new LinkedHashSet<>();
    featureSets(answering).forEach(set -> needs.addAll(set.needs()));
    return List.copyOf(needs);
  }

  private List<ResolvedFeatureSet> featureSets(List<Deployment> answering) {
    List<ResolvedFeatureSet> sets = new ArrayList<>();
    for (Deployment deployment : answering) {
      for (String canonical : deployment.canonicals()) {
        try {
          predictions.withFallbacks(canonical).forEach(model -> sets.add(model.features()));
        } catch (UnknownModelException e) {
          LOG.warn("{}: {} is not registered", deployment.canonical(), canonical);
        }
      }
      OrderCard card = deployment.orders();
      if (card != null) {
        try {
          sets.addAll(orders.featureSets(card.rules()));
        } catch (UnknownRulesException | UnknownModelException e) {
          LOG.warn("{}: {} is not registered", deployment.canonical(), card.rules());
        }
      }
    }
    return sets;
  }
}
