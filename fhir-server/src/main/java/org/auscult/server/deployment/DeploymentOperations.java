package org.auscult.server.deployment;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.deployment.LiveDeployments.Version;
import org.auscult.server.feature.Refused;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code $go-live} and {@code $suspend} of a deployment: the only ways by which its mode changes.
 * The PlanDefinition and the table of live deployments change in one transaction.
 */
public final class DeploymentOperations {
  private static final String DEFINITION = "https://auscult.org/fhir/OperationDefinition/";
  private static final String GO_LIVE = DEFINITION + "deployment-go-live";
  private static final String SUSPEND = DEFINITION + "deployment-suspend";
  private static final String OURS = DeploymentOperations.class.getName();

  private final IFhirResourceDao<PlanDefinition> plans;
  private final LiveDeployments live;
  private final StoredDefinitions stored;
  private final TransactionTemplate transaction;

  DeploymentOperations(
      IFhirResourceDao<PlanDefinition> plans,
      LiveDeployments live,
      StoredDefinitions stored,
      TransactionTemplate transaction) {
    this.plans = plans;
    this.live = live;
    this.stored = stored;
    this.transaction = transaction;
  }

  /** Whether a write is made by one of these operations. */
  static boolean isOurs(@Nullable RequestDetails request) {
    return request != null && request.getUserData().containsKey(OURS);
  }

  /**
   * Lets a deployment go live, for the next call on, in the place of its other versions. Live
   * already, it stays as it is. Other deployments may answer the same service on the same hook.
   *
   * @throws UnprocessableEntityException if it is no deployment, is retired, or a model of it is
   *     not active
   * @throws ResourceVersionConflictException if another version of it went live at the same time
   */
  @Operation(name = "$go-live", type = PlanDefinition.class, canonicalUrl = GO_LIVE)
  public PlanDefinition goLive(@IdParam IdType id) {
    return inTransaction(() -> goneLive(id));
  }

  /** Suspends a deployment, for the next call on. What is not live stays as it is. */
  @Operation(name = "$suspend", type = PlanDefinition.class, canonicalUrl = SUSPEND)
  public PlanDefinition suspend(@IdParam IdType id) {
    return inTransaction(
        () -> {
          PlanDefinition plan = plans.read(id, new SystemRequestDetails());
          return Deployments.isOne(plan) && Deployments.isLive(plan) ? suspended(plan) : plan;
        });
  }

  /**
   * Why monitoring suspends deployments.
   *
   * @param reason for people
   * @param issue reference of what was found
   */
  public record Finding(String reason, String issue, Instant time) {}

  /**
   * Suspends all that show a model and say that findings suspend them. It takes part in the
   * caller's transaction, and only ever lowers exposure.
   *
   * @param model {@code url|version}
   * @param isConcerned asked with the id of each
   * @return what was suspended, as it stands now
   */
  public List<PlanDefinition> suspend(
      String model, Finding finding, Predicate<String> isConcerned) {
    List<PlanDefinition> suspended = new ArrayList<>();
    for (Version version : live.all()) {
      PlanDefinition plan =
          plans.read(new IdType("PlanDefinition", version.id()), new SystemRequestDetails());
      if (Deployments.isSuspendedByFindings(plan)
          && Deployments.read(plan).orThrow().canonicals().contains(model)
          && isConcerned.test(version.id())) {
        Deployments.setSuspension(plan, finding.reason(), finding.issue(), finding.time());
        suspended.add(suspended(plan));
      }
    }
    return suspended;
  }

  private PlanDefinition inTransaction(Supplier<PlanDefinition> change) {
    try {
      PlanDefinition changed = transaction.execute(status -> change.get());
      if (changed == null) {
        throw new IllegalStateException("A change of a deployment gave nothing");
      }
      return changed;
    } catch (DuplicateKeyException e) {
      throw new ResourceVersionConflictException(
          "Another version of this deployment went live at the same time. Look which one is live, and"
              + " call $go-live again if it is to be this one.");
    }
  }

  private PlanDefinition goneLive(IdType id) {
    PlanDefinition plan = plans.read(id, new SystemRequestDetails());
    if (!Deployments.isOne(plan)) {
      throw new UnprocessableEntityException(
          "PlanDefinition/" + id.getIdPart() + " is no deployment: it lacks our profile.");
    }
    if (Deployments.isLive(plan)) {
      return plan;
    }
    Deployment deployment = Deployments.read(plan).orThrow();
    Refused.ifAny(obstacles(plan, deployment));
    for (PlanDefinition other : stored.planDefinitions(deployment.url())) {
      if (Deployments.isOne(other) && Deployments.isLive(other)) {
        suspended(other);
      }
    }
    plan.setStatus(PublicationStatus.ACTIVE);
    Deployments.clearSuspension(plan);
    Deployments.setMode(plan, Deployments.LIVE);
    PlanDefinition now = written(plan);
    live.add(
        deployment,
        new Version(now.getIdElement().getIdPart(), now.getIdElement().getVersionIdPartAsLong()));
    return now;
  }

  private List<Problem> obstacles(PlanDefinition plan, Deployment deployment) {
    List<Problem> problems = new ArrayList<>();
    if (plan.getStatus() == PublicationStatus.RETIRED) {
      problems.add(new Problem("PlanDefinition.status", "it is retired", "Publish a new version."));
    }
    for (String model : deployment.needs()) {
      PublicationStatus status =
          stored.library(model).map(Library::getStatus).orElse(PublicationStatus.NULL);
      if (status != PublicationStatus.ACTIVE) {
        problems.add(
            new Problem(
                "PlanDefinition.action.action",
                model + " is not active",
                "Make it active first: PUT its Library with status active."));
      }
    }
    return problems;
  }

  private PlanDefinition suspended(PlanDefinition plan) {
    live.remove(plan.getIdElement().getIdPart());
    Deployments.setMode(plan, Deployments.SUSPENDED);
    return written(plan);
  }

  private PlanDefinition written(PlanDefinition plan) {
    SystemRequestDetails request = new SystemRequestDetails();
    request.getUserData().put(OURS, Boolean.TRUE);
    return (PlanDefinition) plans.update(plan, request).getResource();
  }
}
