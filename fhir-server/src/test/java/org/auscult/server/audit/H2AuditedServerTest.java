package org.auscult.server.audit;

import javax.sql.DataSource;
import org.auscult.server.ServerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Governance: 1. Governance: 3. Governance: 4. Governance: 5. Governance: 6. Governance: 7.
 * Governance: 8. Safety: 22.
 */
class H2AuditedServerTest extends ServerTest {
  @Autowired private DataSource dataSource;
  private AuditedServerScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new AuditedServerScenarios(caller(), dataSource);
  }

  @Test
  void eachRequestHasOneLeaf() throws Exception {
    scenarios.eachRequestHasOneLeaf();
  }

  @Test
  void whatIsRefusedHasItsLeaf() throws Exception {
    scenarios.whatIsRefusedHasItsLeaf();
  }

  @Test
  void aBatchHasOneLeafForAllItsPatients() throws Exception {
    scenarios.aBatchHasOneLeafForAllItsPatients();
  }

  @Test
  void searchesAndPagesSayWhatWasAskedAndWhoWasShown() throws Exception {
    scenarios.searchesAndPagesSayWhatWasAskedAndWhoWasShown();
  }

  @Test
  void hookCallsAndTheirFailuresHaveOneLeafEach() throws Exception {
    scenarios.hookCallsAndTheirFailuresHaveOneLeafEach();
  }

  @Test
  void proofsAndExportVerify() throws Exception {
    scenarios.proofsAndExportVerify();
  }

  @Test
  void auditEventsAreFoundByWhatTheySay() throws Exception {
    scenarios.auditEventsAreFoundByWhatTheySay();
  }

  @Test
  void reportsSayWhoSawAPatientAndWhatModelsSaid() throws Exception {
    scenarios.reportsSayWhoSawAPatientAndWhatModelsSaid();
  }

  @Test
  void nobodyWritesAnAuditEvent() throws Exception {
    scenarios.nobodyWritesAnAuditEvent();
  }
}
