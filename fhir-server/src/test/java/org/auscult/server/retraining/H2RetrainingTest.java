package org.auscult.server.retraining;

import org.auscult.server.ServerTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class H2RetrainingTest extends ServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private RetrainingRound round;
  private RetrainingScenarios scenarios;

  @BeforeEach
  void predict() {
    scenarios = new RetrainingScenarios(client(), jdbc, round);
    scenarios.predict();
  }

  @AfterEach
  void forget() {
    scenarios.forget();
  }

  @Test
  void peopleAreAskedOnceWhenTheTimeHasCome() {
    scenarios.peopleAreAskedOnceWhenTheTimeHasCome();
  }

  @Test
  void aFurtherReasonGoesIntoTheTaskThatWaits() {
    scenarios.aFurtherReasonGoesIntoTheTaskThatWaits();
  }

  @Test
  void severalNodesAskOnce() throws Exception {
    scenarios.severalNodesAskOnce();
  }

  @Test
  void aWrongPlanIsRefusedWithAllReasons() {
    scenarios.aWrongPlanIsRefusedWithAllReasons();
  }
}
