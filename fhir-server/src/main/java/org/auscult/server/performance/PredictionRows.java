package org.auscult.server.performance;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.monitoring.performance.Standing;
import org.auscult.server.report.Series;
import org.auscult.server.training.AskedCohort;
import org.auscult.statistics.fairness.SmallCells;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the predictions of a series, each with how it stands.
 *
 * <p>Of the predictions of one patient during one encounter, the first about which the outcome
 * definition asks counts, whichever window it falls into; of those outside of any encounter, the
 * first in the window. Who was merged into another record is left out, and counted. Where a stretch
 * of time lies in several calendar years, the year is a way of grouping too.
 */
public final class PredictionRows {
  private static final String FROM =
      " from monitored_prediction m left join outcome_case c on c.label_id = m.id"
          + " left join patient_epoch e on e.patient = m.patient and e.merged_into is not null"
          + " where m.model = ? and m.output = ? and m.index_time >= ? and m.index_time < ?";

  /**
   * Each row with its place among those of the same patient and episode in the window, in the order
   * of time; those about which the outcome definition does not ask come last.
   */
  private static final String PLACED =
      " from (select m.patient, m.index_time, m.score, m.traits, m.deployment, m.model, m.output,"
          + " m.episode, c.stands, c.outcome, c.closes_at, e.patient is not null merged,"
          + " row_number() over (partition by m.patient, m.episode order by case when c.stands like"
          + " 'excluded|%' then 1 else 0 end, m.index_time, m.id) place"
          + FROM
          + ") p";

  /** Another one of the same episode comes before it, about which is asked too. */
  private static final String HAS_EARLIER =
      "place > 1 or exists (select 1 from monitored_prediction o where o.episode = p.episode and"
          + " o.index_time < ? and o.patient = p.patient and o.model = p.model and o.output ="
          + " p.output and not exists (select 1 from outcome_case c where c.label_id = o.id and"
          + " c.stands like 'excluded|%'))";

  private static final String YEAR = "year";
  private static final int FETCHED_AT_ONCE = 5_000;

  /** Texts of groups that are kept as they were read: most rows share theirs with many. */
  private static final int MOST_KEPT = 10_000;

  private final JdbcTemplate jdbc;
  private final JdbcTemplate streaming;
  private final TransactionTemplate reading;
  private final ZoneId zone;

  /**
   * @param zone the site's, by whose calendar years begin
   */
  public PredictionRows(DataSource database, ZoneId zone) {
    this.jdbc = new JdbcTemplate(database);
    this.streaming = new JdbcTemplate(database);
    streaming.setFetchSize(FETCHED_AT_ONCE);
    this.reading = new TransactionTemplate(new JdbcTransactionManager(database));
    reading.setReadOnly(true);
    this.zone = zone;
  }

  /**
   * Whose predictions.
   *
   * @param looked when it is looked: labels whose horizon is still open then do not count
   * @param site the id of an Organization; null for all
   */
  public record Asked(
      Series series, Instant start, Instant end, Instant looked, @Nullable String site) {
    /** Of all sites. */
    public Asked(Series series, Instant start, Instant end, Instant looked) {
      this(series, start, end, looked, null);
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

  /**
   * Changes whenever something in the window does: predictions, labels, merges, horizons that
   * close.
   */
  public String fingerprint(Asked asked) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(asked.looked().toEpochMilli());
    arguments.addAll(asked.arguments());
    return Optional.ofNullable(
            jdbc.queryForObject(
                "select count(*) || '/' || coalesce(sum(case when m.described then 1 else 0 end), 0)"
                    + " || '/' || coalesce(sum(c.sequence), 0) || '/' || count(e.patient)"
                    + " || '/' || coalesce(sum(case when c.sequence > 0 and c.closes_at > ? then 1"
                    + " else 0 end), 0)"
                    + FROM,
                String.class,
                arguments.toArray()))
        .orElse("");
  }

  /** Reads them. */
  public Read read(Asked asked) {
    Gathered all = new Gathered();
    rows(asked, all::add);
    return all.read();
  }

  /**
   * Those of a cohort, and of the others what is needed to know what may be told.
   *
   * @param read of its members; what is left out is not counted
   * @param others who are not of it
   * @param people who are of it, as far as the outcome definition asks about them
   * @param peopleOutside who are not
   */
  record OfCohort(Read read, ObservedPredictions others, int people, int peopleOutside) {
    /** Whether neither the cohort nor what is left without it is a small cell. */
    boolean isLarge() {
      return people > SmallCells.MOST_HIDDEN
          && (peopleOutside == 0 || peopleOutside > SmallCells.MOST_HIDDEN);
    }
  }

  /** How many predictions there are. */
  long count(Asked asked) {
    return Objects.requireNonNull(
        jdbc.queryForObject("select count(*)" + FROM, Long.class, asked.arguments().toArray()));
  }

  /** Reads those of a cohort, by what was known as each prediction was made. */
  OfCohort read(Asked asked, AskedCohort cohort) {
    List<Row> rows = new ArrayList<>();
    rows(asked, rows::add);
    Set<AskedCohort.At> members = cohort.members(rows.stream().map(Row::at).toList());
    Gathered in = new Gathered();
    Gathered out = new Gathered();
    Set<String> people = new HashSet<>();
    Set<String> peopleOutside = new HashSet<>();
    for (Row row : rows) {
      if (!row.isMerged() && !row.isRepeated()) {
        boolean isMember = members.contains(row.at());
        (isMember ? in : out).add(row);
        if (row.standing() != Standing.EXCLUDED) {
          (isMember ? people : peopleOutside).add(row.at().patient());
        }
      }
    }
    return new OfCohort(in.read(), out.read().observed(), people.size(), peopleOutside.size());
  }

  /** A prediction and how it stands. */
  private record Row(
      AskedCohort.At at,
      double score,
      Standing standing,
      Map<String, String> groups,
      @Nullable String deployment,
      @Nullable String outcome,
      boolean isMerged,
      boolean isRepeated) {}

  /** Row by row: PostgreSQL gives them so within a transaction alone, else all at once. */
  private void rows(Asked asked, Consumer<Row> taker) {
    reading.executeWithoutResult(status -> stream(asked, taker));
  }

  private void stream(Asked asked, Consumer<Row> taker) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(asked.start().toEpochMilli());
    arguments.addAll(asked.arguments());
    boolean isOfYears = year(asked.start()) != year(asked.end().minusMillis(1));
    Map<String, Map<String, String>> kept = new HashMap<>();
    streaming.query(
        "select patient, index_time, score, traits, deployment, stands, outcome, merged,"
            + " closes_at, "
            + HAS_EARLIER
            + PLACED,
        row -> {
          Instant time = Instant.ofEpochMilli(row.getLong(2));
          String said = Optional.ofNullable(row.getString(4)).orElse("{}");
          int year = isOfYears ? year(time) : 0;
          if (kept.size() == MOST_KEPT) {
            kept.clear();
          }
          Map<String, String> groups = kept.computeIfAbsent(year + said, key -> groups(said, year));
          if (asked.site() == null || asked.site().equals(groups.get("site"))) {
            Long closes = row.getObject(9, Long.class);
            Standing standing =
                Standings.of(row.getString(6), row.getString(7))
                    .seen(closes == null ? null : Instant.ofEpochMilli(closes), asked.looked());
            taker.accept(
                new Row(
                    new AskedCohort.At(row.getString(1), time),
                    row.getDouble(3),
                    standing,
                    groups,
                    row.getString(5),
                    row.getString(7),
                    row.getBoolean(8),
                    standing != Standing.EXCLUDED && row.getBoolean(10)));
          }
        },
        arguments.toArray());
  }

  /** What comes together of rows. */
  private static final class Gathered {
    private final ObservedPredictions.Builder rows = ObservedPredictions.builder();
    private final TreeSet<String> deployments = new TreeSet<>();
    private final TreeSet<String> outcomes = new TreeSet<>();
    private long repeated;
    private long merged;

    void add(Row row) {
      if (row.isMerged()) {
        merged++;
      } else if (row.isRepeated()) {
        repeated++;
      } else {
        Optional.ofNullable(row.deployment()).ifPresent(deployments::add);
        Optional.ofNullable(row.outcome()).ifPresent(outcomes::add);
        rows.add(row.score(), row.standing(), row.groups());
      }
    }

    Read read() {
      return new Read(
          rows.build(),
          repeated,
          merged,
          List.copyOf(deployments),
          outcomes.isEmpty() ? null : outcomes.last());
    }
  }

  /**
   * @param year 0 where all are of one
   */
  private static Map<String, String> groups(String traits, int year) {
    Map<String, String> said = Descriptions.read(traits);
    if (year == 0) {
      return said;
    }
    Map<String, String> groups = new HashMap<>(said);
    groups.put(YEAR, Integer.toString(year));
    return groups;
  }

  private int year(Instant at) {
    return at.atZone(zone).getYear();
  }
}
