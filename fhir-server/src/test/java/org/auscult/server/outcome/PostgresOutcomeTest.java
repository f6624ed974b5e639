package org.auscult.server.outcome;

import org.auscult.server.PostgresServerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresOutcomeTest extends PostgresServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private OutcomeRound round;
  private OutcomeScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new OutcomeScenarios(client(), jdbc, round);
  }

  /** Safety: 31. */
  @Test
  void whatHappensIsLabelledOnceWithItsEvidence() throws Exception {
    scenarios.whatHappensIsLabelledOnceWithItsEvidence();
  }

  @Test
  void aCorrectionGivesALabelOfItsOwn() throws Exception {
    scenarios.aCorrectionGivesALabelOfItsOwn();
  }

  /** Safety: 29. */
  @Test
  void aHorizonThatEndsNeedsProofOfFollowUp() throws Exception {
    scenarios.aHorizonThatEndsNeedsProofOfFollowUp();
  }

  /** Safety: 29. */
  @Test
  void aSilentFeedProvesNothingUntilItIsHeardAgain() throws Exception {
    scenarios.aSilentFeedProvesNothingUntilItIsHeardAgain();
  }

  @Test
  void aHistoryHasAllVersions() throws Exception {
    scenarios.aHistoryHasAllVersions();
  }

  /** Safety: 3. */
  @Test
  void aMergeTakesPredictionsAlong() throws Exception {
    scenarios.aMergeTakesPredictionsAlong();
  }

  @Test
  void aLabelIsNoFactAndNobodyElsesToWrite() throws Exception {
    scenarios.aLabelIsNoFactAndNobodyElsesToWrite();
  }

  @Test
  void whoFailsIsTriedLaterAndHoldsNobodyUp() throws Exception {
    scenarios.whoFailsIsTriedLaterAndHoldsNobodyUp();
  }

  @Test
  void roundsAtOnceSayNothingTwice() throws Exception {
    scenarios.roundsAtOnceSayNothingTwice();
  }
}
