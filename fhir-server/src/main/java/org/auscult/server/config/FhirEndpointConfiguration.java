package org.auscult.server.config;

import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.IDaoRegistry;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The FHIR API at {@code /fhir}. Whoever has an operation or an interceptor for it declares a bean
 * of type {@link FhirOperations} or {@link FhirInterceptors}; this class knows none of them.
 */
@Configuration(proxyBeanMethods = false)
public class FhirEndpointConfiguration {
  /** HAPI providers that carry our operations, or serve a type in the place of HAPI's own. */
  public record FhirOperations(List<Object> providers) {
    public FhirOperations {
      providers = List.copyOf(providers);
    }
  }

  /** Interceptors of HAPI's REST layer: {@code SERVER_} pointcuts. */
  public record RestInterceptors(List<Object> interceptors) {
    public RestInterceptors {
      interceptors = List.copyOf(interceptors);
    }
  }

  /** Interceptors of HAPI's storage: {@code STORAGE_} pointcuts. */
  public record FhirInterceptors(List<Object> interceptors) {
    public FhirInterceptors {
      interceptors = List.copyOf(interceptors);
    }
  }

  @Bean
  IResourceSupportedSvc resourceSupportedSvc(IDaoRegistry registry) {
    return new DaoRegistryResourceSupportedSvc(registry);
  }

  @Bean
  RestfulServer restfulServer(
      FhirContext fhirContext,
      IFhirSystemDao<?, ?> systemDao,
      IJpaSystemProvider systemProvider,
      ResourceProviderFactory resourceProviders,
      JpaStorageSettings storage,
      ISearchParamRegistry searchParameters,
      IValidationSupport validation,
      DaoRegistry daos,
      DatabaseBackedPagingProvider paging,
      BulkDataExportProvider bulkExport,
      ObjectProvider<FhirOperations> operations,
      AuscultSettings settings) {
    // References name the version they were made from; without this it is lost when stored.
    fhirContext.getParserOptions().setStripVersionsFromReferences(false);
    fhirContext.setParserErrorHandler(new LossRefusal());
    RestfulServer server = new FhirServlet(fhirContext);
    server.setServerAddressStrategy(new KnownAddress(settings.publicBaseUrl()));
    List<Object> ours = operations.stream().flatMap(o -> o.providers().stream()).toList();
    server.registerProviders(without(ours, resourceProviders.createProviders()));
    server.registerProvider(systemProvider);
    server.registerProvider(bulkExport);
    ours.forEach(server::registerProvider);
    server.setServerConformanceProvider(
        new GuideCapabilities(server, systemDao, storage, searchParameters, validation, daos));
    server.setPagingProvider(paging);
    server.setImplementationDescription("Auscult");
    server.registerInterceptor(new PlainFailures());
    server.registerInterceptor(new HugeNumbers(fhirContext, searchParameters));
    return server;
  }

  /** HAPI's providers, but for those types that one of ours serves in its place. */
  private static List<Object> without(List<Object> ours, List<Object> theirs) {
    Set<Class<?>> served = new HashSet<>();
    for (Object provider : ours) {
      if (provider instanceof IResourceProvider ofType) {
        served.add(ofType.getResourceType());
      }
    }
    return theirs.stream()
        .filter(p -> !(p instanceof IResourceProvider r && served.contains(r.getResourceType())))
        .toList();
  }

  @Bean
  ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
    ServletRegistrationBean<RestfulServer> servlet =
        new ServletRegistrationBean<>(server, "/fhir/*");
    servlet.setLoadOnStartup(1);
    servlet.setName("fhir");
    return servlet;
  }

  /**
   * Registers each interceptor once. Storage and REST layer keep registries of their own: storage
   * hooks of a request are called in both, so in a shared one each would be called twice.
   */
  @Bean
  InterceptorRegistration interceptorRegistration(
      IInterceptorService registry,
      RestfulServer server,
      ObjectProvider<FhirInterceptors> interceptors,
      ObjectProvider<RestInterceptors> restInterceptors) {
    restInterceptors.stream()
        .flatMap(i -> i.interceptors().stream())
        .forEach(server.getInterceptorService()::registerInterceptor);
    interceptors.stream()
        .flatMap(i -> i.interceptors().stream())
        .forEach(registry::registerInterceptor);
    return new InterceptorRegistration();
  }

  /** Says that the interceptors stand. */
  static final class InterceptorRegistration {}
}
