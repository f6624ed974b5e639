package org.auscult.server.journal;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresMaterialiserTest extends MaterialiserScenarios {
  @Test
  void nodesWorkAtTheSameTime() throws Exception {
    twoNodesWorkAtTheSameTime();
  }

  @Override
  DataSource dataSource() {
    return JournalDatabase.Postgres.dataSource();
  }
}
