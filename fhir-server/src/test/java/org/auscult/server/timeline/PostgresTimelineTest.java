package org.auscult.server.timeline;

import org.auscult.server.PostgresServerTest;
import org.auscult.timeline.TimelineReader;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PostgresTimelineTest extends PostgresServerTest {
  @Autowired private TimelineReader reader;

  private TimelineScenarios scenarios() {
    return new TimelineScenarios(client(), reader);
  }

  /** Transparency: 15. */
  @Test
  void whatAModelWroteIsKnownByProvenance() {
    scenarios().whatAModelWroteIsKnownByProvenance();
  }

  @Test
  void provenanceMayComeFirstAndSpeakOfEveryVersion() {
    scenarios().provenanceMayComeFirstAndSpeakOfEveryVersion();
  }

  @Test
  void provenanceOfTheSameTransactionCounts() {
    scenarios().provenanceOfTheSameTransactionCounts();
  }

  @Test
  void correctionClosesTheFormerRow() {
    scenarios().correctionClosesTheFormerRow();
  }

  @Test
  void deletionClosesRowsAndUndeletionOpensThemAgain() {
    scenarios().deletionClosesRowsAndUndeletionOpensThemAgain();
  }

  @Test
  void deletionIsKnownFromTheTimeThatTheRecordSays() {
    scenarios().deletionIsKnownFromTheTimeThatTheRecordSays();
  }

  @Test
  void historyLoadedAfterADeletionIsNotKnownBeforeIt() {
    scenarios().historyLoadedAfterADeletionIsNotKnownBeforeIt();
  }

  @Test
  void enteredInErrorIsKeptAsARowButNeverSeen() {
    scenarios().enteredInErrorIsKeptAsARowButNeverSeen();
  }

  @Test
  void subjectMovesToAnotherPatient() {
    scenarios().subjectMovesToAnotherPatient();
  }

  @Test
  void aTransactionThatFailsLeavesNothing() {
    scenarios().aTransactionThatFailsLeavesNothing();
  }

  @Test
  void oneTransactionIsOneEpochPerPatient() {
    scenarios().oneTransactionIsOneEpochPerPatient();
  }

  @Test
  void conditionalUpdateAndPatchAreFollowed() {
    scenarios().conditionalUpdateAndPatchAreFollowed();
  }

  @Test
  void mergeMovesRowsAndUndoMovesThemBack() {
    scenarios().mergeMovesRowsAndUndoMovesThemBack();
  }

  @Test
  void concurrentWritersLoseNothingAndShareNoEpoch() throws Exception {
    scenarios().concurrentWritersLoseNothingAndShareNoEpoch();
  }

  @Test
  void aFamilyOfCodesIsRead() {
    scenarios().aFamilyOfCodesIsRead();
  }

  @Test
  void severalCodingsAreOneFact() {
    scenarios().severalCodingsAreOneFact();
  }
}
