package org.auscult.cds.hook;

import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.cds.client.Clients;
import org.auscult.cds.fhir.FhirServers;

/**
 * What a site decides.
 *
 * @param localSources base URLs of the FHIR servers whose patient ids are our own: this server's
 *     public one, and those whose record is copied here with its ids (safety rule 1)
 * @param zone in which cards show dates
 * @param clients the EHRs that call
 */
public record HookSettings(Set<String> localSources, ZoneId zone, Clients clients) {
  /**
   * @throws IllegalArgumentException if a source is not an absolute http(s) URL
   */
  public HookSettings {
    Objects.requireNonNull(zone);
    Objects.requireNonNull(clients);
    localSources =
        localSources.stream().map(FhirServers::canonical).collect(Collectors.toUnmodifiableSet());
  }

  /** The same, without a configured EHR. */
  public HookSettings(Set<String> localSources, ZoneId zone) {
    this(localSources, zone, Clients.NONE);
  }
}
