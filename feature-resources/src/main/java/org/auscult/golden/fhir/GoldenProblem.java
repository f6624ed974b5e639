package org.auscult.golden.fhir;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a golden file.
 *
 * @param caseName the case in which it stands; null if in none
 * @param place where in the file: {@code cases[2].expect.systolic}; empty for the whole of it
 * @param remedy what to do about it
 */
public record GoldenProblem(
    String file, @Nullable String caseName, String place, String what, String remedy) {
  public GoldenProblem {
    Objects.requireNonNull(file);
    Objects.requireNonNull(place);
    Objects.requireNonNull(what);
    Objects.requireNonNull(remedy);
  }

  @Override
  public String toString() {
    return file
        + (caseName == null ? "" : ", case '" + caseName + "'")
        + (place.isEmpty() ? "" : ", " + place)
        + ": "
        + what
        + ". "
        + remedy;
  }
}
