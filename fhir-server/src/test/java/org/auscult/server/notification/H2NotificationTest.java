package org.auscult.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.subscription.submit.interceptor.SubscriptionMatcherInterceptor;
import org.auscult.audit.AuditTrail;
import org.auscult.model.ModelCatalog;
import org.auscult.server.ServerTest;
import org.auscult.server.alert.MonitoringIssues;
import org.auscult.server.config.PublicUrls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

class H2NotificationTest extends ServerTest {
  @Autowired private ApplicationContext context;
  @Autowired private MonitoringIssues issues;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private DaoRegistry daos;
  @Autowired private ModelCatalog models;
  @Autowired private FhirContext fhir;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private NotificationSettings settings;
  @Autowired private PublicUrls urls;
  @Autowired private AuditTrail audit;

  private NotificationScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios =
        new NotificationScenarios(
            new NotificationScenarios.Server(
                rootUrl(),
                keyRing,
                fhir,
                jdbc,
                daos,
                issues,
                models,
                settings,
                urls,
                transactions,
                audit),
            TOLD);
  }

  @AfterEach
  void takeBack() throws Exception {
    scenarios.takeBack();
  }

  @Test
  void eachVersionIsToldOnce() throws Exception {
    scenarios.eachVersionIsToldOnce();
  }

  @Test
  void whatFailsIsToldAgain() throws Exception {
    scenarios.whatFailsIsToldAgain();
  }

  @Test
  void whatFailsForLongIsInError() throws Exception {
    scenarios.whatFailsForLongIsInError();
  }

  @Test
  void whatComesBackIsActive() throws Exception {
    scenarios.whatComesBackIsActive();
  }

  @Test
  void aKillLosesNothing() throws Exception {
    scenarios.aKillLosesNothing();
  }

  @Test
  void severalNodesTellOnce() throws Exception {
    scenarios.severalNodesTellOnce();
  }

  @Test
  void aVendorHearsOfItsOwnModels() throws Exception {
    scenarios.aVendorHearsOfItsOwnModels();
  }

  @Test
  void aSiteHearsOfItself() throws Exception {
    scenarios.aSiteHearsOfItself();
  }

  @Test
  void aPingTellsNothing() throws Exception {
    scenarios.aPingTellsNothing();
  }

  @Test
  void itEnds() throws Exception {
    scenarios.itEnds();
  }

  @Test
  void onlyWhoIsListedIsCalled() throws Exception {
    scenarios.onlyWhoIsListedIsCalled();
  }

  @Test
  void aWrongOneIsRefused() throws Exception {
    scenarios.aWrongOneIsRefused();
  }

  @Test
  void whatIsToldIsValid() throws Exception {
    scenarios.whatIsToldIsValid();
  }

  /** The library's own delivery, which is not durable, is not there: nobody is told twice. */
  @Test
  void nobodyElseTellsThem() {
    assertThat(context.getBeanNamesForType(SubscriptionMatcherInterceptor.class)).isEmpty();
  }
}
