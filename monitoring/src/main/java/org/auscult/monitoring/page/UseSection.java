package org.auscult.monitoring.page;

import java.util.List;
import org.auscult.monitoring.plot.Markup;

/** What clinicians did with the cards. */
final class UseSection {
  private UseSection() {}

  static void write(Markup page, ModelPage model) {
    page.element("h2", "What clinicians did with the cards").line();
    if (model.use().isEmpty()) {
      page.element("p", "No deployment that shows this model was called in the window.").line();
    }
    for (CardUse use : model.use()) {
      page.element("h3", use.deployment()).line();
      Sheet.table(page, "counts", "Calls, cards and answers", List.of("What", "How many"));
      use.counts()
          .forEach(
              (code, count) -> {
                page.open("tr").element("th", Wording.name(code), "scope", "row");
                Sheet.count(page, count);
                page.close().line();
              });
      Sheet.endTable(page);
      Sheet.figures(page, "Use", use.figures());
    }
  }
}
