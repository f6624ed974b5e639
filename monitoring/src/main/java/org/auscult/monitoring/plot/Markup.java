package org.auscult.monitoring.plot;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes markup that is well-formed XML and HTML at once. What is given as text or as the value of
 * an attribute is text, whatever it holds. Not for several threads.
 */
public final class Markup {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder written = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  public Markup open(String name, String... attributes) {
    tag(name, attributes).append('>');
    open.push(name);
    return this;
  }

  /** Closes what was opened last. */
  public Markup close() {
    written.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Ends a line, so that the source can be read. */
  public Markup line() {
    written.append('\n');
    return this;
  }

  /** An element that holds nothing. */
  public Markup empty(String name, String... attributes) {
    tag(name, attributes).append("/>");
    return this;
  }

  /** An element that holds text. */
  public Markup element(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close();
  }

  /** Text. */
  public Markup text(String text) {
    text.codePoints().forEach(this::escaped);
    return this;
  }

  /** What another one has written. */
  public Markup add(Markup other) {
    written.append(other);
    return this;
  }

  /**
   * All that was written.
   *
   * @throws IllegalStateException if an element is still open
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Not closed: " + open);
    }
    return written.toString();
  }

  private StringBuilder tag(String name, String... attributes) {
    written.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      written.append(' ').append(attributes[i]).append("=\"");
      text(attributes[i + 1]);
      written.append('"');
    }
    return written;
  }

  private void escaped(int c) {
    switch (c) {
      case '&' -> written.append("&amp;");
      case '<' -> written.append("&lt;");
      case '>' -> written.append("&gt;");
      case '"' -> written.append("&quot;");
      case '\'' -> written.append("&#39;");
      default -> written.appendCodePoint(isLegal(c) ? c : REPLACEMENT);
    }
  }

  /** Whether XML can hold it; controls of direction would let text show what it does not say. */
  private static boolean isLegal(int c) {
    boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !turns
        && (c == '\n'
            || c == '\t'
            || (c >= 0x20 && c <= 0x7E)
            || (c >= 0xA0 && c <= 0xD7FF)
            || (c >= 0xE000 && c <= 0xFFFD)
            || c >= 0x10000);
  }
}
