package org.auscult.monitoring.finding;

import org.jspecify.annotations.Nullable;

/**
 * About what a finding is. What does not apply is null.
 *
 * @param model {@code url|version}
 * @param output of the model
 * @param site id of the Organization whose people are told; empty if it is no single site's
 * @param way of grouping, such as {@code sex}
 * @param group of that way
 * @param about what else it is about: the canonical of a feature, a type of resource
 */
public record FindingSubject(
    @Nullable String model,
    @Nullable String output,
    String site,
    @Nullable String way,
    @Nullable String group,
    @Nullable String about) {
  public FindingSubject {
    if ((way == null) != (group == null)) {
      throw new IllegalArgumentException("A group is of a way of grouping: " + way + ", " + group);
    }
  }

  /** One output of a model, everybody together. */
  public static FindingSubject ofModel(String model, String output) {
    return new FindingSubject(model, output, "", null, null, null);
  }

  /** Neither a model nor a group. */
  public static FindingSubject about(String about, String site) {
    return new FindingSubject(null, null, site, null, null, about);
  }
}
