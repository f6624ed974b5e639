package org.auscult.prove.outcomes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What is asked of {@link LabelChild}, kept outside of the process that is killed. What it has not
 * answered is asked again.
 */
final class LightWork {
  private final Random random;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Set<String> done = new LinkedHashSet<>();
  private final List<String> patients = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();
  private int numbers;

  LightWork(long seed) {
    this.random = new Random(seed);
  }

  /** Something new: a patient, a diagnosis, a new version of one, an error, or the same again. */
  synchronized String next() {
    double dice = random.nextDouble();
    String line;
    if (patients.isEmpty() || dice < 0.2) {
      line = "PREDICT p" + ++numbers;
    } else if (dice < 0.25) {
      line = "PREDICT " + any(patients);
    } else if (dice < 0.3) {
      line = "AGAIN " + any(patients);
    } else if (conditions.isEmpty() || dice < 0.7) {
      line = "EVENT " + any(patients) + " c" + ++numbers;
    } else {
      line = (dice < 0.9 ? "ERROR " : "EVENT ") + any(conditions);
    }
    asked.add(line);
    return line;
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  synchronized void done(String line) {
    asked.remove(line);
    if (done.add(line)) {
      String[] words = line.split(" ");
      if (words[0].equals("PREDICT")) {
        patients.add(words[1]);
      } else if (words[0].equals("EVENT")) {
        conditions.add(words[1] + " " + words[2]);
      }
    }
  }

  /** What was asked and not answered. */
  synchronized List<String> unanswered() {
    return List.copyOf(asked);
  }

  /** Who has a prediction, for certain. */
  synchronized Set<String> patients() {
    return new LinkedHashSet<>(patients);
  }

  /** The diagnoses that are stored, for certain: ids. */
  synchronized Set<String> conditions() {
    Set<String> ids = new LinkedHashSet<>();
    conditions.forEach(c -> ids.add(c.split(" ")[1]));
    return ids;
  }
}
