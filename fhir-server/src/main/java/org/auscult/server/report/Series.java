package org.auscult.server.report;

import java.util.Objects;

/**
 * One output of one version of a model.
 *
 * @param model {@code url|version}
 * @param output its name; empty for what is told of the model as a whole
 */
public record Series(String model, String output) {
  public Series {
    Objects.requireNonNull(model);
    Objects.requireNonNull(output);
  }
}
