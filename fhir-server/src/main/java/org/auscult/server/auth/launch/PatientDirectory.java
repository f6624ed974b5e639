package org.auscult.server.auth.launch;

import java.util.List;
import org.auscult.server.auth.user.User;
import org.jspecify.annotations.Nullable;

/** Port: finds the patients from whom a user may pick. */
public interface PatientDirectory {
  /** Patients on a page, at the most. */
  int PAGE = 20;

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

  /**
   * One page of those who match.
   *
   * @param number of this page, from 1
   * @param total how many match in all, as far as was sought
   * @param isWhole whether all who match were sought; if not, the question is too wide
   */
  record Page(List<Found> found, int number, int total, boolean isWhole) {
    static final Page NONE = new Page(List.of(), 1, 0, true);

    public Page {
      found = List.copyOf(found);
    }

    /** Whether another page follows. */
    public boolean hasNext() {
      return number * PAGE < total;
    }
  }

  /**
   * The patients who match and whose records this user may open, by name; none for an empty
   * question.
   *
   * @param number of the page, from 1
   */
  Page find(User user, Question question, int number);

  /** One patient; null if there is none, or none whose record this user may open. */
  @Nullable Found get(User user, String id);
}
