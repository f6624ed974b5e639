package org.auscult.model;

import java.util.Objects;

/**
 * One line of a model's register of sensitive inputs (safety rule 34).
 *
 * @param part whether it is a feature that the model reads, or an output
 * @param name of the feature in the model's set, or of the output
 * @param use how and why the model uses it, for people
 */
public record SensitiveUse(Part part, String name, Sensitivity kind, String use) {
  /** What is sensitive. */
  public enum Part {
    FEATURE,
    OUTPUT
  }

  public SensitiveUse {
    Objects.requireNonNull(part);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(use);
  }

  /** Whether it is the same part for the same reason, whatever the words. */
  boolean isAs(SensitiveUse other) {
    return part == other.part && name.equals(other.name) && kind == other.kind;
  }
}
