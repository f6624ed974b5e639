package org.auscult.golden.fhir;

import java.util.List;
import java.util.Objects;

/**
 * What one file holds.
 *
 * @param cases those that can be run
 * @param told how many cases it tells of, whether or not they can be run
 * @param problems everything that is wrong with it
 */
public record GoldenFile(
    String name, List<GoldenCase> cases, int told, List<GoldenProblem> problems) {
  public GoldenFile {
    Objects.requireNonNull(name);
    cases = List.copyOf(cases);
    problems = List.copyOf(problems);
  }
}
