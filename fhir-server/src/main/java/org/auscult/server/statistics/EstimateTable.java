package org.auscult.server.statistics;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.statistics.estimate.Certainty;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;

/** Figures as a table for a terminal, and what they are below it. */
final class EstimateTable {
  private static final int WIDTH = 38;

  private final PrintStream out;
  private final Set<Definition> definitions = new LinkedHashSet<>();

  EstimateTable(PrintStream out) {
    this.out = out;
  }

  /** A title over the figures that follow. */
  void title(String title) {
    line("");
    line(title);
    line(
        "  %s %12s  %-25s %-10s %9s"
            .formatted(padded("figure"), "value", "95 % interval", "p", "n"));
  }

  /** One line, cleared of what a terminal would obey. */
  void line(String line) {
    out.println(line.replaceAll("\\p{Cntrl}", "?"));
  }

  void rows(List<Estimate> estimates) {
    estimates.forEach(this::row);
  }

  void row(Estimate estimate) {
    Definition definition = estimate.definition();
    definitions.add(withoutOwn(definition));
    String name = padded(name(definition));
    if (estimate instanceof Estimate.Known known) {
      Certainty certainty = known.certainty();
      List<String> notes = new ArrayList<>();
      if (certainty.interval() != null) {
        notes.add(certainty.interval().method());
      }
      if (certainty.pValue() != null) {
        notes.add(certainty.pValue().method());
      }
      if (certainty.note() != null) {
        notes.add(certainty.note());
      }
      line(
          "  %s %12s  %-25s %-10s %,9d  %s"
              .formatted(
                  name,
                  number(known.value()),
                  certainty.interval() == null
                      ? ""
                      : number(certainty.interval().lower())
                          + " to "
                          + number(certainty.interval().upper()),
                  certainty.pValue() == null ? "" : number(certainty.pValue().value()),
                  known.n(),
                  String.join("; ", notes))
              .stripTrailing());
    } else if (estimate instanceof Estimate.Unknown unknown) {
      line("  %s %12s  %s".formatted(name, "-", unknown.reason().code() + ": " + unknown.why()));
    }
  }

  /** What each figure that was told is. */
  void definitions() {
    line("");
    line("Definitions");
    for (Definition definition : definitions) {
      line(
          "  "
              + padded(definition.name())
              + " "
              + definition.version()
              + "  "
              + definition.formula());
      definition
          .parameters()
          .forEach(
              (parameter, value) ->
                  line("  " + padded("") + "        " + parameter + ": " + value));
    }
  }

  /** Without the parameters that stand in the row itself. */
  private static Definition withoutOwn(Definition definition) {
    Map<String, String> rest = new TreeMap<>(definition.parameters());
    rest.keySet().removeAll(Set.of("threshold", "share", "largest group"));
    return new Definition(definition.name(), definition.version(), definition.formula(), rest);
  }

  private static String name(Definition definition) {
    String at = definition.parameters().get("threshold");
    String share = definition.parameters().get("share");
    return definition.name() + (at == null ? "" : " @" + at) + (share == null ? "" : " " + share);
  }

  private static String padded(String text) {
    return text.length() >= WIDTH ? text : text + " ".repeat(WIDTH - text.length());
  }

  /** A name as a word. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String number(double value) {
    double size = Math.abs(value);
    return size != 0 && (size < 1e-4 || size >= 1e7)
        ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, "%.5f", value);
  }
}
