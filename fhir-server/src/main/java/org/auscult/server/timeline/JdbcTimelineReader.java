package org.auscult.server.timeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

/**
 * Reads facts and epoch in one statement, so that they belong together whatever is being written.
 * Our own record is searched completely: everything stored in it was projected. Only where the
 * patient has been merged into another is nothing complete.
 */
final class JdbcTimelineReader implements TimelineReader {
  private static final int FIRST_OF_FACT = 6;

  private final JdbcTemplate jdbc;

  JdbcTimelineReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<PatientTimeline> read(TimelineQuery query) {
    Map<ResourceKind, Set<Code>> needed = new EnumMap<>(ResourceKind.class);
    for (Need need : query.needs()) {
      needed.computeIfAbsent(need.kind(), kind -> new HashSet<>()).addAll(need.codes());
    }
    boolean isWhole = query.needs().stream().anyMatch(Need::withCircumstances);
    int projection = query.needs().stream().mapToInt(Need::projection).max().orElse(1);
    List<Object> arguments = new ArrayList<>();
    // The codes are one argument, so that the database plans the same text once and not each time.
    StringBuilder sql =
        new StringBuilder("select e.epoch, e.merged_at, e.merged_epoch, exists (select 1 from")
            .append(" patient_tie t where t.patient = ? and t.kind = 'LABEL'), e.projection, ")
            .append(isWhole ? FactRows.READ_ALL : FactRows.READ)
            .append(" from patient_epoch e left join clinical_fact f")
            .append(" on f.patient = e.patient and f.visible_from <= ?");
    arguments.add(query.patient());
    arguments.add(query.asOf().at().toEpochMilli());
    sql.append(ofCodes(query.needs(), arguments));
    sql.append(known(query.asOf().known(), arguments))
        .append(isWhole ? FactRows.WITH_CIRCUMSTANCES : "")
        .append(" where e.patient = ?");
    arguments.add(query.patient());
    return jdbc.query(
        sql.toString(),
        rows -> {
          long epoch = -1;
          boolean isMerged = false;
          boolean isOutdated = false;
          boolean isLabelled = false;
          List<Fact> facts = new ArrayList<>();
          Set<Object> seen = new HashSet<>();
          while (rows.next()) {
            if (epoch < 0) {
              epoch = rows.getLong(1);
              isMerged =
                  isMerged(
                      query.asOf().known(),
                      rows.getObject(2, Long.class),
                      rows.getObject(3, Long.class));
              isLabelled = rows.getBoolean(4);
              isOutdated = rows.getInt(5) < projection;
            }
            if (rows.getString(FIRST_OF_FACT) != null) {
              Fact fact = FactRows.read(rows, FIRST_OF_FACT, isWhole);
              // A fact with several codings has several rows.
              if (isNeeded(fact, needed)
                  && (fact.codes().size() == 1
                      || seen.add(List.of(fact.source(), fact.epochs().from())))) {
                facts.add(fact);
              }
            }
          }
          return epoch < 0
              ? Optional.empty()
              : Optional.of(
                  new PatientTimeline(
                      query.patient(),
                      epoch,
                      facts,
                      isMerged || isOutdated ? Set.of() : kinds(query.needs()),
                      isLabelled));
        },
        arguments.toArray());
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

  private static Set<ResourceKind> kinds(List<Need> needs) {
    return needs.stream().map(Need::kind).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the patient's facts stood at another patient then: absence here means nothing. */
  private static boolean isMerged(Known known, @Nullable Long mergedAt, @Nullable Long epoch) {
    if (mergedAt == null || epoch == null) {
      return false;
    }
    if (known instanceof Known.ByClock clock) {
      return mergedAt <= clock.instant().toEpochMilli();
    }
    return !(known instanceof Known.InEpoch asked) || epoch <= asked.epoch();
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
