package org.auscult.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A card for a terminal: its Markdown without the marks, wrapped and framed. */
final class PlainCard {
  private static final int WIDTH = 92;
  private static final int[] COLUMNS = {30, 16, 30, 14};

  private PlainCard() {}

  static String of(JsonNode card) {
    StringBuilder text = new StringBuilder();
    String indicator = card.path("indicator").asText().toUpperCase(Locale.ROOT);
    line(text, "─".repeat(WIDTH));
    wrap(text, "[" + indicator + "]  " + card.path("summary").asText());
    line(text, "─".repeat(WIDTH));
    for (String paragraph : card.path("detail").asText().split("\n")) {
      if (paragraph.startsWith("|")) {
        row(text, paragraph);
      } else {
        wrap(text, plain(paragraph));
      }
    }
    wrap(text, "Source: " + card.path("source").path("label").asText());
    line(text, "─".repeat(WIDTH));
    return text.toString();
  }

  private static void row(StringBuilder text, String markdown) {
    if (markdown.matches("[|\\-: ]+")) {
      return;
    }
    String[] cells = markdown.substring(1).split("\\|");
    StringBuilder row = new StringBuilder("  ");
    for (int i = 0; i < cells.length; i++) {
      String cell = plain(cells[i].trim());
      row.append(String.format("%-" + (COLUMNS[Math.min(i, 3)] - 1) + "s ", cell));
    }
    line(text, row.toString().stripTrailing());
  }

  private static String plain(String markdown) {
    return markdown.replace("**", "").replaceAll("\\\\(\\p{Punct})", "$1");
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
