package org.auscult.feature.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an expression by recursive descent; refuses what is too long or too deep. */
final class Parser {
  private static final int LONGEST = 4000;
  private static final int DEEPEST = 50;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
              + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
              + "|'(?<unit>[^']*)'"
              + "|(?<symbol><=|>=|!=|[-+*/^()<>=,])"
              + "|(?<end>$))");
  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "=", "!=");

  private final String text;
  private int place;
  private int depth;
  private Token next;

  private record Token(Kind kind, String text, int place) {
    boolean is(String symbol) {
      return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(symbol);
    }
  }

  private enum Kind {
    NUMBER,
    WORD,
    UNIT,
    SYMBOL,
    END
  }

  Parser(String text) {
    if (text.length() > LONGEST) {
      throw new ExpressionException(
          "It has " + text.length() + " characters, and at most " + LONGEST + " are read.");
    }
    this.text = text;
    this.next = scan();
  }

  Term parse() {
    Term term = either();
    if (next.kind() != Kind.END) {
      throw unexpected("an operator or the end");
    }
    return term;
  }

  private Term either() {
    if (++depth > DEEPEST) {
      throw new ExpressionException("It is nested deeper than " + DEEPEST + " levels.");
    }
    Term term = both();
    while (next.is("or")) {
      advance();
      term = new Term.Operation("or", List.of(term, both()));
    }
    depth--;
    return term;
  }

  private Term both() {
    Term term = denied();
    while (next.is("and")) {
      advance();
      term = new Term.Operation("and", List.of(term, denied()));
    }
    return term;
  }

  private Term denied() {
    if (next.is("not")) {
      advance();
      return nested(() -> new Term.Operation("not", List.of(denied())));
    }
    return comparison();
  }

  private Term comparison() {
    Term left = sum();
    if (next.kind() == Kind.SYMBOL && COMPARISONS.contains(next.text())) {
      String symbol = advance().text();
      return new Term.Operation(symbol, List.of(left, sum()));
    }
    return left;
  }

  private Term sum() {
    Term term = product();
    while (next.is("+") || next.is("-")) {
      String symbol = advance().text();
      term = new Term.Operation(symbol, List.of(term, product()));
    }
    return term;
  }

  private Term product() {
    Term term = signed();
    while (next.is("*") || next.is("/")) {
      String symbol = advance().text();
      term = new Term.Operation(symbol, List.of(term, signed()));
    }
    return term;
  }

  private Term signed() {
    if (next.is("-")) {
      advance();
      return nested(() -> new Term.Operation("negative", List.of(signed())));
    }
    return power();
  }

  private Term power() {
    Term base = primary();
    if (next.is("^")) {
      advance();
      return nested(() -> new Term.Operation("^", List.of(base, signed())));
    }
    return base;
  }

  private Term nested(Supplier<Term> part) {
    if (++depth > DEEPEST) {
      throw new ExpressionException("It is nested deeper than " + DEEPEST + " levels.");
    }
    Term term = part.get();
    depth--;
    return term;
  }

  private Term primary() {
    if (next.kind() == Kind.NUMBER) {
      double value = Double.parseDouble(advance().text());
      return new Term.Literal(value, next.kind() == Kind.UNIT ? advance().text() : "1");
    }
    if (next.is("(")) {
      advance();
      Term term = either();
      expect(")");
      return term;
    }
    if (next.kind() == Kind.WORD && !Set.of("and", "or", "not").contains(next.text())) {
      Token word = advance();
      return next.is("(") ? call(word) : new Term.Feature(word.text());
    }
    throw unexpected("a number, a feature, a function or (");
  }

  private Term call(Token word) {
    Function function =
        Function.parse(word.text())
            .orElseThrow(
                () ->
                    new ExpressionException(
                        "At " + word.place() + ": '" + word.text() + "' is no function."));
    advance();
    List<Term> arguments = new ArrayList<>();
    @Nullable String unit = null;
    if (!next.is(")")) {
      arguments.add(either());
      while (next.is(",")) {
        advance();
        if (function.takesUnit() && next.kind() == Kind.UNIT) {
          unit = advance().text();
          break;
        }
        arguments.add(either());
      }
    }
    expect(")");
    boolean isNamed = arguments.size() == 1 && arguments.get(0) instanceof Term.Feature;
    if (!function.takes(arguments.size())
        || function.takesUnit() != (unit != null)
        || (function == Function.MISSING && !isNamed)) {
      throw new ExpressionException(
          "At " + word.place() + ": " + word.text() + " does not take these arguments.");
    }
    return new Term.Call(function, arguments, unit);
  }

  private Token advance() {
    Token token = next;
    next = scan();
    return token;
  }

  private void expect(String symbol) {
    if (!next.is(symbol)) {
      throw unexpected(symbol);
    }
    advance();
  }

  private ExpressionException unexpected(String wanted) {
    String found = next.kind() == Kind.END ? "the end" : "'" + next.text() + "'";
    return new ExpressionException(
        "At " + next.place() + ": there is " + found + " where " + wanted + " should be.");
  }

  /** Places count characters from 1. */
  private Token scan() {
    Matcher matcher = TOKEN.matcher(text).region(place, text.length());
    if (!matcher.lookingAt()) {
      throw new ExpressionException(
          "At "
              + (place + 1)
              + ": '"
              + text.substring(place).trim().charAt(0)
              + "' means nothing.");
    }
    place = matcher.end();
    for (Kind kind : Kind.values()) {
      String found = matcher.group(kind.name().toLowerCase(Locale.ROOT));
      if (found != null) {
        int start = matcher.start(kind.name().toLowerCase(Locale.ROOT)) + 1;
        return new Token(kind, found, start);
      }
    }
    throw new IllegalStateException("A token without a kind");
  }
}
