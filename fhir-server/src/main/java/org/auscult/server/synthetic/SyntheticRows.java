package org.auscult.server.synthetic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The last synthetic request of each service and hook, and what the first of its kind said. */
final class SyntheticRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * One service on one hook.
   *
   * @param request what was asked, by its hash and the deployments that answered
   * @param scores what the first sound answer to this request said
   * @param isOffered whether the service is on offer
   * @param isSound whether the last answer was in order
   * @param millis how long it took, in ms
   */
  record Row(
      String service,
      String hook,
      String request,
      SortedMap<String, Double> scores,
      Instant askedAt,
      boolean isOffered,
      boolean isSound,
      long millis) {}

  private static final String SELECT =
      "select service, hook, request, scores, asked_at, offered, sound, millis from synthetic_call";

  private static final RowMapper<Row> MAPPER =
      (row, i) ->
          new Row(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              read(row.getString(4)),
              Instant.ofEpochMilli(row.getLong(5)),
              row.getBoolean(6),
              row.getBoolean(7),
              row.getLong(8));

  private final JdbcTemplate jdbc;

  SyntheticRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of services that are on offer. */
  Stream<Row> offered() {
    return all().stream().filter(Row::isOffered);
  }

  /** All of them, by service and hook. */
  List<Row> all() {
    return jdbc.query(SELECT + " order by service, hook", MAPPER);
  }

  Optional<Row> find(String service, String hook) {
    return jdbc.query(SELECT + " where service = ? and hook = ?", MAPPER, service, hook).stream()
        .findFirst();
  }

  /** In the place of the one before. */
  void keep(Row row) {
    Object[] columns = {
      row.request(),
      write(row.scores()),
      row.askedAt().toEpochMilli(),
      row.isOffered(),
      row.isSound(),
      row.millis(),
      row.service(),
      row.hook()
    };
    int changed =
        jdbc.update(
            "update synthetic_call set request = ?, scores = ?, asked_at = ?, offered = ?, sound ="
                + " ?, millis = ? where service = ? and hook = ?",
            columns);
    if (changed == 0) {
      jdbc.update(
          "insert into synthetic_call (request, scores, asked_at, offered, sound, millis, service,"
              + " hook) values (?, ?, ?, ?, ?, ?, ?, ?)",
          columns);
    }
  }

  /** It is no longer on offer; what it said stays, for when it is again. */
  void withdraw(Row row) {
    jdbc.update(
        "update synthetic_call set offered = false where service = ? and hook = ?",
        row.service(),
        row.hook());
  }

  private static String write(SortedMap<String, Double> scores) {
    try {
      return JSON.writeValueAsString(scores);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Scores cannot be written", e);
    }
  }

  private static SortedMap<String, Double> read(String scores) {
    try {
      return JSON.readValue(scores, new TypeReference<TreeMap<String, Double>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Scores cannot be read", e);
    }
  }
}
