package org.auscult.server.simulation;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureSet;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureSets;
import org.auscult.feature.fhir.Problem;
import org.auscult.ig.Ig;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.model.onnx.OnnxScorer;
import org.auscult.monitoring.alert.AlertRule;
import org.auscult.monitoring.retraining.RetrainingPlan;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.outcome.fhir.OutcomeDefinitions;
import org.auscult.outcome.fhir.OutcomeResolver;
import org.auscult.server.alert.AlertRules;
import org.auscult.server.retraining.RetrainingPlans;
import org.auscult.terminology.fhir.Expansion;
import org.auscult.terminology.fhir.ValueSetExpander;
import org.auscult.timeline.Code;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of the year: features, outcome and alert rules of the starter pack, and model,
 * deployment, one rule and retraining plan that were made for it. All are read as a server reads
 * them.
 */
final class Pack implements FeatureCatalog {
  private static final String NAME = "simulated-hospital-death";
  private static final String ALERT = "PlanDefinition-alert-";
  private static final FhirContext R4 = FhirContext.forR4Cached();

  private final FeatureDefinitions definitions = new FeatureDefinitions(CodeUnits.standard());
  private final ValueSetExpander expander = new ValueSetExpander(new Guide());

  /** The terminology of the guide. */
  private static final class Guide implements ValueSetExpander.Content {
    @Override
    public List<CodeSystem> codeSystems(String url, @Nullable String version) {
      return List.of();
    }

    @Override
    public List<ValueSet> valueSets(String canonical) {
      return List.of(parsed(ValueSet.class, Ig.json("ValueSet-" + id(canonical) + ".json")));
    }
  }

  /** The model, ready to score; who takes it closes its scorer. */
  RegisteredModel model() {
    PredictionModel model = PredictionModels.read(library(NAME)).orThrow();
    String file = "/org/auscult/model/artifacts/" + NAME + ".onnx";
    try (InputStream in =
        Objects.requireNonNull(PredictionModel.class.getResourceAsStream(file), file)) {
      return new RegisteredModel(
          model,
          featureSet(model.featureSet()).orElseThrow(),
          OnnxScorer.load(in.readAllBytes(), model.inputs().size(), model.outputs().size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The deployment as it is stored, a copy of its own. */
  PlanDefinition deploymentPlan() {
    return plan(NAME);
  }

  Deployment deployment() {
    return Deployments.read(deploymentPlan()).orThrow();
  }

  /** The starter pack's alert rules, and the one by which this site suspends. */
  List<AlertRule> rules() {
    AlertRules reader = new AlertRules(R4);
    List<AlertRule> rules = new ArrayList<>();
    Ig.names().stream()
        .filter(name -> name.startsWith(ALERT))
        .map(name -> parsed(PlanDefinition.class, Ig.json(name)))
        .forEach(plan -> rules.add(reader.read(plan).orThrow()));
    rules.add(reader.read(plan("simulated-discrimination-lost")).orThrow());
    return rules;
  }

  RetrainingPlan retraining() {
    return RetrainingPlans.read(plan("simulated-retraining")).orThrow();
  }

  /** What the model's output names. */
  ResolvedOutcome outcome(String canonical) {
    OutcomeResolver resolver =
        new OutcomeResolver(
            new OutcomeResolver.Features() {
              @Override
              public Optional<ResolvedFeature> resolve(
                  FeatureDefinition definition, List<Problem> problems) {
                return Optional.of(resolved(definition));
              }

              @Override
              public Optional<ResolvedFeature> feature(String named) {
                return Pack.this.feature(named);
              }

              @Override
              public Optional<Set<Code>> expand(String valueSet) {
                return Optional.of(codes(valueSet));
              }
            });
    List<Problem> problems = new ArrayList<>();
    return resolver
        .resolve(
            new OutcomeDefinitions(definitions).read(library(id(canonical))).orThrow(), problems)
        .orElseThrow(() -> new IllegalStateException(canonical + ": " + problems));
  }

  @Override
  public Optional<ResolvedFeatureSet> featureSet(String canonical) {
    FeatureSet set = FeatureSets.read(library(id(canonical))).orThrow();
    List<ResolvedFeature> features =
        set.members().stream().map(member -> feature(member).orElseThrow()).toList();
    return Optional.of(new ResolvedFeatureSet(set.url(), set.version(), set.name(), features));
  }

  @Override
  public Optional<ResolvedFeature> feature(String canonical) {
    return Optional.of(resolved(definitions.read(library(id(canonical))).orThrow()));
  }

  /** The year's features have neither answers nor inputs of their own. */
  private ResolvedFeature resolved(FeatureDefinition definition) {
    Set<Code> codes = new HashSet<>(definition.codes());
    codes.addAll(codes(definition.valueSet()));
    return new ResolvedFeature(definition, codes, Set.of(), Set.of());
  }

  private Set<Code> codes(@Nullable String valueSet) {
    if (valueSet == null) {
      return Set.of();
    }
    if (expander.expand(valueSet) instanceof Expansion.Whole whole) {
      return whole.codes();
    }
    throw new IllegalStateException(valueSet + " cannot be expanded");
  }

  private static Library library(String id) {
    return parsed(Library.class, json("Library-" + id + ".json"));
  }

  private static PlanDefinition plan(String id) {
    return parsed(PlanDefinition.class, json("PlanDefinition-" + id + ".json"));
  }

  /** Of the year, or else of the guide. */
  private static String json(String name) {
    try (InputStream in = Pack.class.getResourceAsStream("/org/auscult/simulation/" + name)) {
      return in == null ? Ig.json(name) : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T extends Resource> T parsed(Class<T> type, String json) {
    return R4.newJsonParser().parseResource(type, json);
  }

  private static String id(String canonical) {
    String url = canonical.substring(0, canonical.indexOf('|'));
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
