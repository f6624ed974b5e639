package org.auscult.server.config;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.api.model.HistoryCountModeEnum;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.binary.api.IBinaryStorageSvc;
import ca.uhn.fhir.jpa.binstore.DatabaseBinaryContentStorageSvcImpl;
import ca.uhn.fhir.jpa.config.HibernatePropertiesProvider;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import jakarta.persistence.EntityManagerFactory;
import java.util.Properties;
import javax.sql.DataSource;
import org.hibernate.dialect.Dialect;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** HAPI's JPA storage for R4. Hibernate Search stays off: nothing here needs full text. */
@Configuration
@Import({
  SubscriptionChannelConfig.class,
  JpaR4Config.class,
  ThreadPoolFactoryConfig.class,
  JpaBatch2Config.class,
  Batch2JobsConfig.class
})
public class HapiJpaConfiguration {
  private static final int DEFAULT_PAGE = 20;
  private static final int LARGEST_PAGE = 1000;

  @Bean
  @Primary
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      DataSource dataSource,
      ConfigurableListableBeanFactory beans,
      FhirContext fhirContext,
      JpaStorageSettings storage,
      Database database) {
    LocalContainerEntityManagerFactoryBean factory =
        HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhirContext, storage);
    factory.setPersistenceUnitName("HAPI_PU");
    factory.setDataSource(dataSource);
    Properties properties = new Properties();
    properties.put("hibernate.dialect", dialect(database).getClass().getName());
    properties.put("hibernate.hbm2ddl.auto", "update");
    properties.put("hibernate.jdbc.batch_size", "30");
    properties.put("hibernate.order_inserts", "true");
    properties.put("hibernate.order_updates", "true");
    properties.put("hibernate.cache.use_query_cache", "false");
    properties.put("hibernate.cache.use_second_level_cache", "false");
    properties.put("hibernate.search.enabled", "false");
    properties.put(
        "hibernate.archive.scanner", "org.hibernate.boot.archive.scan.internal.DisabledScanner");
    if (database.vendor() == Database.Vendor.H2) {
      properties.put("hibernate.session_factory.statement_inspector", new PairLookups());
    }
    factory.setJpaProperties(properties);
    return factory;
  }

  @Bean
  @Primary
  JpaTransactionManager transactionManager(EntityManagerFactory factory) {
    return new JpaTransactionManager(factory);
  }

  @Bean
  @Primary
  HibernatePropertiesProvider hibernatePropertiesProvider(Database database) {
    return new HibernatePropertiesProvider() {
      @Override
      public Dialect getDialect() {
        return dialect(database);
      }
    };
  }

  @Bean
  JpaStorageSettings jpaStorageSettings() {
    JpaStorageSettings storage = new JpaStorageSettings();
    storage.setAllowExternalReferences(true);
    // A load arrives in any order, and a record may name what it does not hold.
    storage.setEnforceReferentialIntegrityOnWrite(false);
    storage.setEnforceReferentialIntegrityOnDelete(false);
    storage.setIndexMissingFields(JpaStorageSettings.IndexEnabledEnum.DISABLED);
    storage.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ANY);
    storage.setHibernateSearchIndexSearchParams(false);
    storage.setHibernateSearchIndexFullText(false);
    storage.setExpungeEnabled(true);
    storage.setAllowMultipleDelete(true);
    storage.setMatchUrlCacheEnabled(true);
    // By default a search is answered for a minute from the last one alike: what was written
    // since, a prediction say, would be missing.
    storage.setReuseCachedSearchResultsForMillis(null);
    // The same of a history, whose length it remembers: newer versions would be missing.
    storage.setHistoryCountMode(HistoryCountModeEnum.COUNT_ACCURATE);
    return storage;
  }

  @Bean
  PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  @Bean
  SubscriptionSettings subscriptionSettings() {
    return new SubscriptionSettings();
  }

  @Bean
  IBinaryStorageSvc binaryStorageSvc() {
    return new DatabaseBinaryContentStorageSvcImpl();
  }

  @Bean
  IStaleSearchDeletingSvc staleSearchDeletingSvc() {
    return new StaleSearchDeletingSvcImpl();
  }

  @Bean
  DatabaseBackedPagingProvider databaseBackedPagingProvider() {
    DatabaseBackedPagingProvider paging = new DatabaseBackedPagingProvider();
    paging.setDefaultPageSize(DEFAULT_PAGE);
    paging.setMaximumPageSize(LARGEST_PAGE);
    return paging;
  }

  /** HAPI looks it up by this name; without it {@code /metadata} fails. */
  @Bean(name = "myResourceCountsCache")
  ResourceCountCache resourceCounts(IFhirSystemDao<?, ?> systemDao) {
    return ResourceCountCacheUtil.newResourceCountCache(systemDao);
  }

  private static Dialect dialect(Database database) {
    return switch (database.vendor()) {
      case H2 -> new HapiFhirH2Dialect();
      case POSTGRESQL -> new HapiFhirPostgresDialect();
    };
  }
}
