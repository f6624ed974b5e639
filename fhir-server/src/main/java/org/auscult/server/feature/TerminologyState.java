package org.auscult.server.feature;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Says whether any ValueSet, CodeSystem or ConceptMap was written since, by whichever node.
 *
 * <p>A write raises a resource's version, a deletion too, and a new resource raises their number:
 * no committed write leaves the sums as they were, whatever the clocks say.
 */
final class TerminologyState {
  private final JdbcTemplate jdbc;

  TerminologyState(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Equal to another one only if nothing was written between them. */
  record Stamp(long resources, long versions, long newest) {}

  Stamp now() {
    return jdbc.queryForObject(
        "select count(*), coalesce(sum(res_ver), 0), coalesce(max(res_id), 0) from hfj_resource"
            + " where res_type in ('CodeSystem', 'ConceptMap', 'ValueSet')",
        (row, number) -> new Stamp(row.getLong(1), row.getLong(2), row.getLong(3)));
  }
}
