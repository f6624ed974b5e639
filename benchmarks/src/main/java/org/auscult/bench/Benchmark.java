package org.auscult.bench;

/** One benchmark. */
interface Benchmark {
  /** The word by which it is called. */
  String name();

  /** What it measures, in one line. */
  String about();

  /**
   * Measures, and reports each figure.
   *
   * @throws Exception if it could not be measured: then there is no result
   */
  void run(Setting setting, Report report) throws Exception;
}
