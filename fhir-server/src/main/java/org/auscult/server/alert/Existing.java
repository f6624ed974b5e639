package org.auscult.server.alert;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Finds a resource that may not be there, within a transaction: to read what is not there would
 * make it fail.
 */
public final class Existing {
  private Existing() {}

  /** The resource of an id; null if it is not there, or not any more. */
  public static <T extends Resource> @Nullable T find(IFhirResourceDao<T> dao, String id) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("_id", new TokenParam(id));
    return dao.search(search, new SystemRequestDetails()).getAllResources().stream()
        .map(dao.getResourceType()::cast)
        .findFirst()
        .orElse(null);
  }
}
