package org.auscult.prove.crash;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How a process is to die. */
public sealed interface Kill {
  /** What a process that was killed ends with. */
  int STATUS = 137;

  /** The places that journal and materialiser name. */
  List<String> OF_THE_JOURNAL =
      List.of(
          "journal.before-insert",
          "journal.after-insert",
          "materialiser.claimed",
          "materialiser.written",
          "materialiser.before-commit",
          "materialiser.after-commit");

  /**
   * Those, and what the audit log names. A whole server passes the latter on its way up too, where
   * nothing is shown yet.
   */
  List<String> OF_ALL =
      Stream.concat(
              OF_THE_JOURNAL.stream(),
              Stream.of(
                  "audit.before-commit",
                  "audit.after-commit",
                  "audit.before-append",
                  "audit.after-append"))
          .toList();

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
  static Kill draw(
      List<String> points, int number, Random random, int mostPassings, int mostMillis) {
    if (number % 2 == 1) {
      return new AfterMillis(random.nextInt(mostMillis));
    }
    String point = points.get(number / 2 % points.size());
    return new AtPoint(point, 1 + random.nextInt(mostPassings));
  }

  /**
   * Whether it is time, for those who kill from outside.
   *
   * @param firstAnswer of {@link System#nanoTime}; 0 if none came yet
   */
  default boolean isDue(long firstAnswer) {
    return this instanceof AfterMillis after
        && firstAnswer != 0
        && System.nanoTime() - firstAnswer > TimeUnit.MILLISECONDS.toNanos(after.millis());
  }

  /** What the child's command line needs for it. */
  default List<String> options() {
    return this instanceof AtPoint at
        ? List.of("-Dauscult.crash-at=" + at.point() + ":" + at.passing())
        : List.of();
  }
}
