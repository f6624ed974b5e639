package org.auscult.server.life;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.feature.Published;
import org.auscult.server.feature.Refused;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.PlanDefinition;

/**
 * Checks every PlanDefinition of one kind that is written, and refuses a wrong one with all of its
 * problems at once. An active version never changes: what is said of it stays true.
 */
@Interceptor
public final class PlanInterceptor {
  private final Predicate<PlanDefinition> isOne;
  private final Function<PlanDefinition, List<Problem>> check;
  private final StoredDefinitions stored;

  /**
   * @param isOne whether a PlanDefinition claims to be of this kind
   * @param check all that is wrong with what it says
   */
  public PlanInterceptor(
      Predicate<PlanDefinition> isOne,
      Function<PlanDefinition, List<Problem>> check,
      StoredDefinitions stored) {
    this.isOne = isOne;
    this.check = check;
    this.stored = stored;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource) {
    if (resource instanceof PlanDefinition plan && isOne.test(plan)) {
      Refused.ifAny(problems(plan));
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updating(IBaseResource before, IBaseResource after) {
    if (!(after instanceof PlanDefinition plan)
        || !(before instanceof PlanDefinition former)
        || !(isOne.test(plan) || isOne.test(former))) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    if (isOne.test(former)) {
      problems.addAll(Published.problems(former, plan));
    }
    if (isOne.test(plan) && plan.getStatus() != PublicationStatus.RETIRED) {
      problems.addAll(problems(plan));
    }
    Refused.ifAny(problems);
  }

  private List<Problem> problems(PlanDefinition plan) {
    List<Problem> problems = new ArrayList<>(check.apply(plan));
    if (!problems.isEmpty()) {
      return problems;
    }
    String canonical = plan.getUrl() + "|" + plan.getVersion();
    stored
        .planDefinition(canonical)
        .map(found -> found.getIdElement().getIdPart())
        .filter(id -> !id.equals(plan.getIdElement().getIdPart()))
        .ifPresent(
            id ->
                problems.add(
                    new Problem(
                        "PlanDefinition.version",
                        canonical + " is already PlanDefinition/" + id,
                        "Give the new one a version of its own.")));
    return problems;
  }
}
