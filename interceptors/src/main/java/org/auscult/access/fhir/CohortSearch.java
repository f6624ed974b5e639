package org.auscult.access.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.Map;

/**
 * Holds a search that an operation takes as a parameter to the rules of searches that come by
 * themselves: by what the purpose of use does not need, nobody is found.
 */
public final class CohortSearch {
  private final SearchRules rules;

  public CohortSearch(ISearchParamRegistry parameters) {
    this.rules = new SearchRules(parameters);
  }

  /** Throws the refusal, if whoever makes the request may not search patients like this. */
  public void check(RequestDetails request, Map<String, String[]> parameters) {
    AccessSession.of(request)
        .ifPresent(session -> rules.check(session, request, "Patient", parameters));
  }
}
