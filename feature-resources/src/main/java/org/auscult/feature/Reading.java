package org.auscult.feature;

import java.util.Objects;
import org.auscult.timeline.Fact;

/**
 * One fact of a feature's window, and how it reads.
 *
 * @param value in the definition's unit, or why it is none
 */
public record Reading(Fact fact, FeatureValue value) {
  public Reading {
    Objects.requireNonNull(fact);
    Objects.requireNonNull(value);
  }
}
