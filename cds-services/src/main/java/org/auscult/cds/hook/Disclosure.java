package org.auscult.cds.hook;

import java.util.Map;
import java.util.Set;
import org.auscult.prediction.Caller;
import org.auscult.prediction.Subject;

/** Port: what of our record is under special protection, and to whom it may be named. */
public interface Disclosure {
  /** Nothing bears a label, and nobody may be told of what is protected by its code. */
  Disclosure NONE =
      new Disclosure() {
        @Override
        public Map<String, Set<String>> labels(String patient) {
          return Map.of();
        }

        @Override
        public boolean mayName(Caller caller, Subject subject, Set<String> labels) {
          return false;
        }
      };

  /**
   * The labels of special protection of a patient's resources.
   *
   * @param patient id in our own record
   * @return by reference without version
   */
  Map<String, Set<String>> labels(String patient);

  /**
   * Whether what bears these labels may be named to the user of a caller. One whom nobody knows may
   * be told nothing.
   */
  boolean mayName(Caller caller, Subject subject, Set<String> labels);
}
