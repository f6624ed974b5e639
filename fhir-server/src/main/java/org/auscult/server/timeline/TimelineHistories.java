package org.auscult.server.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.training.PatientHistory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads all versions of a patient's facts that were ever known up to a time, in one statement: for
 * data sets, which look at them as of many times.
 */
public final class TimelineHistories {
  private static final int FIRST_OF_FACT = 4;

  /** These are read whole, whatever codes are asked for: they say when there are rows. */
  private static final String ALWAYS = "('PATIENT','ENCOUNTER')";

  private final JdbcTemplate jdbc;

  public TimelineHistories(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One patient.
   *
   * @param needs codes beside demographics and encounters; none for these alone, null for
   *     everything
   * @return empty if the timeline knows no such patient
   */
  public Optional<PatientHistory> read(String patient, Instant cut, @Nullable List<Need> needs) {
    boolean isWhole = needs != null && needs.stream().anyMatch(Need::withCircumstances);
    int projection = needs == null ? 1 : needs.stream().mapToInt(Need::projection).max().orElse(1);
    List<Object> arguments = new ArrayList<>();
    StringBuilder sql =
        new StringBuilder("select e.epoch, e.merged_at, e.projection, ")
            .append(isWhole ? PackedFacts.READ_ALL : PackedFacts.READ)
            .append(" from patient_epoch e left join clinical_fact f")
            .append(" on f.patient = e.patient and f.known_from <= ?");
    arguments.add(cut.toEpochMilli());
    if (needs != null) {
      String ofCodes = JdbcTimelineReader.ofCodes(needs, arguments).replaceFirst("^ and ", "");
      sql.append(" and (f.source_kind in ")
          .append(ALWAYS)
          .append(" or ")
          .append(ofCodes)
          .append(")");
    }
    sql.append(isWhole ? PackedFacts.WITH_CIRCUMSTANCES : "");
    sql.append(" where e.patient = ?");
    arguments.add(patient);
    return Objects.requireNonNull(
        jdbc.query(
            sql.toString(),
            rows -> {
              PackedFacts packed = new PackedFacts(FIRST_OF_FACT, isWhole);
              List<Fact> facts = new ArrayList<>();
              Set<Object> seen = new HashSet<>();
              Long epoch = null;
              Instant mergedAt = null;
              boolean isOutdated = false;
              while (rows.next()) {
                if (epoch == null) {
                  epoch = rows.getLong(1);
                  Long merged = rows.getObject(2, Long.class);
                  mergedAt = merged == null ? null : Instant.ofEpochMilli(merged);
                  isOutdated = rows.getInt(3) < projection;
                }
                String cell = rows.getString(FIRST_OF_FACT);
                if (cell != null) {
                  Fact fact = packed.read(cell, rows);
                  // A fact with several codings has several rows.
                  if (fact.codes().size() == 1
                      || seen.add(
                          List.of(fact.source(), fact.epochs().from(), fact.known().from()))) {
                    facts.add(fact);
                  }
                }
              }
              return epoch == null
                  ? Optional.<PatientHistory>empty()
                  : Optional.of(
                      new PatientHistory(
                          patient, epoch, facts, mergedAt, isOutdated ? Set.of() : kinds(needs)));
            },
            arguments.toArray()));
  }

  private static Set<ResourceKind> kinds(@Nullable List<Need> needs) {
    return needs == null
        ? EnumSet.allOf(ResourceKind.class)
        : needs.stream().map(Need::kind).collect(Collectors.toSet());
  }
}
