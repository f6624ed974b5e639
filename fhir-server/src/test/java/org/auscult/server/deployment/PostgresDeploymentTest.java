package org.auscult.server.deployment;

import org.auscult.server.PostgresServerTest;
import org.junit.jupiter.api.Test;

class PostgresDeploymentTest extends PostgresServerTest {
  private DeploymentScenarios scenarios() {
    return new DeploymentScenarios(client(), caller());
  }

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

  @Test
  void aWrongOneIsRefusedWithAllProblems() {
    scenarios().aWrongOneIsRefusedWithAllProblems();
  }
}
