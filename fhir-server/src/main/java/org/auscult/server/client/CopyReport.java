package org.auscult.server.client;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.deidentification.KAnonymity;
import org.auscult.deidentification.Profile;
import org.auscult.deidentification.SmallCells;
import org.auscult.deidentification.Tally;
import org.auscult.deidentification.fhir.QuasiIdentifiers;

/** What is said of a masked copy. No cell of a table is smaller than {@link SmallCells} lets it. */
final class CopyReport {
  private static final int SEX = 1;
  private static final int BIRTH = 0;
  private static final int MOST_SIZES = 30;

  private final SmallCells cells = SmallCells.CMS;
  private final StringBuilder text = new StringBuilder();

  private CopyReport() {}

  /**
   * The report.
   *
   * @param suppressed whether persons in small classes were left out
   */
  static String of(
      Profile profile,
      LocalDate day,
      Tally tally,
      KAnonymity likeness,
      int k,
      DeidentifyCommand.BelowK suppressed) {
    CopyReport report = new CopyReport();
    report.line("Masked copy of %s, profile %s", day, profile.code());
    report.line("For the holder of the data, not for who is given the copy.");
    report.line("In tables, counts of 1 to %d are not shown.", report.cells.least() - 1);
    report.resources(tally);
    report.dropped(tally);
    report.likeness(likeness, k, suppressed);
    return report.text.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void resources(Tally tally) {
    line("%nResources in the copy");
    tally.written().forEach((type, count) -> line("  %-28s %12s", type, cells.show(count)));
    line("%nResources left out");
    tally
        .leftOut()
        .forEach(
            (type, reasons) ->
                reasons.forEach(
                    (why, count) -> line("  %-28s %12s  %s", type, cells.show(count), why.text())));
  }

  private void dropped(Tally tally) {
    line("%nElements dropped");
    tally.dropped().forEach((path, count) -> line("  %-60s %12s", path, cells.show(count)));
  }

  private void likeness(KAnonymity likeness, int k, DeidentifyCommand.BelowK suppressed) {
    KAnonymity.Result result = likeness.result(k);
    line("%nPersons who are alike, by %s", String.join(", ", QuasiIdentifiers.NAMES));
    line("  %,d persons in %,d classes", result.persons(), result.classes());
    line("  the smallest class has %,d", result.smallest());
    line("  %,d persons are in classes of fewer than k = %d", result.below(), k);
    line(
        result.below() == 0
            ? "  The copy is k-anonymous for this k in these elements."
            : switch (suppressed) {
              case KEEP ->
                  "  They are IN THE COPY: it is not k-anonymous for this k. Leave them out with"
                      + " --below-k drop.";
              case DROP -> "  They were LEFT OUT, with all that is theirs.";
            });
    line("  Nothing is claimed of what the members of a class have in common (l-diversity).");
    line("%n  Size of class, and how many classes have it");
    int shown = 0;
    for (Map.Entry<Integer, Integer> size : result.sizes().entrySet()) {
      if (++shown > MOST_SIZES) {
        line("  ... and larger ones");
        break;
      }
      line("  %8d %12d", size.getKey(), size.getValue());
    }
    table("%nPersons by sex", likeness.counts(SEX));
    table("%nPersons by decade of birth", decades(likeness.counts(BIRTH)));
  }

  private void table(String title, SortedMap<String, Integer> counts) {
    line(title);
    cells
        .show(counts)
        .forEach(
            (value, count) -> line("  %-28s %12s", value.isEmpty() ? "not told" : value, count));
  }

  private static SortedMap<String, Integer> decades(SortedMap<String, Integer> dates) {
    SortedMap<String, Integer> decades = new TreeMap<>();
    dates.forEach(
        (date, count) ->
            decades.merge(
                date.length() < 4 ? "" : date.substring(0, 3) + "0s", count, Integer::sum));
    return decades;
  }
}
