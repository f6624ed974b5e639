package org.auscult.server.use;

import org.auscult.server.PostgresServerTest;
import org.auscult.server.config.AuscultSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresUseTest extends PostgresServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private UseRound round;
  @Autowired private StoredUse stored;
  @Autowired private AuscultSettings settings;
  private UseScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new UseScenarios(client(), jdbc, round, settings.zone());
    scenarios.forget();
  }

  @AfterEach
  void forget() {
    scenarios.forget();
  }

  @Test
  void aWindowTellsOfItsCalls() {
    scenarios.aWindowTellsOfItsCalls();
  }

  @Test
  void aReportIsToldOnPages() {
    scenarios.aReportIsToldOnPages(stored);
  }

  @Test
  void anyStretchOfTimeIsTold() {
    scenarios.anyStretchOfTimeIsTold();
  }

  @Test
  void nothingIsWrittenTwiceAndTheLastAnswerCounts() {
    scenarios.nothingIsWrittenTwiceAndTheLastAnswerCounts();
  }
}
