package org.auscult.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A card for a terminal: its Markdown without the marks, wrapped and framed. */
final class PlainCard {
  private static final int WIDTH = 92;

  private PlainCard() {}

  static String of(JsonNode card) {
    StringBuilder text = new StringBuilder();
    String indicator = card.path("indicator").asText().toUpperCase(Locale.ROOT);
    line(text, "─".repeat(WIDTH));
    wrap(text, "[" + indicator + "]  " + card.path("summary").asText());
    line(text, "─".repeat(WIDTH));
    List<List<String>> table = new ArrayList<>();
    for (String paragraph : card.path("detail").asText().split("\n")) {
      if (paragraph.startsWith("|")) {
        row(table, paragraph);
      } else {
        table(text, table);
        wrap(text, plain(paragraph));
      }
    }
    table(text, table);
    for (JsonNode suggestion : card.path("suggestions")) {
      wrap(text, "[ " + suggestion.path("label").asText() + " ]");
    }
    wrap(text, "Source: " + card.path("source").path("label").asText());
    line(text, "─".repeat(WIDTH));
    return text.toString();
  }

  private static void row(List<List<String>> table, String markdown) {
    if (!markdown.matches("[|\\-: ]+")) {
      List<String> cells = new ArrayList<>();
      for (String cell : markdown.substring(1).split("\\|")) {
        cells.add(plain(cell.trim()));
      }
      table.add(cells);
    }
  }

  /** Each column as wide as its widest cell. */
  private static void table(StringBuilder text, List<List<String>> rows) {
    for (List<String> cells : rows) {
      StringBuilder shown = new StringBuilder("  ");
      for (int i = 0; i < cells.size(); i++) {
        int column = i;
        int width =
            rows.stream()
                .filter(other -> other.size() > column)
                .mapToInt(other -> other.get(column).length())
                .max()
                .orElse(0);
        shown.append(cells.get(i)).append(" ".repeat(width - cells.get(i).length() + 2));
      }
      line(text, shown.toString().stripTrailing());
    }
    rows.clear();
  }

  private static String plain(String markdown) {
    return markdown
        .replace("**", "")
        .replaceAll("\\[([^\\]]+)]\\((\\S+)\\)", "$1 ($2)")
        .replaceAll("\\\\(\\p{Punct})", "$1");
  }

  private static void wrap(StringBuilder text, String paragraph) {
    List<String> words = new ArrayList<>(List.of(paragraph.split(" ")));
    StringBuilder row = new StringBuilder();
    for (String word : words) {
      if (row.length() + word.length() + 1 > WIDTH) {
        line(text, row.toString());
        row.setLength(0);
      }
      row.append(row.length() == 0 ? "" : " ").append(word);
    }
    line(text, row.toString());
  }

  private static void line(StringBuilder text, String line) {
    text.append("  ").append(line).append('\n');
  }
}
