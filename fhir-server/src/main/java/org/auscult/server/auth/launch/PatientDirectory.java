package org.auscult.server.auth.launch;

import java.util.List;
import org.auscult.server.auth.user.User;
import org.jspecify.annotations.Nullable;

/** Port: finds the patients from whom a user may pick. */
public interface PatientDirectory {
  /**
   * A patient as the picker shows it.
   *
   * @param birthDate as it is recorded, perhaps partial; empty if unknown
   * @param identifiers in the order of the record
   */
  record Found(String id, String name, String birthDate, String sex, List<String> identifiers) {
    public Found {
      identifiers = List.copyOf(identifiers);
    }
  }

  /**
   * What is sought; what is empty is not asked for.
   *
   * @param birthDate {@code YYYY-MM-DD}, or a part of it
   */
  record Question(String name, String identifier, String birthDate) {
    /** Whether nothing is asked for. */
    public boolean isEmpty() {
      return name.isBlank() && identifier.isBlank() && birthDate.isBlank();
    }
  }

  /** The patients that match, twenty at the most; none for an empty question. */
  List<Found> find(User user, Question question);

  /** One patient; null if there is none, or none that this user may pick. */
  @Nullable Found get(User user, String id);
}
