package org.auscult.server.alert;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Problems;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.monitoring.alert.AlertRule;
import org.auscult.server.feature.Refused;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.PlanDefinition;

/**
 * Checks every alert rule that is written, and refuses a wrong one with all of its problems at
 * once. An active version never changes: what an issue says of its rule stays true.
 */
@Interceptor
public final class AlertRuleInterceptor {
  private final AlertRules reader;
  private final StoredDefinitions stored;
  private final ModelCatalog models;

  AlertRuleInterceptor(AlertRules reader, StoredDefinitions stored, ModelCatalog models) {
    this.reader = reader;
    this.stored = stored;
    this.models = models;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource) {
    if (resource instanceof PlanDefinition plan && AlertRules.isOne(plan)) {
      Refused.ifAny(problems(plan));
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updating(IBaseResource before, IBaseResource after) {
    if (!(after instanceof PlanDefinition plan)
        || !(before instanceof PlanDefinition former)
        || !(AlertRules.isOne(plan) || AlertRules.isOne(former))) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    if (isSettled(former)) {
      problems.addAll(changes(former, plan));
    }
    if (AlertRules.isOne(plan) && plan.getStatus() != PublicationStatus.RETIRED) {
      problems.addAll(problems(plan));
    }
    Refused.ifAny(problems);
  }

  private static boolean isSettled(PlanDefinition plan) {
    return AlertRules.isOne(plan)
        && (plan.getStatus() == PublicationStatus.ACTIVE
            || plan.getStatus() == PublicationStatus.RETIRED);
  }

  private static List<Problem> changes(PlanDefinition former, PlanDefinition plan) {
    if (!comparable(former).equalsDeep(comparable(plan))) {
      return List.of(
          new Problem(
              "PlanDefinition",
              former.getUrl() + "|" + former.getVersion() + " is published and does not change",
              "Publish the change under a new version, and retire this one."));
    }
    if (plan.getStatus() != former.getStatus() && plan.getStatus() != PublicationStatus.RETIRED) {
      return List.of(
          new Problem(
              "PlanDefinition.status",
              former.getUrl() + "|" + former.getVersion() + " can only be retired",
              "Publish a new version."));
    }
    return List.of();
  }

  private static PlanDefinition comparable(PlanDefinition plan) {
    PlanDefinition copy = plan.copy();
    copy.getMeta().setVersionId(null).setLastUpdated(null).setSource(null);
    copy.setText(null);
    copy.setId((String) null);
    copy.setStatus(null);
    return copy;
  }

  private List<Problem> problems(PlanDefinition plan) {
    Parsed<AlertRule> parsed = reader.read(plan);
    if (parsed instanceof Parsed.Refused<AlertRule> refused) {
      return refused.problems();
    }
    AlertRule rule = parsed.orThrow();
    List<Problem> problems = new ArrayList<>(misfits(rule));
    stored
        .planDefinition(rule.canonical())
        .map(found -> found.getIdElement().getIdPart())
        .filter(id -> !id.equals(plan.getIdElement().getIdPart()))
        .ifPresent(
            id ->
                problems.add(
                    new Problem(
                        "PlanDefinition.version",
                        rule.canonical() + " is already PlanDefinition/" + id,
                        "Give the new one a version of its own.")));
    return problems;
  }

  /** A rule that names one version of a model names one that is here, and an output of it. */
  private List<Problem> misfits(AlertRule rule) {
    if (rule.model() == null || !Problems.isPinned(rule.model())) {
      return List.of();
    }
    Optional<PredictionModel> model = models.find(rule.model()).map(RegisteredModel::model);
    if (model.isEmpty()) {
      return List.of(
          new Problem(
              "PlanDefinition.extension('" + AlertUrls.MODEL + "')",
              rule.model() + " is no model that is here",
              "Register it first, or correct the canonical."));
    }
    if (rule.output() != null && model.get().output(rule.output()).isEmpty()) {
      return List.of(
          new Problem(
              "PlanDefinition.extension('" + AlertUrls.OUTPUT + "')",
              rule.model() + " has no output " + rule.output(),
              "Name one of its outputs, or leave it out for all."));
    }
    return List.of();
  }
}
