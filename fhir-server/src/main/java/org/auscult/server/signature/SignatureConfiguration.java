package org.auscult.server.signature;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.InstantSource;
import org.auscult.audit.AuditTrail;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.keys.KeyRing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Signatures; whoever knows the persons declares a bean of type {@link Reauthentication}. */
@Configuration(proxyBeanMethods = false)
public class SignatureConfiguration {
  @Bean
  SignedRecords signedRecords(DaoRegistry daos) {
    return new StoredRecords(daos);
  }

  @Bean
  RecordSignatures recordSignatures(
      FhirContext context,
      KeyRing keys,
      SignedRecords records,
      Reauthentication persons,
      AuditTrail trail,
      AuscultSettings settings) {
    return new RecordSignatures(
        context,
        keys,
        new RecordSignatures.Ports(records, persons, trail),
        new SigningSessions(Ticker.systemTicker()),
        new RecordSignatures.Clocks(InstantSource.system(), settings.zone()));
  }
}
