package org.auscult.server.auth.ehr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.auscult.server.caller.GuardedHttp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks EHRs for their endpoints, and remembers them for ten minutes. */
final class EhrDiscovery {
  private static final Logger LOG = LoggerFactory.getLogger(EhrDiscovery.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final GuardedHttp http;
  private final Cache<String, EhrMetadata> known =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(FRESH).build();

  EhrDiscovery(GuardedHttp http) {
    this.http = http;
  }

  /**
   * What a registered EHR says of itself.
   *
   * @param fhirServer canonical base URL
   */
  EhrMetadata of(Ehr ehr, String fhirServer) throws LaunchRefused {
    EhrMetadata remembered = known.getIfPresent(fhirServer);
    if (remembered != null) {
      return remembered;
    }
    EhrMetadata told = ask(fhirServer);
    if (ehr.issuer() != null && !ehr.issuer().equals(told.issuer())) {
      LOG.warn("The issuer in the discovery of EHR {} is not the configured one", ehr.id());
      throw new LaunchRefused(LaunchProblem.ISSUER);
    }
    known.put(fhirServer, told);
    return told;
  }

  private EhrMetadata ask(String fhirServer) throws LaunchRefused {
    URI server = URI.create(fhirServer);
    try {
      String text = http.get(URI.create(fhirServer + "/.well-known/smart-configuration"), server);
      return EhrMetadata.read(JSON.readTree(text), server)
          .orElseThrow(
              () -> {
                LOG.warn(
                    "The discovery of {} lacks one of issuer, authorization_endpoint,"
                        + " token_endpoint, jwks_uri, or S256",
                    fhirServer);
                return new LaunchRefused(LaunchProblem.UNREACHABLE);
              });
    } catch (JsonProcessingException e) {
      LOG.warn("The discovery of {} is no JSON", fhirServer);
    } catch (IOException e) {
      LOG.warn("The discovery of {} cannot be had: {}", fhirServer, e.getMessage());
    }
    throw new LaunchRefused(LaunchProblem.UNREACHABLE);
  }
}
