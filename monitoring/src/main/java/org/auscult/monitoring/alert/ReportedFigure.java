package org.auscult.monitoring.alert;

import java.util.List;
import org.auscult.statistics.estimate.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A figure as a report of a window tells it.
 *
 * @param name code, such as {@code auroc}
 * @param parameters of its definition, as {@code name = value}, sorted; of a feature's figure also
 *     {@code feature = name}
 * @param by of a gap, between the groups of which way of grouping; null otherwise
 * @param way of grouping; null for everybody together
 * @param group of that way; null for everybody together
 * @param value null if it is unknown
 * @param interval null if there is none
 * @param n rows that it is made of
 * @param output of the model, if the report tells of several; null otherwise
 * @param causes sentences that say why it is so, as far as the report does
 * @param unknown why there is no value; null if there is one
 */
public record ReportedFigure(
    String name,
    List<String> parameters,
    @Nullable String by,
    @Nullable String way,
    @Nullable String group,
    @Nullable Double value,
    @Nullable Interval interval,
    long n,
    @Nullable String output,
    List<String> causes,
    @Nullable String unknown) {
  public ReportedFigure {
    parameters = parameters.stream().sorted().toList();
    causes = List.copyOf(causes);
    if ((way == null) != (group == null)) {
      throw new IllegalArgumentException("A group is of a way of grouping: " + way + ", " + group);
    }
  }

  /** A known one of a report about a single output, which says nothing of why. */
  public ReportedFigure(
      String name,
      List<String> parameters,
      @Nullable String by,
      @Nullable String way,
      @Nullable String group,
      @Nullable Double value,
      @Nullable Interval interval,
      long n) {
    this(name, parameters, by, way, group, value, interval, n, null, List.of(), null);
  }
}
