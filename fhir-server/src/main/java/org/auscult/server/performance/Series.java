package org.auscult.server.performance;

import java.util.Objects;

/**
 * One output of one version of a model.
 *
 * @param model {@code url|version}
 * @param output its name
 */
public record Series(String model, String output) {
  public Series {
    Objects.requireNonNull(model);
    Objects.requireNonNull(output);
  }
}
