package org.auscult.server.deployment;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.deployment.OrderCard;
import org.auscult.deployment.fhir.DeploymentUrls;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.order.fhir.OrderRuleTables;
import org.auscult.server.feature.Refused;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Checks every deployment that is written, and refuses a wrong one with all of its problems at
 * once. An active one never changes, its mode changes by operations only, and a live one and its
 * models can be neither retired nor deleted.
 */
@Interceptor
public final class DeploymentInterceptor {
  private final StoredDefinitions stored;
  private final LiveDeployments live;
  private final DeploymentCatalog deployments;

  DeploymentInterceptor(
      StoredDefinitions stored, LiveDeployments live, DeploymentCatalog deployments) {
    this.stored = stored;
    this.live = live;
    this.deployments = deployments;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource, @Nullable RequestDetails request) {
    if (resource instanceof PlanDefinition plan && Deployments.isOne(plan)) {
      List<Problem> problems = problems(plan);
      checkMode(null, plan, request, problems);
      Refused.ifAny(problems);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updating(
      IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    if (after instanceof Library model && model.getStatus() != PublicationStatus.ACTIVE) {
      requireUnused(model);
    }
    if (!(after instanceof PlanDefinition plan) || !(before instanceof PlanDefinition former)) {
      return;
    }
    if (!Deployments.isOne(plan)) {
      if (Deployments.isLive(former)) {
        throw suspendFirst(former);
      }
      return;
    }
    List<Problem> problems = problems(plan);
    if (Deployments.isOne(former)) {
      checkMode(former, plan, request, problems);
      checkChange(former, plan, problems);
      if (Deployments.isLive(plan) && plan.getStatus() != PublicationStatus.ACTIVE) {
        throw suspendFirst(former);
      }
    } else {
      checkMode(null, plan, request, problems);
    }
    Refused.ifAny(problems);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleting(IBaseResource resource) {
    if (resource instanceof PlanDefinition plan && live.isLive(plan.getIdElement().getIdPart())) {
      throw suspendFirst(plan);
    }
    if (resource instanceof Library model) {
      requireUnused(model);
    }
  }

  /** Neither a model nor order rules are taken away from under a deployment that shows them. */
  private void requireUnused(Library library) {
    if (!PredictionModels.isOne(library) && !OrderRuleTables.isOne(library)) {
      return;
    }
    String canonical = library.getUrl() + "|" + library.getVersion();
    for (Deployment deployment : deployments.live()) {
      if (deployment.needs().contains(canonical)) {
        throw new ResourceVersionConflictException(
            canonical
                + " is used by "
                + deployment.canonical()
                + ", which is live. Suspend that first, by $suspend.");
      }
    }
  }

  private static ResourceVersionConflictException suspendFirst(PlanDefinition plan) {
    return new ResourceVersionConflictException(
        "PlanDefinition/"
            + plan.getIdElement().getIdPart()
            + " is live: its cards are shown. Suspend it first, by $suspend.");
  }

  private List<Problem> problems(PlanDefinition plan) {
    List<Problem> problems = new ArrayList<>();
    if (Deployments.read(plan) instanceof Parsed.Refused<Deployment> refused) {
      problems.addAll(refused.problems());
    } else {
      Deployment deployment = Deployments.read(plan).orThrow();
      for (String model : deployment.canonicals()) {
        problems.addAll(misfits(deployment, model));
      }
      OrderCard orders = deployment.orders();
      if (orders != null
          && stored.library(orders.rules()).filter(OrderRuleTables::isOne).isEmpty()) {
        problems.add(
            new Problem(
                "PlanDefinition.action.action.extension('" + DeploymentUrls.ORDER_RULES + "')",
                orders.rules() + " are no order rules that are here",
                "Register them first, or correct the canonical."));
      }
      stored.planDefinitions(deployment.url()).stream()
          .filter(p -> deployment.version().equals(p.getVersion()))
          .map(p -> p.getIdElement().getIdPart())
          .filter(id -> !id.equals(plan.getIdElement().getIdPart()))
          .findFirst()
          .ifPresent(
              id ->
                  problems.add(
                      new Problem(
                          "PlanDefinition.version",
                          deployment.canonical() + " is already PlanDefinition/" + id,
                          "Give the new one a version of its own.")));
    }
    return problems;
  }

  private List<Problem> misfits(Deployment deployment, String canonical) {
    Optional<Library> library = stored.library(canonical).filter(PredictionModels::isOne);
    if (library.isPresent()
        && PredictionModels.read(library.get())
            instanceof Parsed.Accepted<PredictionModel> accepted) {
      return Deployments.misfits(deployment, accepted.value());
    }
    return List.of(
        new Problem(
            "PlanDefinition.action.action.extension('" + DeploymentUrls.MODEL + "')",
            canonical + " is no model that is here",
            "Register it first, or correct the canonical."));
  }

  private static void checkMode(
      @Nullable PlanDefinition former,
      PlanDefinition plan,
      @Nullable RequestDetails request,
      List<Problem> problems) {
    if (DeploymentOperations.isOurs(request)) {
      return;
    }
    if (!Objects.equals(former == null ? null : Deployments.mode(former), Deployments.mode(plan))) {
      problems.add(
          new Problem(
              "PlanDefinition.extension('" + DeploymentUrls.MODE + "')",
              "the mode is set by operations only",
              "Leave it as it is; call $go-live or $suspend."));
    }
    if (!Base.compareDeep(
        former == null ? List.of() : former.getExtensionsByUrl(DeploymentUrls.SUSPENSION),
        plan.getExtensionsByUrl(DeploymentUrls.SUSPENSION),
        true)) {
      problems.add(
          new Problem(
              "PlanDefinition.extension('" + DeploymentUrls.SUSPENSION + "')",
              "only monitoring says why it has suspended a deployment",
              "Leave it as it is; $go-live takes it out."));
    }
  }

  private static void checkChange(
      PlanDefinition former, PlanDefinition plan, List<Problem> problems) {
    if (former.getStatus() == PublicationStatus.ACTIVE
        && Objects.equals(former.getVersion(), plan.getVersion())
        && !comparable(former).equalsDeep(comparable(plan))) {
      problems.add(
          new Problem(
              "PlanDefinition",
              former.getUrl() + "|" + former.getVersion() + " is active and does not change",
              "Publish the change under a new version; only the status may become retired."));
    }
  }

  /** Without what the server sets, and without status and mode, which may go on. */
  private static PlanDefinition comparable(PlanDefinition plan) {
    PlanDefinition copy = plan.copy();
    copy.setMeta(null);
    copy.setText(null);
    copy.setId((String) null);
    copy.setStatus(null);
    copy.getExtension().removeIf(e -> e.getUrl().equals(DeploymentUrls.MODE));
    Deployments.clearSuspension(copy);
    return copy;
  }
}
