package org.auscult.server.adjudication;

import org.auscult.server.ServerTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class H2AdjudicationTest extends ServerTest {
  @Autowired private ApplicationContext context;
  private AdjudicationScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new AdjudicationScenarios(client(), caller(), context);
  }

  @AfterEach
  void takeBack() {
    scenarios.takeBack();
  }

  @Test
  void aWindowIsChosenOnce() throws Exception {
    scenarios.aWindowIsChosenOnce();
  }

  /** Safety: 31. */
  @Test
  void twoWhoAgreeMakeALabelBesideTheRules() {
    scenarios.twoWhoAgreeMakeALabelBesideTheRules();
  }

  @Test
  void whereTheyDisagreeAThirdDecides() {
    scenarios.whereTheyDisagreeAThirdDecides();
  }

  @Test
  void aWrongAnswerIsRefusedWithAllReasons() {
    scenarios.aWrongAnswerIsRefusedWithAllReasons();
  }

  @Test
  void nobodyJudgesTwiceAndTasksAreHandedOver() {
    scenarios.nobodyJudgesTwiceAndTasksAreHandedOver();
  }

  @Test
  void allOrNothing() {
    scenarios.allOrNothing();
  }

  @Test
  void answersAreApartWhileACaseIsOpen() {
    scenarios.answersAreApartWhileACaseIsOpen();
  }

  @Test
  void answersAtOnceCountOnce() throws Exception {
    scenarios.answersAtOnceCountOnce();
  }
}
