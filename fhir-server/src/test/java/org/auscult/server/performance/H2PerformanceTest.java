package org.auscult.server.performance;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class H2PerformanceTest extends ServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Descriptions descriptions;
  private DescriptionScenarios described;
  private CohortScenarios cohorts;

  @BeforeEach
  void begin() {
    described = new DescriptionScenarios(client(), jdbc, descriptions);
    cohorts = new CohortScenarios(client(), jdbc);
  }

  @AfterEach
  void forget() {
    described.forget();
    cohorts.forget();
  }

  @Test
  void theWardAndTheDeviceOfTheTimeAreLookedUp() {
    described.theWardAndTheDeviceOfTheTimeAreLookedUp();
  }

  @Test
  void membersAreThoseOfThen() {
    cohorts.predict();
    cohorts.membersAreThoseOfThen();
  }

  /** Small cells are told neither of a cohort nor of those whom it leaves out. */
  @Test
  void aSmallCohortAndOneThatLeavesOutFewAreRefused() {
    cohorts.predict();
    cohorts.aSmallCohortAndOneThatLeavesOutFewAreRefused();
  }

  @Test
  void whatIsWrongWithAGroupIsToldAtOnce() {
    cohorts.predict();
    cohorts.whatIsWrongWithAGroupIsToldAtOnce();
  }

  @Test
  void whoMayNotSeeThePatientsIsToldOfNoGroupThatListsThem() {
    cohorts.predict();
    IGenericClient informaticist = fhirContext.newRestfulGenericClient(rootUrl() + "/fhir");
    informaticist.registerInterceptor(
        new BearerTokenAuthInterceptor(TokenHolder.ofUser(rootUrl(), keyRing, "informaticist")));
    cohorts.whoMayNotSeeThePatientsIsToldOfNoGroupThatListsThem(informaticist);
  }
}
