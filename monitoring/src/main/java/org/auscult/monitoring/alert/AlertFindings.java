package org.auscult.monitoring.alert;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.auscult.monitoring.alert.Verdict.Breached;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSubject;
import org.auscult.monitoring.finding.Measured;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.statistics.estimate.Interval;
import org.jspecify.annotations.Nullable;

/** Makes findings of breaches, with words for people. */
public final class AlertFindings {
  private final FindingKind kind;
  private final AlertRule rule;
  private final ZoneId zone;

  /**
   * @param kind of reports that are judged
   * @param zone in which windows are named
   */
  public AlertFindings(FindingKind kind, AlertRule rule, ZoneId zone) {
    this.kind = kind;
    this.rule = rule;
    this.zone = zone;
  }

  /**
   * A finding for each window in breach, in order.
   *
   * @param output empty if the figures are of the model as a whole
   */
  public List<MonitoringFinding> of(
      String model, String output, FigureSeries series, Breached breached) {
    List<MonitoringFinding> findings = new ArrayList<>();
    for (JudgedWindow window : breached.run()) {
      Measured measured = measured(series, window);
      findings.add(
          new MonitoringFinding(
              kind,
              rule.severity(),
              new FindingSubject(
                  model,
                  output.isEmpty() ? null : output,
                  site(series),
                  series.way(),
                  series.group(),
                  null),
              measured,
              window.point().reference(),
              text(output, series, measured) + causes(window.point()),
              List.of()));
    }
    return findings;
  }

  /** The site whose people are told of a series; empty if it is no single site's. */
  public static String site(FigureSeries series) {
    return AlertGroup.SITE.equals(series.way()) && series.group() != null ? series.group() : "";
  }

  private static Measured measured(FigureSeries series, JudgedWindow window) {
    FigurePoint point = window.point();
    return new Measured(
        series.figure().code(),
        series.parameters(),
        series.figure().by(),
        point.known(),
        point.interval(),
        point.n(),
        window.limits().least(),
        window.limits().most(),
        point.window().start(),
        point.window().end());
  }

  private String text(String output, FigureSeries series, Measured measured) {
    StringBuilder text = new StringBuilder(measured.figure());
    if (!measured.parameters().isEmpty()) {
      text.append(" (").append(String.join(", ", measured.parameters())).append(')');
    }
    if (!output.isEmpty()) {
      text.append(" of ").append(output);
    }
    if (series.way() != null) {
      text.append(", ").append(series.way()).append(' ').append(series.group());
    }
    if (measured.by() != null) {
      text.append(", between groups by ").append(measured.by());
    }
    text.append(": ").append(number(measured.value()));
    Interval interval = measured.interval();
    if (interval != null) {
      text.append(" (")
          .append(number(interval.lower()))
          .append(" to ")
          .append(number(interval.upper()))
          .append(')');
    }
    text.append(" from ").append(measured.start().atZone(zone).toLocalDate());
    text.append(" until before ").append(measured.end().atZone(zone).toLocalDate());
    text.append(", n = ").append(measured.n()).append("; ").append(order(measured));
    return text.toString();
  }

  private static String causes(FigurePoint point) {
    return point.causes().isEmpty() ? "" : ". Why: " + String.join("; ", point.causes());
  }

  private String order(Measured measured) {
    Double least = measured.least();
    Double most = measured.most();
    if (rule.test() instanceof AlertTest.Sums) {
      return "it has shifted from "
          + number(Objects.requireNonNull(least == null ? most : least))
          + " for good, by cumulative sums";
    }
    String what =
        rule.test().compared() == Compared.BOUND ? "its interval should reach " : "it should be ";
    return what + range(least, most);
  }

  private static String range(@Nullable Double least, @Nullable Double most) {
    if (least != null && most != null) {
      return number(least) + " to " + number(most);
    }
    return least != null
        ? number(least) + " or more"
        : number(Objects.requireNonNull(most)) + " or less";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
