package org.auscult.server.config;

import java.util.List;

/** The configuration does not allow a start; says everything that is wrong with it, at once. */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final List<String> problems;

  /**
   * @param problems each a whole sentence that says what to do; never with a secret in it
   */
  public StartRefused(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public StartRefused(String problem) {
    this(List.of(problem));
  }

  /** What is wrong, each with what to do about it. */
  public List<String> problems() {
    return problems;
  }
}
