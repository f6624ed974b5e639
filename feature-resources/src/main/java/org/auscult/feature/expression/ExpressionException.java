package org.auscult.feature.expression;

/** An expression that cannot be read; the message says where and what to do. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExpressionException(String message) {
    super(message);
  }
}
