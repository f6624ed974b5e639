package org.auscult.server.drift;

import org.auscult.feature.FeatureCatalog;
import org.auscult.model.ModelCatalog;
import org.auscult.server.PostgresServerTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresDriftTest extends PostgresServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private DriftRound round;
  @Autowired private DriftStore store;
  @Autowired private StoredDrift stored;
  @Autowired private FeatureCatalog features;
  @Autowired private ModelCatalog models;
  private DriftScenarios scenarios;

  @BeforeEach
  void serve() {
    scenarios = new DriftScenarios(client(), jdbc, round, store, features, models);
    scenarios.serve();
  }

  @AfterEach
  void forget() {
    scenarios.forget();
  }

  @Test
  void weeksBehindTheReferenceAreHeldAgainstIt() {
    scenarios.weeksBehindTheReferenceAreHeldAgainstIt();
  }

  @Test
  void aStretchOfTimeTellsItsWeeks() {
    scenarios.aStretchOfTimeTellsItsWeeks(stored);
  }

  @Test
  void theReferenceIsAnArtifactThatNeverChanges() {
    scenarios.theReferenceIsAnArtifactThatNeverChanges();
  }

  @Test
  void nothingIsWrittenTwiceAndWhatIsNewChangesItsWeekAlone() {
    scenarios.nothingIsWrittenTwiceAndWhatIsNewChangesItsWeekAlone();
  }

  /** Safety: 30. The first prediction of each patient counts. */
  @Test
  void aLateLabelIsToldAnew() {
    scenarios.aLateLabelIsToldAnew();
  }

  @Test
  void aModelWithTooFewPatientsHasALongerReference() {
    scenarios.aModelWithTooFewPatientsHasALongerReference();
  }

  @Test
  void anEventIsMarkedByTheReportsThatItTouches() {
    scenarios.anEventIsMarkedByTheReportsThatItTouches();
  }
}
