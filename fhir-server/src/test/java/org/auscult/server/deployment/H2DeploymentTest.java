package org.auscult.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class H2DeploymentTest extends ServerTest {
  @Autowired private DeploymentCatalog deployments;
  @Autowired private LiveDeployments live;

  private DeploymentScenarios scenarios() {
    return new DeploymentScenarios(client(), caller());
  }

  /** Governance: 11.10(f). */
  @Test
  void discoveryShowsWhatIsLive() throws Exception {
    scenarios().discoveryShowsWhatIsLive();
  }

  @Test
  void newVersionReplacesTheFormer() throws Exception {
    scenarios().newVersionReplacesTheFormer();
  }

  @Test
  void oneVersionIsLive() throws Exception {
    scenarios().oneVersionIsLive();
  }

  @Test
  void severalAnswerOneServiceOnAHook() throws Exception {
    scenarios().severalAnswerOneServiceOnAHook();
  }

  @Test
  void aLiveOneDoesNotChange() throws Exception {
    scenarios().aLiveOneDoesNotChange();
  }

  /** Governance: 11.10(f). */
  @Test
  void aWrongOneIsRefusedWithAllProblems() {
    scenarios().aWrongOneIsRefusedWithAllProblems();
  }

  /** What was expunged is left out, and the others still answer. */
  @Test
  void anExpungedVersionStopsNoOtherService() {
    Deployment other = deployments.live().get(0);
    Deployment gone =
        new Deployment(
            "https://example.org/gone",
            "1",
            "gone",
            other.hooks(),
            other.title(),
            other.description(),
            null,
            other.onFailure(),
            other.models(),
            other.overrideReasons());
    live.add(gone, new LiveDeployments.Version("gone", 7));
    try {
      assertThat(deployments.live()).contains(other);
    } finally {
      live.remove("gone");
    }
  }
}
