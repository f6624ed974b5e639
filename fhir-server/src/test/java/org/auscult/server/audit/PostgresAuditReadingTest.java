package org.auscult.server.audit;

import javax.sql.DataSource;
import org.auscult.server.PostgresServerTest;
import org.auscult.server.keys.KeyRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Governance: 3. Governance: 4. Governance: 11.10(b). */
class PostgresAuditReadingTest extends PostgresServerTest {
  @Autowired private DataSource dataSource;
  @Autowired private KeyRing keys;
  private AuditReadingScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new AuditReadingScenarios(caller(), dataSource, keys);
  }

  @Test
  void pagesTellOfTheLogAsItWasAtTheFirst() throws Exception {
    scenarios.pagesTellOfTheLogAsItWasAtTheFirst();
  }

  @Test
  void aSearchThatShowsManyPatientsIsAnEventForEach() throws Exception {
    scenarios.aSearchThatShowsManyPatientsIsAnEventForEach();
  }

  @Test
  void reportsAreSortedPagedAndGivenAsFiles() throws Exception {
    scenarios.reportsAreSortedPagedAndGivenAsFiles();
  }

  @Test
  void changesOfADeploymentsStateAreOfTheirKind() throws Exception {
    scenarios.changesOfADeploymentsStateAreOfTheirKind();
  }

  @Test
  void exportInBulkIsADisclosure() throws Exception {
    scenarios.exportInBulkIsADisclosure();
  }

  @Test
  void changedSettingsStandInTheLogWithoutTheirValues() throws Exception {
    scenarios.changedSettingsStandInTheLogWithoutTheirValues();
  }
}
