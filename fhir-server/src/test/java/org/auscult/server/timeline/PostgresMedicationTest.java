package org.auscult.server.timeline;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.InstantSource;
import org.auscult.server.PostgresServerTest;
import org.auscult.timeline.TimelineReader;
import org.hl7.fhir.r4.model.Medication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresMedicationTest extends PostgresServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TimelineReader reader;
  @Autowired private TimelineRebuild rebuild;
  @Autowired private MedicationRound round;
  @Autowired private StoredMedications medications;
  @Autowired private TimelineWriter writer;
  @Autowired private DaoRegistry daos;
  @Autowired private PlatformTransactionManager transactions;

  private MedicationScenarios scenarios() {
    return new MedicationScenarios(client(), jdbc, reader, rebuild, round);
  }

  /** Safety: 4. */
  @Test
  void ordersFollowTheirMedicationAndThePastStays() {
    scenarios().ordersFollowTheirMedicationAndThePastStays();
  }

  @Test
  void eachPatientConcernedIsTold() {
    scenarios().eachPatientConcernedIsTold();
  }

  @Test
  void aTransactionOfBothIsOneEpoch() {
    scenarios().aTransactionOfBothIsOneEpoch();
  }

  @Test
  void anOrderMayNameAnotherMedicationLater() {
    scenarios().anOrderMayNameAnotherMedicationLater();
  }

  @Test
  void historyIsAsOldAsItsMedicationAllows() {
    scenarios().historyIsAsOldAsItsMedicationAllows();
  }

  @Test
  void manyOrdersFollowInTheBackground() throws Exception {
    scenarios().manyOrdersFollowInTheBackground();
  }

  @Test
  void writersOfOrdersAndOfTheirMedicationLoseNothing() throws Exception {
    scenarios().writersOfOrdersAndOfTheirMedicationLoseNothing();
  }

  @Test
  void anOrderInHandKeepsItsMedicationFromChanging() throws Exception {
    scenarios()
        .anOrderInHandKeepsItsMedicationFromChanging(new TransactionTemplate(transactions), writer);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomHistoriesStandAndRebuild(long seed) throws Exception {
    scenarios().randomHistoriesStandAndRebuild(seed);
  }

  @Test
  void whatWasStoredBeforeThereWereStatesIsEntered() throws InterruptedException {
    VersionReader versions = new VersionReader(daos);
    scenarios()
        .whatWasStoredBeforeThereWereStatesIsEntered(
            new MedicationRound(
                jdbc,
                new TransactionTemplate(transactions),
                medications,
                writer,
                id -> versions.read(Medication.class, id),
                InstantSource.system()));
  }
}
