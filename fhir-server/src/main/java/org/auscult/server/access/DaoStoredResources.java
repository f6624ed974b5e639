package org.auscult.server.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryMatchResult;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auscult.access.Scope;
import org.auscult.access.fhir.StoredResources;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** What HAPI's storage holds. */
final class DaoStoredResources implements StoredResources {
  private final DaoRegistry daos;
  private final SearchParamMatcher matcher;

  DaoStoredResources(DaoRegistry daos, SearchParamMatcher matcher) {
    this.daos = daos;
    this.matcher = matcher;
  }

  @Override
  public Optional<Resource> current(String type, String id) {
    if (!daos.isResourceTypeSupported(type)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          (Resource)
              daos.getResourceDao(type).read(new IdType(type, id), new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException | InvalidRequestException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean matches(Resource resource, List<Scope.Filter> filters) {
    String query = filters.stream().map(Scope.Filter::text).collect(Collectors.joining("&"));
    try {
      InMemoryMatchResult result =
          matcher.match(resource.fhirType() + "?" + query, resource, new SystemRequestDetails());
      return result.supported() && result.matched();
    } catch (BaseServerResponseException e) {
      // A filter that this server cannot read lets nothing pass.
      return false;
    }
  }
}
