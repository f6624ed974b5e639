package org.auscult.server.monitoring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.finding.FindingSubject;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.monitoring.finding.MonitoringFinding.Detail;
import org.auscult.monitoring.freshness.SilenceRule.Silence;
import org.auscult.monitoring.skew.SkewReport;
import org.auscult.server.alert.IssueKey;
import org.auscult.server.alert.IssueTerms;
import org.auscult.server.monitoring.HeardSources.Source;

/**
 * What is told of skew and of silence. Of a feature and kind of difference there is one issue a
 * day, of a source one, which is opened again by its next silence.
 */
final class Findings {
  static final IssueTerms SKEW =
      new IssueTerms(
          "What was served cannot be made again from the record as it was",
          FindingSeverity.CRITICAL,
          null);

  static final IssueTerms SILENCE =
      new IssueTerms("A source has fallen silent", FindingSeverity.WARNING, null);

  private Findings() {}

  /** The issue of a difference, on this day (UTC). */
  static IssueKey key(SkewReport.Line line, Instant now) {
    return new IssueKey(
        FindingKind.SKEW,
        FindingKind.SKEW.code(),
        String.join(
            " ",
            line.difference().definition(),
            line.difference().kind().code(),
            LocalDate.ofInstant(now, ZoneOffset.UTC).toString()),
        "");
  }

  static MonitoringFinding of(SkewReport.Line line) {
    String definition = line.difference().definition();
    List<Detail> details = new ArrayList<>();
    details.add(new Detail("definition", definition));
    details.add(new Detail("difference", line.difference().kind().code()));
    details.add(new Detail("vectors", Integer.toString(line.vectors())));
    line.examples().forEach(example -> details.add(new Detail("prediction", example.toString())));
    return new MonitoringFinding(
        FindingKind.SKEW,
        FindingSeverity.CRITICAL,
        FindingSubject.about(definition, ""),
        null,
        null,
        "What was served as "
            + definition
            + " cannot be made again from the record as it was then. Ask $skew, and compare the"
            + " predictions named here with $features in their epoch.",
        details);
  }

  static IssueKey key(Source source) {
    return new IssueKey(
        FindingKind.SILENT_SOURCE, FindingKind.SILENT_SOURCE.code(), source.kind(), source.site());
  }

  static MonitoringFinding of(Source source, Silence silence) {
    return new MonitoringFinding(
        FindingKind.SILENT_SOURCE,
        FindingSeverity.WARNING,
        FindingSubject.about(source.kind(), source.site()),
        null,
        null,
        "Nothing of this type has come from this site for longer than is usual. Features rest on"
            + " older evidence than their windows may say: see $freshness, and ask the source's"
            + " owner.",
        List.of(
            new Detail("site", source.site().isEmpty() ? "unknown" : source.site()),
            new Detail("type", source.kind()),
            new Detail("lastHeard", silence.lastHeard().toString()),
            new Detail("usualGapHours", Long.toString(silence.usualGap().toHours()))));
  }
}
