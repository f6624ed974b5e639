package org.auscult.server.timeline;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.auscult.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class H2RebuildTest extends ServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TimelineRebuild rebuild;
  @Autowired private DaoRegistry daos;

  private RebuildScenarios scenarios() {
    return new RebuildScenarios(client(), jdbc, rebuild, daos);
  }

  @Test
  void correctionsDeletionsAndMovesRebuild() {
    scenarios().correctionsDeletionsAndMovesRebuild();
  }

  @Test
  void mergesAndTheirUndoingRebuild() {
    scenarios().mergesAndTheirUndoingRebuild();
  }

  @Test
  void whatModelsWroteByProvenanceRebuilds() {
    scenarios().whatModelsWroteByProvenanceRebuilds();
  }

  @Test
  void whatAnEarlierProjectionLeftOutIsFilledIn() {
    scenarios().whatAnEarlierProjectionLeftOutIsFilledIn();
  }

  @Test
  void tagsAddedInPlaceRebuild() {
    scenarios().tagsAddedInPlaceRebuild();
  }

  @Test
  void loadedHistoryAndItsCorrectionRebuild() {
    scenarios().loadedHistoryAndItsCorrectionRebuild();
  }

  @Test
  void expungedVersionsLeaveNoRowsAndATrace() {
    scenarios().expungedVersionsLeaveNoRowsAndATrace();
  }

  @Test
  void aDamagedTimelineIsFoundAndMended() {
    scenarios().aDamagedTimelineIsFoundAndMended();
  }

  @Test
  void wholeNumbersRebuildEachTime() {
    scenarios().wholeNumbersRebuildEachTime();
  }

  @Test
  void writersOfOneAndManyPatientsRebuild() throws Exception {
    scenarios().writersOfOneAndManyPatientsRebuild();
  }
}
