package org.auscult.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Objects;
import org.auscult.monitoring.finding.FindingSeverity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole year: what is planted is found by monitoring. That nothing else is, the proof {@code
 * simulate} shows with years in which things are left out.
 */
class YearTest {
  @Test
  void whatIsPlantedIsFoundWithItsCauseAndSuspends(@TempDir Path folder) throws Exception {
    YearResult year =
        Year.live(
            new YearPlan(3, LocalDate.of(2025, 1, 1), 250, 7, EnumSet.allOf(Planted.class), true),
            day -> {});
    assertThat(year.found()).containsOnlyKeys(Planted.values());
    Findings.Told unit = Objects.requireNonNull(year.found().get(Planted.UNIT));
    assertThat(unit.feature()).isEqualTo("creatinine");
    assertThat(unit.causes()).extracting(Findings.NamedCause::value).contains(Planted.UNREADABLE);
    assertThat(year.daysUntil(Planted.UNIT, unit.at())).isLessThan(10);
    assertThat(year.mended()).isEqualTo(unit.at().plus(Proposals.ANSWERED_AFTER));
    Findings.Told others = Objects.requireNonNull(year.found().get(Planted.POPULATION));
    assertThat(others.causes()).isEmpty();
    Year.Suspended suspended = Objects.requireNonNull(year.suspended());
    assertThat(suspended.at()).isAfter(year.plan().from(Planted.CONCEPT));
    assertThat(suspended.by().issue().rule().severity()).isEqualTo(FindingSeverity.CRITICAL);
    assertThat(year.shown(suspended.at(), year.plan().end())).isZero();
    assertThat(year.cards(suspended.at(), year.plan().end()).cards()).isPositive();
    assertThat(year.proposals())
        .anyMatch(
            proposal ->
                proposal.at().equals(suspended.at())
                    && !proposal.window().start().isBefore(year.plan().from(Planted.CONCEPT)));
    new YearPages(year).write(folder);
    assertThat(Files.readString(folder.resolve("report-2025-10.html")))
        .contains("Simulated death in hospital", "suspended");
    assertThat(Files.readString(folder.resolve("year.json"))).isEqualTo(YearJson.of(year));
  }
}
