package org.auscult.deployment;

import java.util.List;
import java.util.Optional;

/** Port: the deployments of this site. */
public interface DeploymentCatalog {
  /**
   * Those that are live at this moment, on whichever node that was decided, in the order of their
   * services' ids.
   */
  List<Deployment> live();

  /** One version, live or not: a stored prediction is shown again as it was shown first. */
  Optional<Deployment> find(String canonical);
}
