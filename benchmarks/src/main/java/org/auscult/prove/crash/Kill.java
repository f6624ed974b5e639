package org.auscult.prove.crash;

import java.util.List;
import java.util.Random;

/** How a process is to die. */
sealed interface Kill {
  /** The places that journal and materialiser name. */
  List<String> POINTS =
      List.of(
          "journal.before-insert",
          "journal.after-insert",
          "materialiser.claimed",
          "materialiser.written",
          "materialiser.before-commit",
          "materialiser.after-commit");

  /** It halts itself at the n-th passing of a named place, all threads at once. */
  record AtPoint(String point, int passing) implements Kill {
    @Override
    public String toString() {
      return point;
    }
  }

  /** SIGKILL, some milliseconds after its first answer. */
  record AfterMillis(int millis) implements Kill {
    @Override
    public String toString() {
      return "SIGKILL at a random time";
    }
  }

  /** Every second one at a random time, the others at each place in turn. */
  static Kill draw(int number, Random random, int mostPassings, int mostMillis) {
    if (number % 2 == 1) {
      return new AfterMillis(random.nextInt(mostMillis));
    }
    String point = POINTS.get(number / 2 % POINTS.size());
    return new AtPoint(point, 1 + random.nextInt(mostPassings));
  }

  /** What the child's command line needs for it. */
  default List<String> options() {
    return this instanceof AtPoint at
        ? List.of("-Dauscult.crash-at=" + at.point() + ":" + at.passing())
        : List.of();
  }
}
