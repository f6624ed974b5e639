package org.auscult.monitoring.adjudication;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.ReportWindow.Kind;

/** Plans and windows for tests. */
final class Plans {
  static final ReportWindow MARCH =
      ReportWindow.endingWith(Kind.MONTH, LocalDate.parse("2021-03-05"), ZoneOffset.UTC);
  static final List<String> PEOPLE = List.of("Practitioner/a", "Practitioner/b", "Practitioner/c");

  private Plans() {}

  static AdjudicationPlan plan(long seed, Map<Way, Integer> shares) {
    return new AdjudicationPlan(
        "https://example.org/plan|1",
        "Plan",
        "https://example.org/outcome|1",
        "https://example.org/questionnaire|1",
        new AdjudicationPlan.Guideline("https://example.org/guideline|1", "0".repeat(64)),
        shares,
        seed,
        Kind.MONTH,
        PEOPLE,
        Duration.ofDays(7),
        new AdjudicationPlan.Validity(Instant.parse("2021-01-15T00:00:00Z"), null));
  }
}
