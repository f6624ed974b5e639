package org.auscult.server.synthetic;

import org.auscult.server.PostgresServerTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class PostgresSyntheticTest extends PostgresServerTest {
  @Autowired private ApplicationContext context;
  private SyntheticScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new SyntheticScenarios(context);
  }

  @AfterEach
  void end() {
    scenarios.takeBack();
  }

  @Test
  void everyServiceIsAsked() {
    scenarios.everyServiceIsAsked();
  }

  @Test
  void nobodyIsAskedTwiceInAnHour() {
    scenarios.nobodyIsAskedTwiceInAnHour();
  }

  @Test
  void anotherNumberIsTold() {
    scenarios.anotherNumberIsTold();
  }

  @Test
  void whatOneServiceFindsStandsForItself() {
    scenarios.whatOneServiceFindsStandsForItself();
  }

  @Test
  void whatCannotBeStoredIsTold() {
    scenarios.whatCannotBeStoredIsTold();
  }
}
