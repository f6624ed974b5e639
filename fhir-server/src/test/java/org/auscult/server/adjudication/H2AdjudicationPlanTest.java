package org.auscult.server.adjudication;

import org.auscult.server.ServerTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class H2AdjudicationPlanTest extends ServerTest {
  @Autowired private ApplicationContext context;
  private AdjudicationPlanScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new AdjudicationPlanScenarios(client(), caller(), context);
  }

  @AfterEach
  void takeBack() {
    scenarios.takeBack();
  }

  @Test
  void aPlanIsActiveOnlyIfItIsWhole() {
    scenarios.aPlanIsActiveOnlyIfItIsWhole();
  }

  @Test
  void aQuestionnaireAsksOneThing() {
    scenarios.aQuestionnaireAsksOneThing();
  }
}
