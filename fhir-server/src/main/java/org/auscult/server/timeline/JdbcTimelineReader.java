package org.auscult.server.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.timeline.AsOf.Known;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.timeline.TimelineReader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * Reads facts and epoch in one statement, so that they belong together whatever is being written.
 * Our own record is searched completely: everything stored in it was projected. Only where the
 * patient has been merged into another is nothing complete.
 */
final class JdbcTimelineReader implements TimelineReader {
  private final JdbcTemplate jdbc;

  JdbcTimelineReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** What one statement reads of a patient. */
  record Rows(EpochRow epoch, List<Fact> facts) {
    Rows {
      facts = List.copyOf(facts);
    }
  }

  @Override
  public Optional<PatientTimeline> read(TimelineQuery query) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(query.asOf().at().toEpochMilli());
    String limits = " and f.visible_from <= ?" + known(query.asOf().known(), arguments);
    return rows(query.patient(), query.needs(), limits, arguments)
        .map(rows -> rows.epoch().timeline(query, rows.facts()));
  }

  /** What the record says now, also of the future; empty if it knows no such patient. */
  Optional<Rows> current(String patient, List<Need> needs) {
    return rows(patient, needs, known(new Known.Current(), new ArrayList<>()), List.of());
  }

  /** How the patient's timeline stands; empty if there is none. */
  Optional<EpochRow> epoch(String patient) {
    return Optional.ofNullable(
        jdbc.query(
            "select " + EpochRow.COLUMNS + " from patient_epoch e where e.patient = ?",
            rows -> rows.next() ? EpochRow.read(rows.getString(1), rows) : null,
            patient,
            patient));
  }

  /** The codes that are needed, by kind. */
  static Map<ResourceKind, Set<Code>> codes(List<Need> needs) {
    Map<ResourceKind, Set<Code>> codes = new EnumMap<>(ResourceKind.class);
    for (Need need : needs) {
      codes.merge(need.kind(), need.codes(), JdbcTimelineReader::union);
    }
    return codes;
  }

  private static Set<Code> union(Set<Code> one, Set<Code> other) {
    Set<Code> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  /**
   * @param limits which rows: more conditions, and their arguments
   */
  private Optional<Rows> rows(String patient, List<Need> needs, String limits, List<Object> more) {
    boolean isWhole = needs.stream().anyMatch(Need::withCircumstances);
    // The epoch's row stands among the facts, not before each of them: a cell costs what it costs.
    List<Object> arguments = new ArrayList<>(List.of(patient, patient, patient));
    // The codes are one argument, so that the database plans the same text once and not each time.
    String sql =
        "select "
            + EpochRow.COLUMNS
            + (isWhole ? PackedFacts.NO_TEXTS_AT_ALL : PackedFacts.NO_TEXTS)
            + " from patient_epoch e where e.patient = ? union all select "
            + (isWhole ? PackedFacts.READ_ALL : PackedFacts.READ)
            + " from clinical_fact f"
            + (isWhole ? PackedFacts.WITH_CIRCUMSTANCES : "")
            + " where f.patient = ?"
            + ofCodes(needs, arguments)
            + limits;
    arguments.addAll(more);
    ResultSetExtractor<@Nullable Rows> reading = rows -> read(rows, needs, isWhole);
    return Optional.ofNullable(jdbc.query(sql, reading, arguments.toArray()));
  }

  private static @Nullable Rows read(ResultSet rows, List<Need> needs, boolean isWhole)
      throws SQLException {
    Map<ResourceKind, Set<Code>> codes = codes(needs);
    PackedFacts packed = new PackedFacts(1, isWhole);
    EpochRow epoch = null;
    List<Fact> facts = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    Fact before = null;
    while (rows.next()) {
      String cell = Objects.requireNonNull(rows.getString(1));
      if (EpochRow.isOne(cell)) {
        epoch = EpochRow.read(cell, rows);
        continue;
      }
      Fact fact = packed.read(cell, rows);
      boolean isAsBefore =
          before != null
              && fact.codes() == before.codes()
              && fact.source().kind() == before.source().kind();
      if (!isAsBefore && !isNeeded(fact, codes)) {
        continue;
      }
      before = fact;
      // A fact with several codings has several rows.
      if (fact.codes().size() == 1 || seen.add(List.of(fact.source(), fact.epochs().from()))) {
        facts.add(fact);
      }
    }
    return epoch == null ? null : new Rows(epoch, facts);
  }

  /**
   * Which rows may be needed. A family's own text stands in no row: where one is asked for, all
   * rows of its system come, and what is not of the family is left out when they are here.
   */
  static String ofCodes(List<Need> needs, List<Object> arguments) {
    Set<String> codes = new HashSet<>();
    Set<String> systems = new TreeSet<>();
    for (Need need : needs) {
      for (Code code : need.codes()) {
        codes.add(code.code());
        if (CodeFamilies.isFamily(code)) {
          systems.add(code.system());
        }
      }
    }
    arguments.add(codes.toArray(String[]::new));
    if (systems.isEmpty()) {
      return " and f.code = any(?)";
    }
    arguments.add(systems.toArray(String[]::new));
    return " and (f.code = any(?) or f.code_system = any(?))";
  }

  private static boolean isNeeded(Fact fact, Map<ResourceKind, Set<Code>> needed) {
    Set<Code> codes = needed.getOrDefault(fact.source().kind(), Set.of());
    return CodeFamilies.holdsAny(codes, fact.codes());
  }

  static String known(Known known, List<Object> arguments) {
    if (known instanceof Known.ByClock clock) {
      long at = clock.instant().toEpochMilli();
      arguments.add(at);
      arguments.add(at);
      return " and f.known_from <= ? and (f.known_until is null or f.known_until > ?)";
    }
    if (known instanceof Known.InEpoch epoch) {
      arguments.add(epoch.epoch());
      arguments.add(epoch.epoch());
      return " and f.epoch_from <= ? and (f.epoch_to is null or f.epoch_to > ?)";
    }
    return " and f.epoch_to is null";
  }
}
