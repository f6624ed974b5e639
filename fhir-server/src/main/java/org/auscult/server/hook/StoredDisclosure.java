package org.auscult.server.hook;

import java.util.Map;
import java.util.Set;
import org.auscult.access.Requester;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.cds.hook.Disclosure;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.Subject;

/**
 * Asks the access policy, the patient's consents and open emergencies whether the user of a card
 * may be told. An EHR that has proven who it is says who its user is; of whom it says nothing, or
 * whose ids are not ours, nobody is known.
 */
final class StoredDisclosure implements Disclosure {
  private final AccessSessions sessions;
  private final StoredUserRoles users;

  StoredDisclosure(AccessSessions sessions, StoredUserRoles users) {
    this.sessions = sessions;
    this.users = users;
  }

  @Override
  public Map<String, Set<String>> labels(String patient) {
    return sessions.labels(patient);
  }

  @Override
  public boolean mayName(Caller caller, Subject subject, Set<String> labels) {
    CallerIdentity ehr = caller.identity();
    String user = caller.user();
    if (ehr == null || user == null || !subject.isOurs() || !users.isOurs(caller.fhirServer())) {
      return false;
    }
    Requester viewer = Requester.ofCard(ehr.client(), user, users.sitesOf(user));
    return sessions.mayName(viewer, subject.id(), labels);
  }
}
