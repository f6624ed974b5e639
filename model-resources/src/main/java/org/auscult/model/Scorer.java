package org.auscult.model;

import org.jspecify.annotations.Nullable;

/** A model's function, loaded. */
public interface Scorer extends AutoCloseable {
  /**
   * Scores rows.
   *
   * @param rows shape (n, inputs), in the model's order and units
   * @return margins and values, each of shape (n, outputs)
   * @throws ScoringException if the runtime fails
   */
  Scores score(double[][] rows);

  @Override
  void close();

  /**
   * What came out.
   *
   * @param margin the additive scale on which contributions are counted
   * @param value probability 0–1, or the value in the output's unit
   */
  final class Scores {
    private final double[][] margin;
    private final double[][] value;

    public Scores(double[][] margin, double[][] value) {
      this.margin = margin.clone();
      this.value = value.clone();
    }

    public double margin(int row, int output) {
      return margin[row][output];
    }

    public double value(int row, int output) {
      return value[row][output];
    }
  }

  /** The runtime failed. */
  final class ScoringException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ScoringException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
