package org.auscult.server.performance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.monitoring.performance.Standing;
import org.auscult.server.report.Series;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the predictions of a series, each with how it stands.
 *
 * <p>Of the predictions of one patient during one encounter, the first about which the outcome
 * definition asks counts, whichever window it falls into; of those outside of any encounter, the
 * first in the window. Who was merged into another record is left out, and counted.
 */
public final class PredictionRows {
  private static final String FROM =
      " from monitored_prediction m left join outcome_case c on c.label_id = m.id"
          + " left join patient_epoch e on e.patient = m.patient and e.merged_into is not null"
          + " where m.model = ? and m.output = ? and m.index_time >= ? and m.index_time < ?";

  /** Another one of the same patient and episode comes before it, about which is asked too. */
  private static final String HAS_EARLIER =
      "exists (select 1 from monitored_prediction o left join outcome_case oc on oc.label_id = o.id"
          + " where o.patient = m.patient and o.model = m.model and o.output = m.output"
          + " and (o.episode = m.episode or (o.episode is null and m.episode is null and"
          + " o.index_time >= ?)) and (oc.stands is null or oc.stands not like 'excluded|%')"
          + " and (o.index_time < m.index_time or (o.index_time = m.index_time and o.id < m.id)))";

  private final JdbcTemplate jdbc;

  PredictionRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Whose predictions.
   *
   * @param site the id of an Organization; null for all
   */
  public record Asked(Series series, Instant start, Instant end, @Nullable String site) {
    /** Of all sites. */
    public Asked(Series series, Instant start, Instant end) {
      this(series, start, end, null);
    }

    private List<Object> arguments() {
      return List.of(series.model(), series.output(), start.toEpochMilli(), end.toEpochMilli());
    }
  }

  /**
   * What there is.
   *
   * @param repeated predictions of episodes of which another one counts
   * @param merged predictions of patients who were merged into others
   * @param deployments {@code url|version} of those that asked, sorted
   * @param outcome {@code url|version} of the definition; null if none is observed
   */
  public record Read(
      ObservedPredictions observed,
      long repeated,
      long merged,
      List<String> deployments,
      @Nullable String outcome) {}

  /** All series that there are. */
  public List<Series> series() {
    return jdbc.query(
        "select distinct model, output from monitored_prediction order by model, output",
        (row, number) -> new Series(row.getString(1), row.getString(2)));
  }

  /** When a series was asked first. */
  public Optional<Instant> first(Series series) {
    return jdbc
        .queryForList(
            "select index_time from monitored_prediction where model = ? and output = ? order by"
                + " index_time limit 1",
            Long.class,
            series.model(),
            series.output())
        .stream()
        .findFirst()
        .map(Instant::ofEpochMilli);
  }

  /** Changes whenever something in the window does: predictions, labels, merges. */
  public String fingerprint(Asked asked) {
    return Optional.ofNullable(
            jdbc.queryForObject(
                "select count(*) || '/' || coalesce(sum(case when m.described then 1 else 0 end), 0)"
                    + " || '/' || coalesce(sum(c.sequence), 0) || '/' || count(e.patient)"
                    + FROM,
                String.class,
                asked.arguments().toArray()))
        .orElse("");
  }

  /** Reads them. */
  public Read read(Asked asked) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(asked.start().toEpochMilli());
    arguments.addAll(asked.arguments());
    ObservedPredictions.Builder rows = ObservedPredictions.builder();
    Map<String, Map<String, String>> traits = new HashMap<>();
    TreeSet<String> deployments = new TreeSet<>();
    TreeSet<String> outcomes = new TreeSet<>();
    long[] leftOut = new long[2];
    jdbc.query(
        "select m.score, m.traits, m.deployment, c.stands, c.outcome, case when e.patient is null"
            + " then 0 else 1 end, case when "
            + HAS_EARLIER
            + " then 1 else 0 end"
            + FROM,
        row -> {
          Map<String, String> groups =
              traits.computeIfAbsent(
                  Optional.ofNullable(row.getString(2)).orElse("{}"), Descriptions::read);
          if (asked.site() != null && !asked.site().equals(groups.get("site"))) {
            return;
          }
          if (row.getInt(6) == 1) {
            leftOut[0]++;
            return;
          }
          Standing standing = Standings.of(row.getString(4), row.getString(5));
          if (standing != Standing.EXCLUDED && row.getInt(7) == 1) {
            leftOut[1]++;
            return;
          }
          Optional.ofNullable(row.getString(3)).ifPresent(deployments::add);
          Optional.ofNullable(row.getString(5)).ifPresent(outcomes::add);
          rows.add(row.getDouble(1), standing, groups);
        },
        arguments.toArray());
    return new Read(
        rows.build(),
        leftOut[1],
        leftOut[0],
        List.copyOf(deployments),
        outcomes.isEmpty() ? null : outcomes.last());
  }
}
