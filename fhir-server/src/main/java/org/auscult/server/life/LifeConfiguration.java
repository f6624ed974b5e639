package org.auscult.server.life;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.LibraryDiff;
import org.auscult.server.feature.DefinitionLife;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.feature.StoredTerminology;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.Library;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the life of definitions is made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LifeSettings.class)
public class LifeConfiguration {
  @Bean
  LibraryDiff libraryDiff(StoredDefinitions stored, StoredTerminology terminology) {
    return new LibraryDiff(
        new LibraryDiff.Sources() {
          @Override
          public Optional<Set<Code>> expand(String valueSet) {
            return terminology.expand(valueSet);
          }

          @Override
          public Optional<Library> library(String canonical) {
            return stored.library(canonical);
          }
        });
  }

  @Bean
  UsageGraphs usageGraphs(DaoRegistry daos, StoredDefinitions stored, FhirContext fhir) {
    return new UsageGraphs(daos, stored, fhir);
  }

  @Bean
  DefinitionPages definitionPages(FeatureDefinitions reader, StoredDefinitions stored) {
    return new DefinitionPages(reader, stored);
  }

  @Bean
  Reviews reviews(FhirContext fhir) {
    return new Reviews(fhir);
  }

  @Bean
  DefinitionLife definitionLife(
      StoredDefinitions stored,
      LibraryDiff diff,
      Reviews reviews,
      UsageGraphs graphs,
      DefinitionPages pages,
      LifeSettings settings) {
    return new LifeRules(stored, diff, reviews, graphs, pages, settings);
  }
}
