package org.auscult.server.page;

import java.time.InstantSource;
import java.util.List;
import org.auscult.server.alert.ModelIssues;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.drift.StoredDrift;
import org.auscult.server.performance.ModelWindows;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.training.AskedCohorts;
import org.auscult.server.use.StoredUse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What monitoring tells, as pages. */
@Configuration(proxyBeanMethods = false)
public class PageConfiguration {
  @Bean
  FhirOperations pageOperations(
      ModelWindows windows,
      StoredDrift drift,
      StoredUse use,
      ModelIssues issues,
      ReportEvents events,
      AskedCohorts cohorts,
      AuscultSettings settings) {
    return new FhirOperations(
        List.of(
            new PageOperations(
                windows,
                new ModelPages(new ModelPages.Stored(drift, use, issues), events, settings.zone()),
                cohorts,
                settings.zone(),
                InstantSource.system())));
  }
}
