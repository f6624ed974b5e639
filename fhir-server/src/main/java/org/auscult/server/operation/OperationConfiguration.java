package org.auscult.server.operation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import java.time.Clock;
import java.util.List;
import org.auscult.access.PatientTies;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.fhir.LibraryDiff;
import org.auscult.interceptor.PredictionGuardInterceptor;
import org.auscult.interceptor.PredictionMetaGuardInterceptor;
import org.auscult.model.ModelCatalog;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.PredictionService;
import org.auscult.prediction.ProtectionFinder;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.config.FhirEndpointConfiguration.RestInterceptors;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.journal.Materialiser;
import org.auscult.server.life.DefinitionPages;
import org.auscult.server.life.LifeSettings;
import org.auscult.server.life.Reviews;
import org.auscult.server.life.UsageGraphs;
import org.auscult.server.operation.PatientOperations.TimelineTools;
import org.auscult.server.timeline.TimelinePages;
import org.auscult.server.timeline.TimelineRebuild;
import org.auscult.timeline.TimelineReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Our operations, and who may write what models said. */
@Configuration(proxyBeanMethods = false)
public class OperationConfiguration {
  @Bean
  NamedToUsers namedToUsers(
      AccessSessions sessions,
      ModelCatalog models,
      OrderRulesCatalog orderRules,
      ProtectedCodes protectedCodes) {
    return new NamedToUsers(
        sessions, models, protectedCodes, new ProtectionFinder(models, orderRules));
  }

  @Bean
  FhirOperations patientOperations(
      FeatureCatalog catalog,
      FeatureEvaluator evaluator,
      TimelineReader reader,
      TimelinePages pages,
      TimelineRebuild rebuild,
      NamedToUsers protection,
      AuscultSettings settings) {
    return new FhirOperations(
        List.of(
            new PatientOperations(
                catalog,
                evaluator,
                reader,
                new TimelineTools(pages, rebuild),
                protection,
                settings.zone(),
                Clock.systemUTC())));
  }

  @Bean
  FhirOperations labelOperation(
      OutcomeCatalog catalog,
      OutcomeLabeller labeller,
      TimelineReader reader,
      NamedToUsers protection,
      AuscultSettings settings) {
    return new FhirOperations(
        List.of(
            new LabelOperation(
                catalog, labeller, reader, protection, settings.zone(), Clock.systemUTC())));
  }

  @Bean
  FhirOperations predictOperation(
      PredictionService predictions,
      ModelCatalog models,
      TimelineReader reader,
      PredictionJournal journal,
      NamedToUsers protection,
      AuscultSettings settings) {
    return new FhirOperations(
        List.of(
            new PredictOperation(
                predictions,
                models,
                reader,
                journal,
                protection,
                settings.zone(),
                Clock.systemUTC())));
  }

  @Bean
  FhirOperations feedbackOperation(
      HookEndpoint hooks,
      PredictionJournal journal,
      ModelCatalog models,
      Materialiser materialiser,
      DaoRegistry daos,
      AuscultSettings settings) {
    return new FhirOperations(
        List.of(
            new FeedbackOperation(
                hooks.answers(), journal, models, materialiser, daos, settings.zone())));
  }

  @Bean
  FhirOperations forecastOperation(
      DaoRegistry daos, TimelineReader reader, HookEndpoint hooks, AuscultSettings settings) {
    return new FhirOperations(
        List.of(new ForecastOperation(daos, reader, hooks, settings.zone(), Clock.systemUTC())));
  }

  @Bean
  FhirOperations definitionOperations(
      DaoRegistry daos,
      StoredDefinitions stored,
      LibraryDiff diff,
      UsageGraphs graphs,
      DefinitionPages pages,
      Reviews reviews,
      AuscultSettings settings) {
    return new FhirOperations(
        List.of(
            new DefinitionOperations(
                daos,
                stored,
                diff,
                new DefinitionOperations.Life(graphs, pages, reviews),
                settings.zone(),
                Clock.systemUTC())));
  }

  @Bean
  FhirOperations profileOperation(
      DaoRegistry daos,
      MatchUrlService searches,
      FhirContext fhir,
      FeatureCatalog catalog,
      FeatureEvaluator evaluator,
      TimelineReader reader,
      NamedToUsers protection,
      PatientTies ties,
      LifeSettings bounds,
      AuscultSettings settings) {
    return new FhirOperations(
        List.of(
            new ProfileOperation(
                daos,
                catalog,
                new ProfileCohort(daos, fhir, searches),
                new ProfileOperation.Engine(reader, evaluator),
                protection,
                ties,
                new ProfileOperation.Bounds(
                    bounds.profileVectors(), settings.zone(), Clock.systemUTC()))));
  }

  @Bean
  RestInterceptors predictionMetaGuard() {
    return new RestInterceptors(List.of(new PredictionMetaGuardInterceptor()));
  }

  @Bean
  FhirInterceptors predictionGuard() {
    return new FhirInterceptors(List.of(new PredictionGuardInterceptor()));
  }
}
