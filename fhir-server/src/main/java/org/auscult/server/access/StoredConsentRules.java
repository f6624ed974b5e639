package org.auscult.server.access;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.List;
import java.util.Set;
import org.auscult.access.ConsentRules;
import org.auscult.access.Provision;
import org.auscult.access.Provision.Verdict;
import org.auscult.access.fhir.Consents;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;

/**
 * Rules of stored Consents. A version says the same for ever, so what is cached is never old: which
 * version holds is asked each time. Threads: safe.
 */
final class StoredConsentRules implements ConsentRules {
  private static final int MOST_CACHED = 20_000;

  /** A consent that cannot be read any more, yet limits: nobody can tell what it permits. */
  private static final Provision DENY_ALL =
      new Provision(
          Verdict.DENY,
          null,
          null,
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          false,
          List.of());

  private final LoadingCache<String, Provision> rules;

  StoredConsentRules(IFhirResourceDao<Consent> consents) {
    this.rules =
        Caffeine.newBuilder().maximumSize(MOST_CACHED).build(version -> read(consents, version));
  }

  @Override
  public Provision of(String version) {
    return rules.get(version);
  }

  private static Provision read(IFhirResourceDao<Consent> consents, String version) {
    try {
      return Consents.rule(
          consents.read(new IdType("Consent/" + version), new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return DENY_ALL;
    }
  }
}
