package org.auscult.prediction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.model.ModelCatalog;
import org.auscult.model.RegisteredModel;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.Source;

/**
 * Finds what of a call is under special protection: features that a model's register names, and
 * those that could be filled by a resource that bears a label, whether or not it filled them: that
 * something is missing tells of it too.
 */
public final class ProtectionFinder {
  private final ModelCatalog models;
  private final OrderRulesCatalog rules;

  public ProtectionFinder(ModelCatalog models, OrderRulesCatalog rules) {
    this.models = models;
    this.rules = rules;
  }

  /**
   * What of some runs is protected.
   *
   * @param labels of resources, by their references without version
   * @return empty if nothing is
   */
  public Optional<Protection> of(
      List<DeploymentRun> runs, PatientTimeline timeline, Map<String, Set<String>> labels) {
    Finding finding = new Finding(labelled(timeline, labels));
    for (DeploymentRun deployment : runs) {
      for (ModelRun run : deployment.runs()) {
        models.find(run.model()).ifPresent(model -> finding.take(run.vector(), model));
      }
      OrderRun orders = deployment.orders();
      if (orders != null && !finding.labelled.isEmpty()) {
        FeatureVector vector = orders.check().vector();
        rules
            .find(orders.check().rules())
            .map(RegisteredOrderRules::features)
            .ifPresent(set -> vector.entries().forEach(e -> finding.take(e, set, Set.of())));
      }
    }
    return finding.all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Protection(finding.features, finding.evidence, List.copyOf(finding.all), false));
  }

  private record Labelled(Fact fact, Set<String> labels) {}

  private static List<Labelled> labelled(
      PatientTimeline timeline, Map<String, Set<String>> labels) {
    List<Labelled> found = new ArrayList<>();
    if (!labels.isEmpty()) {
      for (Fact fact : timeline.facts()) {
        Set<String> own = labels.getOrDefault(thing(fact.source()), Set.of());
        if (!own.isEmpty()) {
          found.add(new Labelled(fact, own));
        }
      }
    }
    return found;
  }

  /** As labels are kept under: the reference without its version. */
  private static String thing(Source source) {
    return source.reference().split("/_history/", 2)[0];
  }

  /** What was found so far. */
  private static final class Finding {
    final List<Labelled> labelled;
    final Map<String, List<String>> features = new HashMap<>();
    final Map<String, List<String>> evidence = new HashMap<>();
    final Set<String> all = new TreeSet<>();

    Finding(List<Labelled> labelled) {
      this.labelled = labelled;
    }

    void take(FeatureVector vector, RegisteredModel model) {
      all.addAll(model.model().labelsOfResults());
      for (FeatureVector.Entry entry : vector.entries()) {
        take(entry, model.features(), model.model().labelsOf(entry.name()));
      }
    }

    void take(FeatureVector.Entry entry, ResolvedFeatureSet set, Set<String> registered) {
      Set<String> labels = new TreeSet<>(registered);
      if (!labelled.isEmpty()) {
        set.sources(entry.name()).forEach(feature -> labels.addAll(ofFacts(feature)));
      }
      if (labels.isEmpty()) {
        return;
      }
      all.addAll(labels);
      add(features, entry.definition(), labels);
      if (entry.value() instanceof Present present) {
        present.evidence().forEach(reference -> add(evidence, reference, labels));
      }
    }

    private Set<String> ofFacts(ResolvedFeature feature) {
      Set<String> labels = new TreeSet<>();
      for (Labelled one : labelled) {
        if (feature.mayRead(one.fact())) {
          labels.addAll(one.labels());
          add(evidence, one.fact().source().reference(), one.labels());
        }
      }
      return labels;
    }

    private static void add(Map<String, List<String>> to, String key, Set<String> labels) {
      Set<String> merged = new TreeSet<>(to.getOrDefault(key, List.of()));
      merged.addAll(labels);
      to.put(key, List.copyOf(merged));
    }
  }
}
