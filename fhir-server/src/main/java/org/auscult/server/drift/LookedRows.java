package org.auscult.server.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.auscult.monitoring.cause.LookedRow;
import org.auscult.monitoring.cause.SeenFact;
import org.auscult.monitoring.cause.TracedFeature;
import org.auscult.monitoring.drift.ServedRows.Looked;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the record held of some patients as predictions were made: one statement for each of them
 * and each type of resource that the features read.
 */
final class LookedRows implements LookedRecord {
  private static final int MOST_OF_ONE = 2_000;

  private static final String FACTS =
      "select f.code_system, f.code, min(f.display), f.original_unit, f.site, c.devices, c.methods,"
          + " max(f.visible_from), max(f.known_from), min(f.known_from) from clinical_fact f"
          + " left join fact_circumstances c on c.digest = f.circumstances"
          + " where f.patient = ? and f.source_kind = ? and f.author = 'RECORD'"
          + " and f.status <> 'entered-in-error' and f.visible_from <= ? and f.visible_from > ?"
          + " and f.known_from <= ? and (f.known_until is null or f.known_until > ?)"
          + " group by f.code_system, f.code, f.original_unit, f.site, c.devices, c.methods"
          + " order by f.code_system, f.code, f.original_unit, f.site limit "
          + MOST_OF_ONE;

  private final JdbcTemplate jdbc;

  LookedRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<LookedRow> read(List<Looked> predictions, Collection<TracedFeature> features) {
    List<LookedRow> rows = new ArrayList<>();
    for (Looked prediction : predictions) {
      List<SeenFact> facts = new ArrayList<>();
      TracedFeature.starts(prediction.at(), features)
          .forEach((kind, start) -> facts.addAll(facts(prediction, kind, start)));
      rows.add(LookedRow.of(prediction.at(), facts, prediction.vector()));
    }
    return rows;
  }

  private List<SeenFact> facts(Looked prediction, ResourceKind kind, Instant start) {
    long at = prediction.at().toEpochMilli();
    return jdbc.query(
        FACTS,
        (row, number) ->
            new SeenFact(
                kind,
                new Code(row.getString(1), row.getString(2)),
                text(row.getString(3)),
                text(row.getString(4)),
                text(row.getString(5)),
                text(row.getString(6)),
                text(row.getString(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                Instant.ofEpochMilli(row.getLong(9)),
                Instant.ofEpochMilli(row.getLong(10))),
        prediction.patient(),
        kind.name(),
        at,
        start.toEpochMilli(),
        at,
        at);
  }

  private static String text(@Nullable String cell) {
    return Objects.requireNonNullElse(cell, "");
  }
}
