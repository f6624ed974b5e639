package org.auscult.server.alert;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.auscult.model.ModelCatalog;
import org.auscult.server.PostgresServerTest;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.deployment.DeploymentOperations;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

class PostgresAlertTest extends PostgresServerTest {
  @Autowired private MonitoringIssues issues;
  @Autowired private ModelIssues told;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private DaoRegistry daos;
  @Autowired private DeploymentOperations deployments;
  @Autowired private ModelCatalog models;
  @Autowired private FhirContext fhir;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private AuscultSettings server;
  @Autowired private AlertSettings settings;

  private AlertScenarios scenarios() {
    Suspensions failing =
        new AlertConfiguration()
            .suspensions(
                jdbc,
                deployments,
                daos,
                entry -> {
                  throw new IllegalStateException("The log takes nothing");
                });
    return new AlertScenarios(
        client(),
        caller(),
        issues,
        new AlertConfiguration()
            .monitoringIssues(
                jdbc,
                daos,
                failing,
                models,
                fhir,
                transactions,
                settings,
                server,
                (issue, version, site) -> {},
                new SimpleMeterRegistry()));
  }

  @Test
  void severalNodesSayItOnce() throws Exception {
    scenarios().severalNodesSayItOnce();
  }

  @Test
  void anIssueHasItsHistory() throws Exception {
    scenarios().anIssueHasItsHistory();
  }

  @Test
  void whatNobodyAcknowledgesBecomesMoreUrgent() throws Exception {
    scenarios().whatNobodyAcknowledgesBecomesMoreUrgent();
  }

  @Test
  void silenceHolds() throws Exception {
    scenarios().silenceHolds();
  }

  @Test
  void whatWasDoneIsToldOnPages() throws Exception {
    scenarios().whatWasDoneIsToldOnPages(told);
  }

  @Test
  void silenceEnds() throws Exception {
    scenarios().silenceEnds();
  }

  @Test
  void theBudgetHoldsWarningsBack() throws Exception {
    scenarios().theBudgetHoldsWarningsBack();
  }

  @Test
  void aCriticalFindingSuspends() throws Exception {
    scenarios().aCriticalFindingSuspends();
  }

  @Test
  void allOrNothing() throws Exception {
    scenarios().allOrNothing();
  }
}
