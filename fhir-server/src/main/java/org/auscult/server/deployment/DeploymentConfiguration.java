package org.auscult.server.deployment;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.util.List;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deployments: checked when written, live or suspended by operations. */
@Configuration(proxyBeanMethods = false)
public class DeploymentConfiguration {
  @Bean
  LiveDeployments liveDeployments(JdbcTemplate jdbc) {
    return new LiveDeployments(jdbc);
  }

  @Bean
  DeploymentCatalog deploymentCatalog(
      LiveDeployments live, DaoRegistry daos, StoredDefinitions stored) {
    return new StoredDeployments(live, daos.getResourceDao(PlanDefinition.class), stored);
  }

  @Bean
  DeploymentOperations deploymentOperations(
      LiveDeployments live,
      DaoRegistry daos,
      StoredDefinitions stored,
      PlatformTransactionManager transactions) {
    return new DeploymentOperations(
        daos.getResourceDao(PlanDefinition.class),
        live,
        stored,
        new TransactionTemplate(transactions));
  }

  @Bean
  FhirOperations deploymentFhirOperations(DeploymentOperations operations) {
    return new FhirOperations(List.of(operations));
  }

  @Bean
  FhirInterceptors deploymentInterceptors(
      StoredDefinitions stored, LiveDeployments live, DeploymentCatalog deployments) {
    return new FhirInterceptors(List.of(new DeploymentInterceptor(stored, live, deployments)));
  }
}
