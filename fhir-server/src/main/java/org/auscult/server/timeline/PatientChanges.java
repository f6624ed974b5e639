package org.auscult.server.timeline;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Port: hears whose timelines a transaction changes, within that transaction. */
@FunctionalInterface
public interface PatientChanges {
  /**
   * The rows of these patients are about to be committed.
   *
   * @param knownAt when the latest of the changes becomes known
   */
  void changed(Collection<String> patients, Instant knownAt);

  /** The whole record is being erased. */
  default void erased() {}

  /** Tells all of these. */
  static PatientChanges toAll(List<PatientChanges> listeners) {
    return new PatientChanges() {
      @Override
      public void changed(Collection<String> patients, Instant knownAt) {
        listeners.forEach(listener -> listener.changed(patients, knownAt));
      }

      @Override
      public void erased() {
        listeners.forEach(PatientChanges::erased);
      }
    };
  }
}
