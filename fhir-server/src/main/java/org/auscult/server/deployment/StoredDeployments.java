package org.auscult.server.deployment;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.feature.fhir.Parsed;
import org.auscult.server.deployment.LiveDeployments.Version;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deployments in the FHIR store. Which are live is read from the table each time; what a
 * version says never changes and is cached, bounded.
 */
final class StoredDeployments implements DeploymentCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(StoredDeployments.class);

  private final LiveDeployments live;
  private final IFhirResourceDao<PlanDefinition> plans;
  private final StoredDefinitions stored;
  private final Cache<Version, Deployment> versions =
      Caffeine.newBuilder().maximumSize(1_000).recordStats().build();
  private final Cache<String, Deployment> canonicals =
      Caffeine.newBuilder().maximumSize(1_000).recordStats().build();

  StoredDeployments(
      LiveDeployments live, IFhirResourceDao<PlanDefinition> plans, StoredDefinitions stored) {
    this.live = live;
    this.plans = plans;
    this.stored = stored;
  }

  @Override
  public List<Deployment> live() {
    List<Deployment> found = new ArrayList<>();
    for (Version version : live.all()) {
      Deployment deployment = versions.get(version, v -> read(v).orElse(null));
      if (deployment != null) {
        found.add(deployment);
      }
    }
    return found;
  }

  private Optional<Deployment> read(Version version) {
    IdType id = new IdType("PlanDefinition", version.id(), Long.toString(version.version()));
    try {
      Optional<Deployment> deployment = parsed(plans.read(id, new SystemRequestDetails()));
      if (deployment.isEmpty()) {
        LOG.error("{} is live, but this version of the server cannot read it", id.getValue());
      }
      return deployment;
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      LOG.error(
          "{} is live, but this version of it was expunged; suspend it and let it go live again",
          id.getValue());
      return Optional.empty();
    }
  }

  @Override
  public Optional<Deployment> find(String canonical) {
    return Optional.ofNullable(
        canonicals.get(
            canonical,
            c -> stored.planDefinition(c).flatMap(StoredDeployments::parsed).orElse(null)));
  }

  private static Optional<Deployment> parsed(PlanDefinition plan) {
    return Deployments.read(plan) instanceof Parsed.Accepted<Deployment> accepted
        ? Optional.of(accepted.value())
        : Optional.empty();
  }
}
