package org.auscult.training;

import java.util.Arrays;
import java.util.Optional;

/** Which share of a data set a row belongs to. */
public enum Part {
  TRAIN("train"),
  VALIDATION("validation"),
  TEST("test");

  private final String code;

  Part(String code) {
    this.code = code;
  }

  /** As files and manifests spell it. */
  public String code() {
    return code;
  }

  /** The one of a code. */
  public static Optional<Part> of(String code) {
    return Arrays.stream(values()).filter(part -> part.code.equals(code)).findFirst();
  }
}
