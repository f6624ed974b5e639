package org.auscult.cds.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the Markdown of our cards into text that can be read without it: no stars, no table bars,
 * links with their address, escapes undone. For a client that would show the signs themselves.
 */
final class PlainText {
  private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\[([^\\]]*)]\\(([^)\\s]*)\\)");
  private static final Pattern EMPHASIS = Pattern.compile("(?<!\\\\)(\\*\\*|`|~~)");
  private static final Pattern ITALIC =
      Pattern.compile("(?<![\\p{Alnum}\\\\])([*_])(?=\\S)((?:[^*_\\\\]|\\\\.)+)\\1(?!\\p{Alnum})");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(\\p{Punct})");
  private static final Pattern RULE =
      Pattern.compile("\\|?\\s*:?-+:?\\s*(\\|\\s*:?-+:?\\s*)*\\|?\\s*");

  private PlainText() {}

  static String of(String markdown) {
    List<String> lines = new ArrayList<>();
    List<String> header = List.of();
    String[] given = markdown.split("\n", -1);
    for (int i = 0; i < given.length; i++) {
      String line = given[i].stripTrailing();
      boolean row = line.startsWith("|");
      if (row && header.isEmpty() && i + 1 < given.length && RULE.matcher(given[i + 1]).matches()) {
        header = cells(line);
        i++;
      } else if (row) {
        lines.add(row(header, cells(line)));
      } else {
        header = List.of();
        lines.add(inline(HEADING.matcher(line).replaceFirst("")));
      }
    }
    return String.join("\n", lines);
  }

  /** {@code - first; second name: second cell}. */
  private static String row(List<String> header, List<String> cells) {
    StringBuilder text = new StringBuilder("- ");
    String between = "";
    for (int i = 0; i < cells.size(); i++) {
      String cell = inline(cells.get(i));
      if (cell.isEmpty()) {
        continue;
      }
      String name = i < header.size() ? inline(header.get(i)) : "";
      text.append(between).append(name.isEmpty() ? "" : name + ": ").append(cell);
      between = "; ";
    }
    return text.toString();
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceAll("^\\||(?<!\\\\)\\|$", "");
    List<String> cells = new ArrayList<>();
    for (String cell : inner.split("(?<!\\\\)\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }

  private static String inline(String text) {
    String linked = LINK.matcher(text).replaceAll(m -> Matcher.quoteReplacement(shown(m)));
    String bare = EMPHASIS.matcher(linked).replaceAll("");
    String upright = ITALIC.matcher(bare).replaceAll("$2");
    return ESCAPE.matcher(upright).replaceAll("$1");
  }

  private static String shown(MatchResult link) {
    return link.group(1).equals(link.group(2))
        ? link.group(2)
        : link.group(1) + " (" + link.group(2) + ")";
  }
}
