package org.auscult.server.monitoring;

import org.auscult.server.PostgresServerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresMonitoringTest extends PostgresServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MonitoringRound round;
  private MonitoringScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new MonitoringScenarios(client(), jdbc, round);
  }

  @Test
  void whatWasServedIsMadeAgain() throws Exception {
    scenarios.whatWasServedIsMadeAgain();
  }

  @Test
  void whatCannotBeMadeAgainIsTold() throws Exception {
    scenarios.whatCannotBeMadeAgainIsTold();
  }

  @Test
  void aSampleFollowsItsSeed() throws Exception {
    scenarios.aSampleFollowsItsSeed();
  }

  @Test
  void whoFallsSilentIsTold() {
    scenarios.whoFallsSilentIsTold();
  }

  @Test
  void evidenceHasItsAge() throws Exception {
    scenarios.evidenceHasItsAge();
  }
}
