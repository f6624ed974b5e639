package org.auscult.bench.peer;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.hapi.fhir.cdshooks.api.CDSHooksVersion;
import ca.uhn.hapi.fhir.cdshooks.api.ICdsHooksDaoAuthorizationSvc;
import ca.uhn.hapi.fhir.cdshooks.api.ICdsServiceRegistry;
import ca.uhn.hapi.fhir.cdshooks.config.CdsHooksConfig;
import ca.uhn.hapi.fhir.cdshooks.controller.CdsHooksController;
import ca.uhn.hapi.fhir.cdshooks.svc.CdsHooksContextBooter;
import ca.uhn.hapi.fhir.cdshooks.svc.CdsServiceCache;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** HAPI's CDS Hooks module, with its one service. */
@Configuration(proxyBeanMethods = false)
@Import(CdsHooksConfig.class)
public class PeerHooks {
  @Bean
  PeerCvdRisk peerCvdRisk(DaoRegistry daos) {
    return new PeerCvdRisk(daos);
  }

  @Bean
  CdsHooksContextBooter cdsHooksContextBooter(PeerCvdRisk service) {
    return new CdsHooksContextBooter() {
      @Override
      public CdsServiceCache buildCdsServiceCache() {
        extractCdsServices(service);
        return myCdsServiceCache;
      }
    };
  }

  /** As for us, whoever may call may see. */
  @Bean
  ICdsHooksDaoAuthorizationSvc cdsHooksAuthorization() {
    return resource -> {};
  }

  @Bean
  CDSHooksVersion cdsHooksVersion() {
    return CDSHooksVersion.DEFAULT;
  }

  @Bean
  CdsHooksController peerCdsHooksController(ICdsServiceRegistry registry) {
    return new CdsHooksController(registry);
  }
}
