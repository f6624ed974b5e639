package org.auscult.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of one benchmark with their aims, and what went wrong on the way. */
final class Report {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  /** What a figure should be. */
  record Aim(Side side, double limit) {
    private enum Side {
      AT_MOST,
      AT_LEAST
    }

    static Aim atMost(double limit) {
      return new Aim(Side.AT_MOST, limit);
    }

    static Aim atLeast(double limit) {
      return new Aim(Side.AT_LEAST, limit);
    }

    /** What is not a number meets nothing. */
    boolean isMet(double value) {
      return switch (side) {
        case AT_MOST -> value <= limit;
        case AT_LEAST -> value >= limit;
      };
    }

    @Override
    public String toString() {
      return (side == Side.AT_MOST ? "≤ " : "≥ ") + number(limit);
    }
  }

  private record Figure(String name, double value, String unit, @Nullable Aim aim) {
    String verdict() {
      if (aim == null) {
        return "";
      }
      return aim.isMet(value) ? "met" : "MISSED";
    }
  }

  /** A figure without an aim. */
  void figure(String name, double value, String unit) {
    figures.add(new Figure(name, value, unit, null));
  }

  /** A figure that is to meet an aim. */
  void figure(String name, double value, String unit, Aim aim) {
    figures.add(new Figure(name, value, unit, aim));
  }

  /** A wrong answer, an error or a loss: the run does not count. */
  void error(String what) {
    errors.add(what);
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  long missed() {
    return figures.stream().filter(f -> f.verdict().equals("MISSED")).count();
  }

  void print(PrintStream out) {
    int width = figures.stream().mapToInt(f -> f.name().length()).max().orElse(10);
    out.printf("  %-" + width + "s  %10s %-11s %-8s %s%n", "figure", "value", "", "aim", "");
    for (Figure f : figures) {
      out.printf(
          "  %-" + width + "s  %10s %-11s %-8s %s%n",
          f.name(),
          number(f.value()),
          f.unit(),
          f.aim() == null ? "" : f.aim(),
          f.verdict());
    }
    Map<String, Long> kinds =
        errors.stream()
            .collect(Collectors.groupingBy(e -> e, LinkedHashMap::new, Collectors.counting()));
    kinds.forEach((e, times) -> out.println("  ERROR: " + e + (times > 1 ? " ×" + times : "")));
  }

  ObjectNode json() {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode list = json.putArray("figures");
    for (Figure f : figures) {
      ObjectNode figure = list.addObject();
      figure.put("name", f.name()).put("value", f.value()).put("unit", f.unit());
      if (f.aim() != null) {
        figure.put("aim", f.aim().toString()).put("verdict", f.verdict());
      }
    }
    ArrayNode wrong = json.putArray("errors");
    errors.forEach(wrong::add);
    return json;
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String format =
        size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
