package org.auscult.server.hook;

import static java.util.stream.Collectors.toUnmodifiableSet;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.auscult.cds.hook.UserRoles;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.jspecify.annotations.Nullable;

/**
 * The roles of users whose ids are ours, as PractitionerRoles in the FHIR store say them. A user's
 * are kept for a minute.
 */
public final class StoredUserRoles implements UserRoles {
  private static final int MOST = 20;
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final IFhirResourceDao<PractitionerRole> roles;
  private final Set<String> localSources;
  private final Cache<String, Known> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(KEPT).recordStats().build();

  private record Known(Set<String> roles, Set<String> sites) {}

  StoredUserRoles(IFhirResourceDao<PractitionerRole> roles, Set<String> localSources) {
    this.roles = roles;
    this.localSources = localSources;
  }

  @Override
  public Set<String> of(@Nullable String fhirServer, String user) {
    return isOurs(fhirServer) ? known.get(user, this::read).roles() : Set.of();
  }

  /** Whether the ids of a server's users are ours. */
  public boolean isOurs(@Nullable String fhirServer) {
    return fhirServer != null && localSources.contains(fhirServer);
  }

  /**
   * Ids of the organizations that one of our users works for.
   *
   * @param user as of {@link #of}
   */
  public Set<String> sitesOf(String user) {
    return known.get(user, this::read).sites();
  }

  private Known read(String user) {
    IdType id = new IdType(user);
    List<PractitionerRole> found =
        "PractitionerRole".equals(id.getResourceType()) ? byId(id) : byPractitioner(user);
    return new Known(
        found.stream()
            .flatMap(role -> role.getCode().stream())
            .flatMap(code -> code.getCoding().stream())
            .map(coding -> coding.getSystem() + "|" + coding.getCode())
            .collect(toUnmodifiableSet()),
        found.stream()
            .map(role -> role.getOrganization().getReferenceElement())
            .filter(site -> !site.hasBaseUrl() && site.hasIdPart())
            .map(IIdType::getIdPart)
            .collect(toUnmodifiableSet()));
  }

  private List<PractitionerRole> byId(IdType id) {
    try {
      return List.of(roles.read(id, new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return List.of();
    }
  }

  private List<PractitionerRole> byPractitioner(String user) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("practitioner", new ReferenceParam(user));
    search.add("active", new TokenParam("true"));
    search.setLoadSynchronousUpTo(MOST);
    return roles.search(search, new SystemRequestDetails()).getAllResources().stream()
        .map(PractitionerRole.class::cast)
        .toList();
  }
}
