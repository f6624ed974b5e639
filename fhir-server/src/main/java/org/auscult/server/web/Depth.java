package org.auscult.server.web;

/**
 * Counts how deep JSON or XML is nested, byte by byte as it comes, so that a body that would
 * exhaust a parser is refused before the parser sees it. What neither begins like JSON nor like XML
 * is not counted.
 *
 * <p>Of JSON it also sees numbers that no measurement has: written out, {@code 1e999999999} is a
 * gigabyte, and parsers write it out.
 */
final class Depth {
  private static final int MOST_DIGITS = 200;
  private static final int MOST_EXPONENT_DIGITS = 2;

  private enum State {
    BEGIN,
    NEITHER,
    JSON,
    JSON_STRING,
    JSON_ESCAPE,
    XML_TEXT,
    XML_OPEN,
    XML_START,
    XML_QUOTED,
    XML_END,
    XML_MARKUP,
    XML_DASH,
    XML_COMMENT,
    XML_CDATA,
    XML_DECLARATION,
    XML_INSTRUCTION
  }

  private State state = State.BEGIN;
  private int depth;
  private int digits;
  private int exponentDigits;
  private boolean isExponent;
  private boolean isHuge;
  private int quote;
  private int last;
  private int beforeLast;

  /** Takes the next byte; returns how deep it stands. */
  int next(int b) {
    State before = state;
    state =
        switch (before) {
          case BEGIN -> begin(b);
          case NEITHER -> State.NEITHER;
          case JSON -> json(b);
          case JSON_STRING ->
              b == '\\' ? State.JSON_ESCAPE : b == '"' ? State.JSON : State.JSON_STRING;
          case JSON_ESCAPE -> State.JSON_STRING;
          case XML_TEXT -> b == '<' ? State.XML_OPEN : State.XML_TEXT;
          case XML_OPEN -> opened(b);
          case XML_START -> inStart(b);
          case XML_QUOTED -> b == quote ? State.XML_START : State.XML_QUOTED;
          case XML_END, XML_DECLARATION -> b == '>' ? State.XML_TEXT : state;
          case XML_MARKUP -> markup(b);
          case XML_DASH -> State.XML_COMMENT;
          case XML_COMMENT -> ends(b, '-') ? State.XML_TEXT : State.XML_COMMENT;
          case XML_CDATA -> ends(b, ']') ? State.XML_TEXT : State.XML_CDATA;
          case XML_INSTRUCTION -> last == '?' && b == '>' ? State.XML_TEXT : State.XML_INSTRUCTION;
        };
    // The marks that begin a comment or a section are not those that end it.
    boolean begins = state != before && (state == State.XML_COMMENT || state == State.XML_CDATA);
    beforeLast = begins ? 0 : last;
    last = begins ? 0 : b;
    return depth;
  }

  /** Blanks, byte order marks and the zero halves of UTF-16 say nothing. */
  private State begin(int b) {
    return switch (b) {
      case ' ', '\t', '\r', '\n', 0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF -> State.BEGIN;
      case '{', '[' -> json(b);
      case '"' -> State.JSON_STRING;
      case '<' -> State.XML_OPEN;
      default -> State.NEITHER;
    };
  }

  private State json(int b) {
    if (b == '{' || b == '[') {
      depth++;
    } else if (b == '}' || b == ']') {
      depth--;
    }
    number(b);
    return b == '"' ? State.JSON_STRING : State.JSON;
  }

  /** Outside of strings, digits are those of numbers. */
  private void number(int b) {
    if (b >= '0' && b <= '9') {
      boolean isLeading = isExponent && b == '0' && exponentDigits == 0;
      digits++;
      exponentDigits += isExponent && !isLeading ? 1 : 0;
      isHuge |= digits > MOST_DIGITS || exponentDigits > MOST_EXPONENT_DIGITS;
    } else if ((b == 'e' || b == 'E') && digits > 0) {
      isExponent = true;
    } else if (b != '.' && b != '+' && b != '-' && b != 0) {
      digits = 0;
      exponentDigits = 0;
      isExponent = false;
    }
  }

  /** Whether a number was too long, or its exponent too large. */
  boolean isHuge() {
    return isHuge;
  }

  private State opened(int b) {
    return switch (b) {
      case '/' -> {
        depth--;
        yield State.XML_END;
      }
      case '!' -> State.XML_MARKUP;
      case '?' -> State.XML_INSTRUCTION;
      default -> {
        depth++;
        yield State.XML_START;
      }
    };
  }

  private State inStart(int b) {
    if (b == '"' || b == '\'') {
      quote = b;
      return State.XML_QUOTED;
    }
    if (b == '>') {
      depth -= last == '/' ? 1 : 0;
      return State.XML_TEXT;
    }
    return State.XML_START;
  }

  private static State markup(int b) {
    return switch (b) {
      case '-' -> State.XML_DASH;
      case '[' -> State.XML_CDATA;
      default -> State.XML_DECLARATION;
    };
  }

  private boolean ends(int b, int mark) {
    return b == '>' && last == mark && beforeLast == mark;
  }
}
