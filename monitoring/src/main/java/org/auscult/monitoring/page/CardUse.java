package org.auscult.monitoring.page;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.alert.ReportedFigure;

/**
 * What was done with the cards of a deployment.
 *
 * @param deployment {@code url|version}
 * @param counts of calls, cards, answers and reasons, by code
 * @param figures overall
 */
public record CardUse(
    String deployment, SortedMap<String, Long> counts, List<ReportedFigure> figures) {
  public CardUse {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    figures = List.copyOf(figures);
  }
}
