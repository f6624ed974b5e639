package org.auscult.server.use;

import org.auscult.server.ServerTest;
import org.auscult.server.journal.Materialiser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class H2OrdersAfterCallsTest extends ServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Materialiser materialiser;
  @Autowired private UseRound round;
  @Autowired private FollowedOrders orders;
  private OrderScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new OrderScenarios(caller(), client(), jdbc, materialiser, round, orders);
  }

  @AfterEach
  void forget() {
    scenarios.forget();
  }

  @Test
  void anOrderThatComesLateIsFollowedThroughItsCorrections() throws Exception {
    scenarios.anOrderThatComesLateIsFollowedThroughItsCorrections();
  }

  @Test
  void otherOrdersDoNotCount() throws Exception {
    scenarios.otherOrdersDoNotCount();
  }

  @Test
  void aDrugIsFollowedThroughAStoredMedication() throws Exception {
    scenarios.aDrugIsFollowedThroughAStoredMedication();
  }

  @Test
  void eachOfTwoDraftsHasItsOwnOrder() throws Exception {
    scenarios.eachOfTwoDraftsHasItsOwnOrder();
  }

  @Test
  void aRetryIsCountedOnce() throws Exception {
    scenarios.aRetryIsCountedOnce();
  }

  @Test
  void aDraftOfOurRecordIsFollowedByItsId() throws Exception {
    scenarios.aDraftOfOurRecordIsFollowedByItsId();
  }

  @Test
  void aProposedOrderIsFollowed() throws Exception {
    scenarios.aProposedOrderIsFollowed();
  }

  @Test
  void ofPatientsWhoWentElsewhereNobodyKnows() throws Exception {
    scenarios.ofPatientsWhoWentElsewhereNobodyKnows();
  }

  @Test
  void aCallBelongsToTheWardOfThePatient() throws Exception {
    scenarios.aCallBelongsToTheWardOfThePatient();
  }
}
