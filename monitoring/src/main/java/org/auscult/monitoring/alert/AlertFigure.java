package org.auscult.monitoring.alert;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which figure of reports is watched.
 *
 * @param code such as {@code auroc}
 * @param parameters that its definition must have, as {@code name = value}; others it may have
 * @param by of a gap, between the groups of which way of grouping; null if it is no gap
 */
public record AlertFigure(String code, Set<String> parameters, @Nullable String by) {
  public AlertFigure {
    parameters = Set.copyOf(parameters);
    if (code.isBlank()) {
      throw new IllegalArgumentException("A figure has a code");
    }
  }
}
