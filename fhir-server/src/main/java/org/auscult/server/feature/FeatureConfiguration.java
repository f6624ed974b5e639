package org.auscult.server.feature;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.util.List;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.outcome.FeedHealth;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.outcome.fhir.OutcomeDefinitions;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.unit.CodeUnits;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

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
  StoredTerminology storedTerminology(
      StoredDefinitions stored, DefaultProfileValidationSupport published, JdbcTemplate jdbc) {
    return new StoredTerminology(stored, published, new TerminologyState(jdbc));
  }

  @Bean
  StoredFeatureCatalog featureCatalog(
      StoredDefinitions stored,
      FeatureDefinitions reader,
      StoredTerminology terminology,
      StoredContextRules rules) {
    return new StoredFeatureCatalog(stored, reader, terminology, rules);
  }

  @Bean
  StoredContextRules storedContextRules(StoredDefinitions stored, StoredTerminology terminology) {
    return new StoredContextRules(stored, terminology);
  }

  @Bean
  OutcomeDefinitions outcomeDefinitions(FeatureDefinitions features) {
    return new OutcomeDefinitions(features);
  }

  @Bean
  StoredOutcomeCatalog outcomeCatalog(
      StoredDefinitions stored,
      OutcomeDefinitions reader,
      StoredFeatureCatalog features,
      StoredTerminology terminology) {
    return new StoredOutcomeCatalog(stored, reader, features, terminology);
  }

  @Bean
  OutcomeLabeller outcomeLabeller(FeatureEvaluator evaluator, FeedHealth feeds) {
    return new OutcomeLabeller(evaluator, feeds);
  }

  @Bean
  FeatureEvaluator featureEvaluator(CodeUnits units, AuscultSettings settings) {
    return new FeatureEvaluator(units, settings.zone());
  }

  @Bean
  FhirInterceptors definitionInterceptors(
      FeatureDefinitions reader,
      StoredFeatureCatalog catalog,
      StoredContextRules rules,
      StoredDefinitions stored,
      ModelCheck modelCheck,
      OrderRulesCheck orderRulesCheck,
      OutcomeDefinitions outcomes,
      StoredOutcomeCatalog outcomeCatalog,
      DefinitionLife life,
      ProtectedCodes protectedCodes) {
    CodeSystems codeSystems = new CodeSystems(stored);
    return new FhirInterceptors(
        List.of(
            new DefinitionInterceptor(
                reader,
                catalog,
                stored,
                codeSystems,
                modelCheck,
                new ModelOutcomes(outcomeCatalog, stored),
                new RegisterCheck(protectedCodes),
                orderRulesCheck,
                new OutcomeCheck(outcomes, outcomeCatalog, catalog, stored, codeSystems),
                new ContextRuleCheck(rules, catalog, codeSystems),
                new MappingCheck(stored),
                new CohortCheck(catalog),
                life)));
  }
}
