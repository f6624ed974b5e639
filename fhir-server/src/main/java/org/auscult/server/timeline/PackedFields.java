package org.auscult.server.timeline;

import org.jspecify.annotations.Nullable;

/** The fields of a packed text, read from left to right. */
final class PackedFields {
  /** Ends each field but the last. */
  static final char END = '\u001f';

  private static final char ESCAPE = '\u001b';

  private final String text;
  private int next;

  /**
   * @param first where the first field begins
   */
  PackedFields(String text, int first) {
    this.text = text;
    this.next = first;
  }

  /** One that bears none of the marks. */
  String text() {
    int end = text.indexOf(END, next);
    String field = end < 0 ? text.substring(next) : text.substring(next, end);
    next += field.length() + 1;
    return field;
  }

  /** One that may bear anything; null for none. */
  @Nullable String freeText() {
    String field = text();
    int mark = field.indexOf(ESCAPE);
    if (mark < 0) {
      return field;
    }
    StringBuilder plain = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c != ESCAPE) {
        plain.append(c);
        continue;
      }
      i++;
      switch (field.charAt(i)) {
        case 'n' -> {
          return null;
        }
        case 'r' -> plain.append('\u001e');
        case 'u' -> plain.append(END);
        default -> plain.append(ESCAPE);
      }
    }
    return plain.toString();
  }

  long number() {
    int start = next;
    boolean isNegative = text.charAt(start) == '-';
    long number = 0;
    next = isNegative ? start + 1 : start;
    while (next < text.length() && text.charAt(next) != END) {
      number = 10 * number + (text.charAt(next) - '0');
      next++;
    }
    next++;
    return isNegative ? -number : number;
  }

  @Nullable Long optionalNumber() {
    if (next < text.length() && text.charAt(next) != END) {
      return number();
    }
    next++;
    return null;
  }
}
