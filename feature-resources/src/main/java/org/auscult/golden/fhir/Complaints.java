package org.auscult.golden.fhir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one file, and with which of its cases. */
final class Complaints {
  /** More than anybody reads; a file of rubbish must not fill the memory. */
  private static final int MOST = 1000;

  private final String file;
  private final @Nullable String caseName;
  private final List<GoldenProblem> found;
  private int own;

  private Complaints(String file, @Nullable String caseName, List<GoldenProblem> found) {
    this.file = file;
    this.caseName = caseName;
    this.found = found;
  }

  Complaints(String file) {
    this(file, null, new ArrayList<>());
  }

  /** Of one case; they are counted for themselves, and stand among all of the file. */
  Complaints of(@Nullable String name) {
    return new Complaints(file, name, found);
  }

  void add(String place, String what, String remedy) {
    own++;
    if (found.size() < MOST) {
      found.add(new GoldenProblem(file, caseName, place, what, remedy));
    } else if (found.size() == MOST) {
      found.add(new GoldenProblem(file, null, "", "there are more mistakes", "Mend these first."));
    }
  }

  /** How many were noted here, and not in a part. */
  int count() {
    return own;
  }

  List<GoldenProblem> all() {
    return List.copyOf(found);
  }
}
