package org.auscult.prediction;

import java.util.Objects;

/**
 * One output of one run.
 *
 * @param margin the additive scale
 * @param value probability 0–1, or the value in the output's unit
 */
public record Score(String output, double margin, double value) {
  public Score {
    Objects.requireNonNull(output);
  }
}
