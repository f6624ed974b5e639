package org.auscult.server.adjudication;

import org.auscult.server.PostgresServerTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class PostgresLabelQualityTest extends PostgresServerTest {
  @Autowired private ApplicationContext context;
  private LabelQualityScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new LabelQualityScenarios(client(), caller(), context);
  }

  @AfterEach
  void takeBack() {
    scenarios.takeBack();
  }

  @Test
  void theReportTellsHowGoodLabelsAre() {
    scenarios.theReportTellsHowGoodLabelsAre();
  }
}
