package org.auscult.cds;

import java.util.List;
import java.util.Optional;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;

/**
 * Deployments that a test sets.
 *
 * @param live may change while serving
 */
public record FixedDeployments(List<Deployment> live) implements DeploymentCatalog {
  @Override
  public Optional<Deployment> find(String canonical) {
    return live.stream().filter(d -> d.canonical().equals(canonical)).findFirst();
  }
}
