package org.auscult.server.auth.ehr;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.cds.fhir.FhirServers;
import org.auscult.server.auth.user.SecondFactor;

/**
 * The EHRs from which applications are launched: those of one registry with the callers of hooks.
 */
public final class Ehrs {
  private final Map<String, Ehr> byId = new HashMap<>();
  private final Map<String, Ehr> byServer = new HashMap<>();

  /**
   * As they are configured.
   *
   * @param secondFactor whose roles are given to nobody who signed in elsewhere
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public Ehrs(EhrSettings settings, SecondFactor secondFactor) {
    settings
        .clients()
        .forEach(
            (id, registered) -> {
              try {
                Ehr.of(id, registered, secondFactor).ifPresent(this::add);
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                    "auscult.clients." + id + ": " + e.getMessage(), e);
              }
            });
  }

  private void add(Ehr ehr) {
    byId.put(ehr.id(), ehr);
    for (String server : ehr.fhirServers()) {
      Ehr other = byServer.put(server, ehr);
      if (other != null) {
        throw new IllegalArgumentException("it shares a FHIR server with " + other.id());
      }
    }
  }

  Optional<Ehr> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The one that has this FHIR server, exactly. */
  Optional<Ehr> ofServer(String canonical) {
    return Optional.ofNullable(byServer.get(canonical));
  }

  /** Whether {@code iss} of a launch can be a FHIR server; its one spelling, or empty. */
  static Optional<String> canonical(String iss) {
    try {
      return Optional.of(FhirServers.canonical(iss));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Set<String> servers() {
    return byServer.keySet();
  }

  /** Origins that may frame what is shown to who was signed in by this EHR. */
  public String framing(String id) {
    return find(id).map(Ehr::framing).orElse("'none'");
  }
}
