package org.auscult.server.auth.ehr;

/** A launch goes no further. It has no cause: causes could quote a token or a person's data. */
final class LaunchRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final LaunchProblem problem;

  LaunchRefused(LaunchProblem problem) {
    super(problem.code(), null, false, false);
    this.problem = problem;
  }

  LaunchProblem problem() {
    return problem;
  }
}
