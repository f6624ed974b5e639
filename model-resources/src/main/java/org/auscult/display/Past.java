package org.auscult.display;

import java.util.List;
import java.util.Objects;

/**
 * What a decision must know of what was.
 *
 * @param shown to this user, of this patient, by this deployment, newest first
 * @param rate of this deployment, over {@link DisplayRules#CEILING_WINDOW}
 */
public record Past(List<Shown> shown, FiringRate rate) {
  /** Nothing was shown. */
  public static final Past NONE = new Past(List.of(), FiringRate.NONE);

  public Past {
    shown = List.copyOf(shown);
    Objects.requireNonNull(rate);
  }
}
