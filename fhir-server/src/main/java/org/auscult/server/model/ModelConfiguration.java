package org.auscult.server.model;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.model.ModelCatalog;
import org.auscult.prediction.PredictionService;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.AuscultSettings.Starter;
import org.auscult.server.deployment.DeploymentOperations;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.trace.CallTraces;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Models and predictions. The server is ready when the runners here are done. */
@Configuration(proxyBeanMethods = false)
public class ModelConfiguration {
  @Bean
  ModelArtifacts modelArtifacts(DaoRegistry daos) {
    return new ModelArtifacts(daos);
  }

  @Bean
  ModelCatalog modelCatalog(
      StoredDefinitions stored,
      FeatureCatalog features,
      ModelArtifacts artifacts,
      ProtectedCodes protectedCodes,
      CallTraces traces) {
    return new StoredModelCatalog(stored, features, artifacts, protectedCodes, traces::scorer);
  }

  @Bean
  PredictionService predictionService(ModelCatalog models, FeatureEvaluator evaluator) {
    return new PredictionService(models, evaluator);
  }

  @Bean
  StarterPack starterPack(
      DaoRegistry daos, FhirContext fhirContext, DeploymentOperations deployments) {
    return new StarterPack(daos, fhirContext, deployments);
  }

  @Bean
  ApplicationRunner loadDefinitions(StarterPack pack, AuscultSettings settings) {
    return arguments -> {
      pack.loadGuide();
      if (settings.starter() != Starter.NONE) {
        pack.loadStarter(settings.starter());
      }
      if (settings.comorbidities()) {
        pack.loadComorbidities();
      }
    };
  }
}
