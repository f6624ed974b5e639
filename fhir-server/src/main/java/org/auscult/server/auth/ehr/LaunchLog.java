package org.auscult.server.auth.ehr;

import org.auscult.server.auth.user.User;
import org.jspecify.annotations.Nullable;

/** Port: records launches before they are answered. */
public interface LaunchLog {
  /**
   * An EHR's user was let in with a patient.
   *
   * @param ehr as it is configured
   * @param patient id in our record
   */
  void launched(User user, String ehr, String application, String patient);

  /**
   * A launch was refused.
   *
   * @param ehr as it is configured; null if it is none that we know
   * @param application null if it is none that we know
   * @param reason a code of ours
   */
  void launchRefused(@Nullable String ehr, @Nullable String application, String reason);
}
