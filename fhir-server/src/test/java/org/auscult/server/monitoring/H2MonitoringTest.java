package org.auscult.server.monitoring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class H2MonitoringTest extends ServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MonitoringRound round;
  private MonitoringScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new MonitoringScenarios(client(), jdbc, round);
  }

  @Test
  void whatWasServedIsMadeAgain() throws Exception {
    scenarios.whatWasServedIsMadeAgain();
  }

  @Test
  void whatCannotBeMadeAgainIsTold() throws Exception {
    scenarios.whatCannotBeMadeAgainIsTold();
  }

  @Test
  void aSampleFollowsItsSeed() throws Exception {
    scenarios.aSampleFollowsItsSeed();
  }

  @Test
  void whoFallsSilentIsTold() {
    scenarios.whoFallsSilentIsTold();
  }

  @Test
  void evidenceHasItsAge() throws Exception {
    scenarios.evidenceHasItsAge();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Parameters question = new Parameters();
    question.addParameter("since", new StringType("yesterday"));
    question.addParameter("sample", new StringType("0"));
    question.addParameter("seed", new StringType("x"));
    assertThatThrownBy(
            () -> client().operation().onServer().named("$skew").withParameters(question).execute())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("since takes")
        .hasMessageContaining("sample takes")
        .hasMessageContaining("seed takes");
  }
}
