package org.auscult.server.training;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.auscult.access.Requester;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.access.fhir.CohortSearch;
import org.auscult.audit.AuditTrail;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.Database;
import org.auscult.server.config.FhirEndpointConfiguration.FhirInterceptors;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.config.PublicUrls;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.timeline.TimelineHistories;
import org.auscult.training.OutcomeRows;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Data sets for training. */
@Configuration(proxyBeanMethods = false)
public class TrainingConfiguration {
  @Bean
  TrainingSets trainingSets(
      JdbcTemplate jdbc, PlatformTransactionManager transactions, Database database) {
    return new TrainingSets(jdbc, new TransactionTemplate(transactions), database.vendor());
  }

  @Bean
  TrainingFiles trainingFiles(JdbcTemplate jdbc, KeyRing keys) {
    return new TrainingFiles(jdbc, keys);
  }

  @Bean
  StoredGroups storedGroups(DaoRegistry daos) {
    return new StoredGroups(daos);
  }

  @Bean
  AskedCohorts askedCohorts(
      StoredGroups groups,
      FeatureCatalog catalog,
      FeatureEvaluator evaluator,
      JdbcTemplate jdbc,
      AccessSessions access) {
    return new AskedCohorts(groups, catalog, evaluator, new TimelineHistories(jdbc), access);
  }

  @Bean
  PlanReader trainingPlans(
      FeatureCatalog catalog,
      StoredDefinitions stored,
      StoredGroups groups,
      FhirContext fhir,
      OutcomeCatalog outcomes,
      OutcomeLabeller labeller,
      AuscultSettings settings) {
    return new PlanReader(
        catalog,
        canonical -> outcomes.outcome(canonical).map(found -> new OutcomeRows(found, labeller)),
        groups::describing,
        new UsedDefinitions(stored, groups, fhir)::of,
        settings.zone());
  }

  @Bean
  Cohorts cohorts(
      DaoRegistry daos,
      StoredGroups groups,
      MatchUrlService urls,
      ISearchParamRegistry parameters,
      FhirContext fhir) {
    return new Cohorts(daos, groups, urls, new CohortSearch(parameters), fhir);
  }

  @Bean
  TrainingLoop trainingLoop(
      TrainingSets sets,
      TrainingFiles files,
      JdbcTemplate jdbc,
      FeatureEvaluator evaluator,
      AccessSessions access,
      AuditTrail audit,
      Cohorts cohorts,
      DaoRegistry daos,
      PlanReader plans) {
    return new TrainingLoop(
        new TrainingRun.Tools(
            sets,
            files,
            new TimelineHistories(jdbc),
            evaluator,
            sight(access),
            audit,
            cohorts,
            new SnapshotResources(daos),
            TrainingRun.SHARD),
        plans);
  }

  private static RunPorts.Sight sight(AccessSessions access) {
    return new RunPorts.Sight() {
      @Override
      public Map<String, AccessSessions.Barrier> barriers(
          Requester requester, Collection<String> patients) {
        return access.barriers(requester, patients);
      }

      @Override
      public boolean mayRead(Requester requester, String type) {
        return access.mayRead(requester, type);
      }
    };
  }

  @Bean
  FhirOperations trainingOperations(
      TrainingSets sets,
      TrainingFiles files,
      PlanReader plans,
      Cohorts cohorts,
      AccessSessions access,
      TrainingLoop loop,
      AuscultSettings settings,
      Environment environment) {
    return new FhirOperations(
        List.of(
            new TrainingOperations(
                sets,
                files,
                plans,
                cohorts,
                access,
                loop,
                new PublicUrls(settings, environment),
                Clock.systemUTC())));
  }

  @Bean
  FhirInterceptors snapshotGuard() {
    return new FhirInterceptors(List.of(new SnapshotGuard()));
  }
}
