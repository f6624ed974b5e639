package org.auscult.server.hook;

import org.auscult.cds.caller.HttpCallerRecord;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reading from callers' FHIR servers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CallerSettings.class)
public class CallerConfiguration {
  @Bean(destroyMethod = "close")
  HttpCallerRecord callerRecord(CallerSettings settings) {
    return new HttpCallerRecord(settings.servers(), settings.limits());
  }
}
