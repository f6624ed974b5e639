package org.auscult.access.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;
import org.auscult.access.AccessPolicy;
import org.auscult.access.ConsentRules;
import org.auscult.access.PatientTies;
import org.auscult.access.Reach;
import org.auscult.access.Requester;

/**
 * Begins the session of a request from its requester.
 *
 * @param isOurBase whether a base URL is one of ours, so that references below it are local
 */
public record AccessSessions(
    AccessPolicy policy,
    PatientTies ties,
    Reach.Sites sites,
    ConsentRules consents,
    StoredResources stored,
    FhirContext fhir,
    Predicate<String> isOurBase) {

  /** Whether a requester may open a patient's record at all: for whoever grants a launch. */
  public boolean reaches(Requester requester, String patient) {
    Reach reach = new Reach(requester, ties, sites);
    return switch (reach.of(Set.of(patient))) {
      case LAUNCH, CARE_TEAM, SITE -> true;
      case NONE, WITHHELD, ELSEWHERE -> false;
    };
  }

  void begin(RequestDetails request, Requester requester) {
    of(requester).begin(request);
  }

  AccessSession of(Requester requester) {
    Reach reach = new Reach(requester, ties, sites);
    return new AccessSession(
        policy,
        requester,
        reach,
        new Withholding(requester, reach, consents, fhir.newTerser(), InstantSource.system()),
        fhir,
        isOurBase,
        stored);
  }
}
