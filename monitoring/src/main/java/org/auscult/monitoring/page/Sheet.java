package org.auscult.monitoring.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.plot.Digits;
import org.auscult.monitoring.plot.Markup;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.fairness.SmallCells;
import org.jspecify.annotations.Nullable;

/**
 * What all pages are written with: the frame of a page, its style, tables and numbers. A page has
 * no script and fetches nothing.
 */
public final class Sheet {
  private static final String STYLE =
      """

      :root { color-scheme: light dark; --ink: #16202b; --soft: #55606c; --line: #d3d9df;
        --paper: #fff; --shade: #f3f5f7; --model: #0b5cad; --band: #0b5cad2b; --warn: #fff3c9;
        --warn-ink: #6b4b00; --act: #fbd9d3; --act-ink: #8c1d0b; --good: #e2f2e4; --good-ink: #1c5a27; }
      @media screen and (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --soft: #a4aeb8; --line: #3a444e;
        --paper: #12181e; --shade: #1c242c; --model: #6db3f8; --band: #6db3f833; --warn: #453808;
        --warn-ink: #ffdf85; --act: #50201a; --act-ink: #ffb4a6; --good: #173a1e; --good-ink: #a5dfae; } }
      body { font: 15px/1.45 system-ui, Segoe UI, Arial, sans-serif; color: var(--ink);
        background: var(--paper); max-width: 62rem; margin: 0 auto; padding: 1.2rem; }
      h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
      h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; border-bottom: 2px solid var(--line); }
      h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; overflow-wrap: anywhere; }
      p, ul, ol { margin: .4rem 0; } .soft, caption, figcaption { color: var(--soft); font-size: .9em; }
      table { border-collapse: collapse; margin: .6rem 0; width: 100%; font-size: .92em; }
      caption { text-align: left; padding: .2rem 0; }
      th, td { text-align: left; vertical-align: top; padding: .22rem .5rem; overflow-wrap: anywhere;
        border-bottom: 1px solid var(--line); }
      thead th { background: var(--shade); overflow-wrap: normal; } tbody th { font-weight: 600; }
      td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
      td.formula { color: var(--soft); font-size: .92em; }
      figure { margin: .4rem 0; break-inside: avoid; } figure svg { width: 100%; height: auto; display: block; }
      .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem 1.4rem; }
      .box { border-left: 5px solid var(--line); background: var(--shade); padding: .5rem .8rem; margin: .6rem 0;
        break-inside: avoid; } .box p, .box ul { margin: .2rem 0; overflow-wrap: anywhere; }
      .critical { background: var(--act); border-color: var(--act-ink); }
      .warning { background: var(--warn); border-color: var(--warn-ink); }
      .fine { background: var(--good); border-color: var(--good-ink); }
      td.acts { background: var(--act); color: var(--act-ink); }
      td.warns { background: var(--warn); color: var(--warn-ink); }
      td.stable { background: var(--good); color: var(--good-ink); }
      .heat th.number { text-align: left; } .heat tbody th { overflow-wrap: normal; }
        .heat th, .heat td { border: 1px solid var(--line); font-size: .9em; } .scroll { overflow-x: auto; }
      svg text { font: 11px system-ui, Segoe UI, Arial, sans-serif; fill: var(--ink); }
      svg .tick, svg .mark-name { fill: var(--soft); } svg .mark-name { font-size: 10px; }
      svg .heading { font-weight: 600; } svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
      svg line, svg polyline { fill: none; stroke: var(--soft); stroke-width: 1; }
      svg .grid { stroke: var(--line); stroke-width: .6; } svg .axis { stroke: var(--soft); }
      svg .model { stroke: var(--model); stroke-width: 1.8; } svg .model-dot { fill: var(--model); }
      svg .model-interval { stroke: var(--model); stroke-width: 1.4; } svg .model-band { fill: var(--band); }
      svg .reference { stroke-dasharray: 5 3; } svg .all { stroke: var(--ink); stroke-dasharray: 2 3; stroke-width: 1.4; }
      svg .limit { stroke: var(--act-ink); stroke-dasharray: 6 3; } svg .beyond { fill: var(--act-ink); }
      svg .event { stroke: var(--warn-ink); stroke-dasharray: 1 3; stroke-width: 1.6; }
      .summary td { vertical-align: middle; } .summary .trend { width: 8rem; } .summary .trend svg { width: 110px; height: 26px; display: block; }
      .small { font-size: .82em; }
      @page { size: A4; margin: 14mm; }
      @media print { body { font-size: 10pt; max-width: none; padding: 0; print-color-adjust: exact;
        -webkit-print-color-adjust: exact; } h2, h3, caption { break-after: avoid; } tr { break-inside: avoid; }
        .plots { grid-template-columns: 1fr 1fr; } .scroll { overflow: visible; }
        .heat { font-size: .8em; } body.summary { font-size: 9.5pt; } body.summary h2 { margin: .7rem 0 .3rem; } }
      """;

  /** Columns of text. */
  private static final Set<String> OF_TEXT =
      Set.of(
          "Figure", "What it is", "What", "How they stand", "In plain words", "Trend", "Feature");

  private Sheet() {}

  /** By which a content security policy lets the style of pages pass: {@code 'sha256-…'}. */
  public static String styleHash() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * Begins a page; {@link #end} ends it.
   *
   * @param kind class of the body
   */
  static Markup begin(String title, String kind) {
    Markup page = new Markup();
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").line();
    page.open("head").line().empty("meta", "charset", "utf-8").line();
    page.empty("meta", "name", "viewport", "content", "width=device-width").line();
    page.element("title", title).line();
    page.element("style", STYLE).line().close().line();
    page.open("body", "class", kind).line().open("main").line();
    return page;
  }

  /** The whole page. */
  static String end(Markup page) {
    page.line().close().line().close().line().close().line();
    return "<!DOCTYPE html>\n" + page;
  }

  /** Opens a table with its caption and its heads; {@link #endTable} ends it. */
  static void table(Markup page, String kind, String caption, List<String> heads) {
    page.open("div", "class", "scroll").open("table", "class", kind);
    page.element("caption", caption).line();
    page.open("thead").open("tr");
    heads.forEach(head -> head(page, head));
    page.close().close().line().open("tbody").line();
  }

  /** Heads of columns of numbers stand above these. */
  private static void head(Markup page, String head) {
    if (OF_TEXT.contains(head)) {
      page.element("th", head, "scope", "col");
    } else {
      page.element("th", head, "scope", "col", "class", "number");
    }
  }

  static void endTable(Markup page) {
    page.close().close().close().line();
  }

  /** A cell with a number, which is there in all its digits, too. */
  static void number(Markup page, double value) {
    page.open("td", "class", "number");
    number(page, value, Digits.shown(value));
    page.close();
  }

  /** A number in a text. */
  static void number(Markup page, double value, String shown) {
    page.element("data", shown, "value", Digits.exact(value));
  }

  /** A cell with a count. */
  static void count(Markup page, long count) {
    page.element("td", counted(count), "class", "number");
  }

  /** A count, unless it is of few. */
  static String counted(long count) {
    return count > 0 && count <= SmallCells.MOST_HIDDEN
        ? SmallCells.MOST_HIDDEN + " or fewer"
        : String.valueOf(count);
  }

  /** Figures with value, interval, rows and definition. */
  static void figures(Markup page, String caption, List<ReportedFigure> figures) {
    if (figures.isEmpty()) {
      return;
    }
    table(page, "figures", caption, List.of("Figure", "Value", "95 % interval", "n", "What it is"));
    for (ReportedFigure figure : figures) {
      page.open("tr").element("th", Wording.name(figure.name()), "scope", "row");
      Double value = figure.value();
      if (value == null) {
        page.element("td", "not told: " + figure.unknown(), "colspan", "2");
      } else {
        number(page, value);
        page.open("td", "class", "number");
        interval(page, figure.interval());
        page.close();
      }
      count(page, figure.n());
      page.element("td", definition(figure), "class", "formula").close().line();
    }
    endTable(page);
  }

  /** An interval in a text. */
  static void interval(Markup page, @Nullable Interval interval) {
    if (interval == null) {
      page.text("none");
      return;
    }
    number(page, interval.lower(), Digits.shown(interval.lower()));
    page.text(" to ");
    number(page, interval.upper(), Digits.shown(interval.upper()));
  }

  private static String definition(ReportedFigure figure) {
    StringBuilder text = new StringBuilder(Wording.formula(figure.name()).orElse(""));
    figure.parameters().stream()
        .filter(parameter -> !parameter.startsWith("threshold"))
        .forEach(parameter -> text.append("; ").append(parameter));
    if (figure.interval() != null) {
      text.append("; interval: ").append(figure.interval().method());
    }
    return text.toString();
  }
}
