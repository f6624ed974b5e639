package org.auscult.server.statistics;

import java.io.IOException;

/** That a file is not as it must be: which, in which line and column, and what to do. */
final class CsvProblem extends IOException {
  private static final long serialVersionUID = 1;

  CsvProblem(String message) {
    super(message);
  }
}
