package org.auscult.cds.hook;

/** Text of a record inside Markdown: shown as it is, never read as markup (safety rule 35). */
final class Markdown {
  private static final String SPECIAL = "\\`*_{}[]<>|~#&!@:.";

  private Markdown() {}

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                escaped.append(' ');
              } else {
                if (SPECIAL.indexOf(c) >= 0) {
                  escaped.append('\\');
                }
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString().strip();
  }
}
