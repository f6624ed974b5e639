package org.auscult.server.auth.launch;

import java.util.List;
import org.auscult.server.auth.launch.PatientDirectory.Question;
import org.auscult.server.auth.user.User;

/** Port: records what the choice of a patient shows, before it is shown. */
public interface PickerLog {
  /**
   * A user was shown patients.
   *
   * @param client for which one is to be chosen
   * @param patients ids; none if nobody was found
   */
  void shown(User user, String client, Question question, List<String> patients);

  /** A user chose a patient who is not there, or whose record this user may not open. */
  void notAllowed(User user, String client, String patient);
}
