package org.auscult.monitoring.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.plot.ForestPlot;
import org.auscult.monitoring.plot.ForestPlot.Row;
import org.auscult.monitoring.plot.Markup;
import org.auscult.monitoring.plot.Plot.Words;

/** The main figures by group. */
final class GroupSection {
  private static final List<String> FIGURES = List.of("auroc", "observed-to-expected");
  private static final int MOST_ROWS = 90;

  private GroupSection() {}

  static void write(Markup page, ModelPage model) {
    page.element("h2", "Groups of people").line();
    page.element(
            "p",
            "Groups of ten people or fewer are not shown, nor is one that would follow from the"
                + " whole and the rest. Where a group's events, or its others, are ten or fewer, its"
                + " name stands alone. The dashed line is everybody together.",
            "class",
            "soft")
        .line();
    boolean isShown = false;
    for (String name : FIGURES) {
      Optional<ReportedFigure> overall = model.figure(name).filter(f -> f.value() != null);
      Map<String, List<Row>> rows = rows(model, name);
      if (overall.isPresent() && !rows.isEmpty()) {
        forest(page, overall.get(), rows);
        isShown = true;
      }
    }
    if (!isShown) {
      page.element("p", "No group can be shown.").line();
    }
  }

  private static Map<String, List<Row>> rows(ModelPage model, String name) {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    for (ReportedFigure figure : model.figures()) {
      String way = figure.way();
      String group = figure.group();
      if (way == null || group == null || !figure.name().equals(name)) {
        continue;
      }
      Double value = figure.value();
      rows.computeIfAbsent(way, w -> new ArrayList<>(List.of(Row.heading(w))))
          .add(
              new Row(
                  group,
                  false,
                  value,
                  figure.interval(),
                  figure.n(),
                  value == null ? "hidden or not known" : ""));
    }
    return rows;
  }

  private static void forest(Markup page, ReportedFigure of, Map<String, List<Row>> rows) {
    List<Row> all = rows.values().stream().flatMap(List::stream).toList();
    List<Row> shown = all.subList(0, Math.min(MOST_ROWS, all.size()));
    double overall = of.value() == null ? 0 : of.value();
    String name = Wording.name(of.name());
    Words words =
        new Words(
            "groups-" + of.name(),
            name + " by group",
            name + " of each group with its interval; values are at the right of each row.");
    page.open("figure").add(ForestPlot.of(words, name, overall, shown));
    page.element(
        "figcaption",
        name
            + " by group, with its interval of 95 %."
            + (all.size() > shown.size()
                ? " " + (all.size() - shown.size()) + " more rows are in the report."
                : ""));
    page.close().line();
  }
}
