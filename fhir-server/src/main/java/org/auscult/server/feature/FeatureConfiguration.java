package org.auscult.server.feature;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.util.List;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.unit.CodeUnits;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Feature definitions: checked when written, expanded when read. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProtectionSettings.class)
public class FeatureConfiguration {
  @Bean
  ProtectedCodes protectedCodes(ProtectionSettings settings) {
    return settings.codes();
  }

  @Bean
  StoredDefinitions storedDefinitions(DaoRegistry daos) {
    return new StoredDefinitions(daos);
  }

  @Bean
  FeatureDefinitions featureDefinitions(CodeUnits units) {
    return new FeatureDefinitions(units);
  }

  @Bean
  StoredTerminology storedTerminology(StoredDefinitions stored, IValidationSupport terminology) {
    return new StoredTerminology(stored, terminology);
  }

  @Bean
  StoredFeatureCatalog featureCatalog(
      StoredDefinitions stored, FeatureDefinitions reader, StoredTerminology terminology) {
    return new StoredFeatureCatalog(stored, reader, terminology);
  }

  @Bean
  FeatureEvaluator featureEvaluator(CodeUnits units, AuscultSettings settings) {
    return new FeatureEvaluator(units, settings.zone());
  }

  @Bean
  FhirInterceptors definitionInterceptors(
      FeatureDefinitions reader,
      StoredFeatureCatalog catalog,
      StoredDefinitions stored,
      ModelCheck modelCheck,
      OrderRulesCheck orderRulesCheck,
      ProtectedCodes protectedCodes) {
    return new FhirInterceptors(
        List.of(
            new DefinitionInterceptor(
                reader,
                catalog,
                stored,
                new CodeSystems(stored),
                modelCheck,
                new RegisterCheck(protectedCodes),
                orderRulesCheck)));
  }
}
