package org.auscult.server.order;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.order.DrugRule;
import org.auscult.order.OrderRules;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.order.RenalInputs;
import org.auscult.order.RenalMeasure.Kind;
import org.auscult.order.fhir.OrderRuleTables;
import org.auscult.order.fhir.OrderUrls;
import org.auscult.server.feature.OrderRulesCheck;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.feature.StoredTerminology;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of order rules in the FHIR store, with their ValueSets expanded; a draft is not used
 * (safety rule 17). What was read is cached, bounded, for ten seconds at the most; one that is
 * asked for all the time is read anew beside the calls.
 */
final class StoredOrderRules implements OrderRulesCatalog, OrderRulesCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StoredOrderRules.class);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration REFRESHED = Duration.ofSeconds(5);

  private final StoredDefinitions stored;
  private final FeatureCatalog features;
  private final StoredTerminology terminology;
  private final LoadingCache<String, RegisteredOrderRules> tables =
      Caffeine.newBuilder()
          .maximumSize(200)
          .expireAfterWrite(LONGEST)
          .refreshAfterWrite(REFRESHED)
          .recordStats()
          .build(this::read);

  StoredOrderRules(
      StoredDefinitions stored, FeatureCatalog features, StoredTerminology terminology) {
    this.stored = stored;
    this.features = features;
    this.terminology = terminology;
  }

  @Override
  public Optional<RegisteredOrderRules> find(String canonical) {
    return Optional.ofNullable(tables.get(canonical));
  }

  private @Nullable RegisteredOrderRules read(String canonical) {
    OrderRules rules =
        stored
            .library(canonical)
            .filter(OrderRuleTables::isOne)
            .filter(library -> library.getStatus() != PublicationStatus.DRAFT)
            .map(OrderRuleTables::read)
            .filter(Parsed.Accepted.class::isInstance)
            .map(Parsed::orThrow)
            .orElse(null);
    if (rules == null) {
      return null;
    }
    List<Problem> problems = problems(rules);
    if (!problems.isEmpty()) {
      LOG.error("Order rules {} cannot be used: {}", canonical, problems);
      return null;
    }
    Map<String, Set<Code>> codes = new HashMap<>();
    for (DrugRule rule : rules.rules()) {
      codes.put(rule.valueSet(), expansion(rule.valueSet()));
    }
    ResolvedFeatureSet set = features.featureSet(rules.featureSet()).orElse(null);
    return set == null
        ? null
        : new RegisteredOrderRules(rules, set, codes, expansion(rules.otherDrugs()));
  }

  private Set<Code> expansion(String valueSet) {
    return terminology.translation().widened(terminology.expand(valueSet).orElse(Set.of()));
  }

  @Override
  public List<Problem> problems(OrderRules rules) {
    List<Problem> problems = new ArrayList<>();
    features
        .featureSet(rules.featureSet())
        .ifPresentOrElse(
            set ->
                RenalInputs.misfits(set)
                    .forEach(
                        what ->
                            problems.add(
                                new Problem(
                                    "Library.relatedArtifact.resource",
                                    what,
                                    "Name a feature set that has what order checks read."))),
            () ->
                problems.add(
                    new Problem(
                        "Library.relatedArtifact.resource",
                        rules.featureSet() + " is no feature set that is here",
                        "Create it first, or correct the canonical.")));
    problems.addAll(ofModel(rules.egfrModel()));
    for (DrugRule rule : rules.rules()) {
      ofValueSet(extension(OrderUrls.RULE) + ".codes", rule.valueSet()).ifPresent(problems::add);
    }
    ofValueSet(extension(OrderUrls.OTHER_DRUGS), rules.otherDrugs()).ifPresent(problems::add);
    return problems;
  }

  private List<Problem> ofModel(String canonical) {
    Optional<PredictionModel> model =
        stored
            .library(canonical)
            .filter(PredictionModels::isOne)
            .map(PredictionModels::read)
            .filter(Parsed.Accepted.class::isInstance)
            .map(Parsed::orThrow);
    String where = extension(OrderUrls.EGFR_MODEL);
    if (model.isEmpty()) {
      return List.of(
          new Problem(
              where,
              canonical + " is no model that is here",
              "Register it first, or correct the canonical."));
    }
    String unit = model.get().outputs().get(0).unit();
    return unit.equals(Kind.EGFR.unit())
        ? List.of()
        : List.of(
            new Problem(
                where,
                canonical + " gives " + unit,
                "Name a model whose output is in " + Kind.EGFR.unit() + "."));
  }

  private Optional<Problem> ofValueSet(String where, String canonical) {
    return terminology.expand(canonical).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                where,
                "ValueSet " + canonical + " is not here, or cannot be expanded",
                "Load it in this version, with its code system if it is not enumerated."));
  }

  private static String extension(String url) {
    return "Library.extension('" + url + "')";
  }
}
