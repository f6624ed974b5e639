package org.auscult.server.report;

import java.util.Objects;

/**
 * What a row of reports is about: one output of one version of a model, or a deployment.
 *
 * @param model {@code url|version}, of the deployment if it is one
 * @param output its name; empty for what is told of the model as a whole
 */
public record Series(String model, String output) {
  public Series {
    Objects.requireNonNull(model);
    Objects.requireNonNull(output);
  }
}
