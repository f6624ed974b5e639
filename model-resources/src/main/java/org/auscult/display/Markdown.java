package org.auscult.display;

/**
 * Text of a record inside Markdown: shown as it is, never read as markup or turned into a link
 * (safety rule 35).
 */
public final class Markdown {
  private static final String MARKUP = "\\`*_{}[]<>|~#&!@";

  private Markdown() {}

  /** The text with its markup escaped, on one line. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      int next = i + 1 < characters.length ? characters[i + 1] : ' ';
      if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
        escaped.append(' ');
      } else {
        escaped.append(MARKUP.indexOf(c) >= 0 || startsLink(c, next) ? "\\" : "");
        escaped.appendCodePoint(c);
      }
    }
    return escaped.toString().strip();
  }

  /** GitHub's Markdown makes links of {@code www.x} and {@code http://x} by itself. */
  private static boolean startsLink(int c, int next) {
    return (c == '.' && Character.isLetter(next)) || (c == ':' && next == '/');
  }
}
