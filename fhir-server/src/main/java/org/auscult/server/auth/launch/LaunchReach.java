package org.auscult.server.auth.launch;

import java.util.Collection;
import java.util.Set;
import org.auscult.access.Requester;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.server.auth.user.User;
import org.auscult.server.config.PublicUrls;

/**
 * Whose records a user may open, by the access policy. It is asked before a launch is granted: in
 * the launch, its patient is the user's own, so nobody may come there by the launch alone.
 */
public final class LaunchReach {
  private static final String SCOPE = "user/Patient.rs";
  private static final String TREATMENT = "TREAT";

  private final AccessSessions sessions;
  private final PublicUrls urls;

  public LaunchReach(AccessSessions sessions, PublicUrls urls) {
    this.sessions = sessions;
    this.urls = urls;
  }

  /** Whether a user may open the record of a patient. */
  public boolean reaches(User user, String patient) {
    return sessions.reaches(requester(user), patient);
  }

  /** Those of these patients whom a user may find, which is less: some withhold themselves. */
  public Set<String> visible(User user, Collection<String> patients) {
    return sessions.visible(requester(user), patients);
  }

  /** As a token says it by which this user looks for patients. */
  private Requester requester(User user) {
    return new Requester(
        urls.root(),
        user.id(),
        "",
        user.fhirUser(),
        user.roles(),
        SCOPE,
        null,
        null,
        Set.copyOf(user.sites()),
        TREATMENT,
        null);
  }
}
