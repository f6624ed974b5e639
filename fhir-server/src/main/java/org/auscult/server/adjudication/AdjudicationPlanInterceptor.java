package org.auscult.server.adjudication;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.monitoring.adjudication.AdjudicationPlan;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.server.feature.Published;
import org.auscult.server.feature.Refused;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Questionnaire;

/**
 * Checks plans and their Questionnaires when they are to become active, and refuses a wrong one
 * with all of its problems at once; a draft may be wrong. An active version never changes: what a
 * verdict says of its question and its guideline stays true.
 */
@Interceptor
public final class AdjudicationPlanInterceptor {
  private final AdjudicationPlans reader;
  private final StoredPlans stored;
  private final OutcomeCatalog outcomes;

  AdjudicationPlanInterceptor(
      AdjudicationPlans reader, StoredPlans stored, OutcomeCatalog outcomes) {
    this.reader = reader;
    this.stored = stored;
    this.outcomes = outcomes;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource) {
    if (isOurs(resource)) {
      Refused.ifAny(problems((MetadataResource) resource));
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updating(IBaseResource before, IBaseResource after) {
    List<Problem> problems = new ArrayList<>();
    if (isOurs(before)) {
      problems.addAll(Published.problems((MetadataResource) before, (MetadataResource) after));
    }
    if (isOurs(after)) {
      problems.addAll(problems((MetadataResource) after));
    }
    Refused.ifAny(problems);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleting(IBaseResource resource) {
    if (isOurs(resource) && Published.is((MetadataResource) resource)) {
      Refused.ifAny(
          List.of(
              new Problem(
                  resource.fhirType(),
                  "it is published, and verdicts name it",
                  "Retire it instead.")));
    }
  }

  private static boolean isOurs(IBaseResource resource) {
    return (resource instanceof PlanDefinition plan && AdjudicationPlans.isOne(plan))
        || (resource instanceof Questionnaire form && AdjudicationForms.isOne(form));
  }

  private List<Problem> problems(MetadataResource resource) {
    if (resource.getStatus() != PublicationStatus.ACTIVE) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>(stored.another(resource));
    if (resource instanceof Questionnaire form) {
      problems.addAll(AdjudicationForms.problems(form));
    } else if (resource instanceof PlanDefinition plan) {
      Parsed<AdjudicationPlan> parsed = reader.read(plan);
      if (parsed instanceof Parsed.Refused<AdjudicationPlan> refused) {
        problems.addAll(refused.problems());
      } else {
        problems.addAll(misfits(parsed.orThrow()));
      }
    }
    return problems;
  }

  /** What an active plan names is here. */
  private List<Problem> misfits(AdjudicationPlan plan) {
    List<Problem> problems = new ArrayList<>();
    if (outcomes.outcome(plan.outcome()).isEmpty()) {
      problems.add(
          new Problem(
              where(AdjudicationUrls.OUTCOME),
              plan.outcome() + " is no outcome definition that is here",
              "Store it first, or correct the canonical."));
    }
    Optional<Questionnaire> form = stored.form(plan.questionnaire());
    if (form.filter(AdjudicationForms::isOne).isEmpty()
        || form.get().getStatus() != PublicationStatus.ACTIVE) {
      problems.add(
          new Problem(
              where(AdjudicationUrls.FORM),
              plan.questionnaire() + " is no active Questionnaire to adjudicators",
              "Give it the profile adjudication-questionnaire, and make it active first."));
    }
    for (String performer : plan.performers()) {
      if (!stored.isThere(performer)) {
        problems.add(
            new Problem(
                where(AdjudicationUrls.PERFORMER),
                performer + " is not here",
                "Store the practitioner first."));
      }
    }
    return problems;
  }

  private static String where(String url) {
    return "PlanDefinition.extension('" + url + "')";
  }
}
