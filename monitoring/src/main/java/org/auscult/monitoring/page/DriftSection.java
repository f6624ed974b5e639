package org.auscult.monitoring.page;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.auscult.monitoring.drift.Band;
import org.auscult.monitoring.plot.Digits;
import org.auscult.monitoring.plot.Markup;
import org.jspecify.annotations.Nullable;

/** How what the model was given moved, week by week, and why. */
final class DriftSection {
  private DriftSection() {}

  static void write(Markup page, ModelPage model) {
    page.element("h2", "What the model was given").line();
    if (model.weeks().isEmpty()) {
      page.element(
              "p",
              "There is no report of drift for a week of this window: its weeks lie within or before"
                  + " the reference, or are not over.")
          .line();
      return;
    }
    if (model.causes().isEmpty()) {
      page.element("p", "No cause of a drift was found.").line();
    } else {
      page.open("ul", "class", "causes");
      model.causes().forEach(cause -> page.element("li", cause));
      page.close().line();
    }
    heat(page, model);
  }

  private static void heat(Markup page, ModelPage model) {
    List<String> heads = new ArrayList<>(List.of("Feature"));
    model.weeks().forEach(week -> heads.add(model.subject().shortDay(week.week().start())));
    Sheet.table(
        page,
        "heat",
        "Population stability index of each feature by weeks from Monday on, against the"
            + " reference window: stable below"
            + " 0.1, warns from 0.1 on, acts from 0.25 on. What coincides with a change is not"
            + " always its cause.",
        heads);
    TreeSet<String> features = new TreeSet<>();
    model.weeks().forEach(week -> features.addAll(week.features().keySet()));
    for (String feature : features) {
      page.open("tr").element("th", feature, "scope", "row");
      for (DriftWeek week : model.weeks()) {
        cell(page, week.features().get(feature));
      }
      page.close().line();
    }
    Sheet.endTable(page);
  }

  private static void cell(Markup page, DriftWeek.@Nullable Cell cell) {
    Double psi = cell == null ? null : cell.psi();
    Band band = cell == null ? null : cell.band();
    if (psi == null || band == null) {
      page.element("td", cell == null ? "not given" : "not told: " + cell.why());
      return;
    }
    page.open("td", "class", band.code());
    Sheet.number(page, psi, Digits.shown(psi));
    page.text(" " + band.code()).close();
  }
}
