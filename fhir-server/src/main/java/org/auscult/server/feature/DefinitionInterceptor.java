package org.auscult.server.feature;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureSet;
import org.auscult.feature.fhir.ContextRules;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureSets;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.order.OrderRules;
import org.auscult.order.fhir.OrderRuleTables;
import org.auscult.outcome.fhir.OutcomeDefinitions;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks every definition that is written, and refuses a wrong one with all of its problems at
 * once. An active version never changes: what a model was trained on stays what it was.
 */
@Interceptor
public final class DefinitionInterceptor {
  private final FeatureDefinitions reader;
  private final StoredFeatureCatalog catalog;
  private final StoredDefinitions stored;
  private final CodeSystems codeSystems;
  private final ModelCheck modelCheck;
  private final ModelOutcomes modelOutcomes;
  private final RegisterCheck registerCheck;
  private final OrderRulesCheck orderRulesCheck;
  private final OutcomeCheck outcomeCheck;
  private final ContextRuleCheck contextRuleCheck;
  private final MappingCheck mappingCheck;
  private final CohortCheck cohortCheck;
  private final DefinitionLife life;

  DefinitionInterceptor(
      FeatureDefinitions reader,
      StoredFeatureCatalog catalog,
      StoredDefinitions stored,
      CodeSystems codeSystems,
      ModelCheck modelCheck,
      ModelOutcomes modelOutcomes,
      RegisterCheck registerCheck,
      OrderRulesCheck orderRulesCheck,
      OutcomeCheck outcomeCheck,
      ContextRuleCheck contextRuleCheck,
      MappingCheck mappingCheck,
      CohortCheck cohortCheck,
      DefinitionLife life) {
    this.reader = reader;
    this.catalog = catalog;
    this.stored = stored;
    this.codeSystems = codeSystems;
    this.modelCheck = modelCheck;
    this.modelOutcomes = modelOutcomes;
    this.registerCheck = registerCheck;
    this.orderRulesCheck = orderRulesCheck;
    this.outcomeCheck = outcomeCheck;
    this.contextRuleCheck = contextRuleCheck;
    this.mappingCheck = mappingCheck;
    this.cohortCheck = cohortCheck;
    this.life = life;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource, @Nullable RequestDetails request) {
    note(resource);
    if (resource instanceof Library library) {
      check(null, library, request);
    } else if (resource instanceof ConceptMap map) {
      mappingCheck.check(map, null);
    } else if (resource instanceof Group group) {
      cohortCheck.check(group);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updating(
      IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    note(after);
    if (after instanceof Library library) {
      Library former = before instanceof Library known && isOurs(known) ? known : null;
      if (former != null) {
        life.keep(former, library);
      }
      check(former, library, request);
      if (former != null) {
        Refused.ifAny(Published.problems(former, library));
      }
    } else if (after instanceof ConceptMap map) {
      mappingCheck.check(map, before instanceof ConceptMap former ? former : null);
    } else if (after instanceof Group group) {
      cohortCheck.check(group);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleting(IBaseResource resource) {
    if (resource instanceof Library library && isOurs(library)) {
      life.deleting(library);
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    forget(resource);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after) {
    forget(after);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
  public void deleted(IBaseResource resource) {
    forget(resource);
  }

  private void forget(IBaseResource resource) {
    if (resource instanceof Library || isTerminology(resource)) {
      catalog.forget();
    }
  }

  private static void note(IBaseResource resource) {
    if (isTerminology(resource)) {
      TerminologyWrites.note();
    }
  }

  private static boolean isTerminology(IBaseResource resource) {
    return resource instanceof ValueSet
        || resource instanceof CodeSystem
        || resource instanceof ConceptMap;
  }

  private void check(@Nullable Library former, Library library, @Nullable RequestDetails request) {
    List<Problem> problems = new ArrayList<>();
    // What is published stays as it is: it may be older than some of what is asked for now.
    Library settled = former != null && Published.isStill(former, library) ? former : null;
    boolean isSettled = settled != null;
    if (FeatureDefinitions.isOne(library)) {
      Parsed<FeatureDefinition> parsed = reader.read(library);
      problems.addAll(problems(parsed));
      if (!isSettled) {
        problems.addAll(codeSystems.unknown(library));
      }
      if (parsed instanceof Parsed.Accepted<FeatureDefinition> accepted) {
        catalog
            .resolve(accepted.value(), problems)
            .ifPresent(
                feature ->
                    ExpansionHash.settle(
                        library, settled, ExpansionHash.Expanded.of(feature), problems));
      } else {
        problems.addAll(catalog.absences(library));
      }
    } else if (FeatureSets.isOne(library)) {
      Parsed<FeatureSet> parsed = FeatureSets.read(library);
      problems.addAll(problems(parsed));
      if (parsed instanceof Parsed.Accepted<FeatureSet> accepted) {
        accepted.value().members().stream()
            .filter(member -> catalog.feature(member).isEmpty())
            .forEach(member -> problems.addAll(catalog.obstaclesOf(member)));
        if (problems.isEmpty()) {
          problems.addAll(catalog.misfits(accepted.value()));
        }
      }
    } else if (PredictionModels.isOne(library)) {
      Parsed<PredictionModel> parsed = PredictionModels.read(library);
      problems.addAll(problems(parsed));
      if (parsed instanceof Parsed.Accepted<PredictionModel> accepted) {
        problems.addAll(misfits(accepted.value()));
        if (!isSettled) {
          catalog
              .featureSet(accepted.value().featureSet())
              .map(set -> registerCheck.problems(library, accepted.value(), set))
              .ifPresent(problems::addAll);
          problems.addAll(modelOutcomes.problems(library, accepted.value()));
        }
        if (library.getStatus() == PublicationStatus.ACTIVE) {
          problems.addAll(modelCheck.problems(library, accepted.value()));
        }
      }
    } else if (OrderRuleTables.isOne(library)) {
      Parsed<OrderRules> parsed = OrderRuleTables.read(library);
      problems.addAll(problems(parsed));
      if (parsed instanceof Parsed.Accepted<OrderRules> accepted) {
        problems.addAll(orderRulesCheck.problems(accepted.value()));
      }
    } else if (ContextRules.isOne(library)) {
      problems.addAll(contextRuleCheck.problems(library, settled));
    } else if (OutcomeDefinitions.isOne(library)) {
      problems.addAll(outcomeCheck.problems(library, isSettled));
    }
    if (!isSettled && isOurs(library)) {
      problems.addAll(life.problems(former, library, request));
    }
    if (problems.isEmpty() && isOurs(library)) {
      Optional<Library> other = stored.other(library);
      other.ifPresent(
          o ->
              problems.add(
                  new Problem(
                      "Library.version",
                      library.getUrl()
                          + "|"
                          + library.getVersion()
                          + " is already Library/"
                          + o.getIdElement().getIdPart(),
                      "Give the new one a version of its own.")));
    }
    Refused.ifAny(problems);
    life.describe(library);
  }

  private List<Problem> misfits(PredictionModel model) {
    String where = "Library.extension('" + ModelUrls.INPUT + "')";
    return catalog
        .featureSet(model.featureSet())
        .map(
            set ->
                RegisteredModel.misfits(model, set).stream()
                    .map(what -> new Problem(where, what, "Correct the model or its features."))
                    .toList())
        .orElseGet(() -> withoutFeatures(model.featureSet()));
  }

  private List<Problem> withoutFeatures(String featureSet) {
    String where = "Library.relatedArtifact.resource";
    List<String> obstacles = catalog.obstacles(featureSet);
    return obstacles.isEmpty()
        ? List.of(
            new Problem(
                where,
                featureSet + " is no feature set that is here",
                "Create it first, or correct the canonical."))
        : obstacles.stream()
            .map(
                why ->
                    new Problem(
                        where,
                        featureSet + " cannot be used: " + why,
                        "Mend the features before the model."))
            .toList();
  }

  private static boolean isOurs(Library library) {
    return FeatureDefinitions.isOne(library)
        || FeatureSets.isOne(library)
        || PredictionModels.isOne(library)
        || OrderRuleTables.isOne(library)
        || OutcomeDefinitions.isOne(library)
        || ContextRules.isOne(library);
  }

  private static List<Problem> problems(Parsed<?> parsed) {
    return parsed instanceof Parsed.Refused<?> refused ? refused.problems() : List.of();
  }
}
