package org.auscult.server.access;

import org.auscult.server.PostgresServerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresTiesTest extends PostgresServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private JdbcPatientTies ties;
  @Autowired private TieBackfill backfill;

  private TieScenarios scenarios;

  @BeforeEach
  void prepare() {
    scenarios =
        new TieScenarios(
            jdbc,
            new TransactionTemplate(transactions),
            ties,
            backfill,
            resource -> client().update().resource(resource).execute());
  }

  @Test
  void makesTheTiesOfWhatWasStoredBefore() {
    scenarios.makesTheTiesOfWhatWasStoredBefore();
  }

  @Test
  void knowsAtOnceWhatThisNodeWrites() {
    scenarios.knowsAtOnceWhatThisNodeWrites();
  }

  @Test
  void knowsWithinItsBoundWhatAnotherNodeHasWritten() throws InterruptedException {
    scenarios.knowsWithinItsBoundWhatAnotherNodeHasWritten();
  }
}
