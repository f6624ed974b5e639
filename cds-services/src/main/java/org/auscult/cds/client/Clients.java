package org.auscult.cds.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The EHRs that an operator has configured, and the plain profile for all others. Immutable. */
public final class Clients {
  /** No EHR is configured. */
  public static final Clients NONE = new Clients(ClientProfile.PLAIN, List.of());

  private final ClientProfile plain;
  private final Map<String, ClientProfile> byId = new LinkedHashMap<>();
  private final Map<String, ClientProfile> byServer = new LinkedHashMap<>();

  /**
   * @param plain for the plain path; its id is {@link ClientProfile#PLAIN_ID}
   * @throws IllegalArgumentException if two clients share an id or a FHIR server
   */
  public Clients(ClientProfile plain, Collection<ClientProfile> others) {
    this.plain = plain;
    if (!plain.id().equals(ClientProfile.PLAIN_ID) || !plain.fhirServers().isEmpty()) {
      throw new IllegalArgumentException(
          "the client default is for whoever is not configured, so it has no fhir-servers");
    }
    for (ClientProfile client : others) {
      if (client.id().equals(plain.id()) || byId.put(client.id(), client) != null) {
        throw new IllegalArgumentException("two clients have the id " + client.id());
      }
      for (String server : client.fhirServers()) {
        ClientProfile other = byServer.put(server, client);
        if (other != null) {
          throw new IllegalArgumentException(
              "clients " + other.id() + " and " + client.id() + " share a FHIR server");
        }
      }
    }
  }

  /** Whoever calls at the plain path. */
  public ClientProfile plain() {
    return plain;
  }

  /** The client of this id. */
  public Optional<ClientProfile> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Who is calling. At the plain path the FHIR server tells; at a client's own path it may not be
   * another client's.
   *
   * @param path the client whose path is called
   * @param fhirServer canonical base URL; null if not told
   * @return empty if the FHIR server is another client's than the path's
   */
  public Optional<ClientProfile> calling(ClientProfile path, @Nullable String fhirServer) {
    ClientProfile owner = owner(fhirServer);
    if (owner == null || owner.id().equals(path.id())) {
      return Optional.of(path);
    }
    return path.id().equals(plain.id()) ? Optional.of(owner) : Optional.empty();
  }

  /**
   * Who is calling, where a token has proven it: a FHIR server of another client is refused on
   * every path.
   *
   * @param path the client whose path is called: the proven one's, or the plain one
   * @param proven id of the client
   * @param fhirServer canonical base URL; null if not told
   * @return empty if the FHIR server is another client's, or there is no such client
   */
  public Optional<ClientProfile> calling(
      ClientProfile path, String proven, @Nullable String fhirServer) {
    ClientProfile owner = owner(fhirServer);
    if (owner != null && !owner.id().equals(proven)) {
      return Optional.empty();
    }
    return path.id().equals(plain.id()) && !proven.equals(plain.id())
        ? find(proven)
        : Optional.of(path).filter(p -> p.id().equals(proven));
  }

  private @Nullable ClientProfile owner(@Nullable String fhirServer) {
    return fhirServer == null ? null : byServer.get(fhirServer);
  }

  /** All of them, the plain one first. */
  public List<ClientProfile> all() {
    List<ClientProfile> all = new ArrayList<>();
    all.add(plain);
    all.addAll(byId.values());
    return all;
  }
}
