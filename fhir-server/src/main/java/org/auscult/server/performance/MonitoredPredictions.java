package org.auscult.server.performance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.auscult.model.PredictionModel;
import org.auscult.server.config.Database;
import org.auscult.server.journal.PredictionWatch;
import org.auscult.server.timeline.PatientChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps each score, in the transaction that makes the prediction's resources. */
final class MonitoredPredictions implements PredictionWatch, PatientChanges {
  private final JdbcTemplate jdbc;
  private final String insert;

  MonitoredPredictions(JdbcTemplate jdbc, Database.Vendor vendor) {
    this.jdbc = jdbc;
    this.insert =
        switch (vendor) {
          case POSTGRESQL ->
              "insert into monitored_prediction (id, model, output, deployment, patient, index_time,"
                  + " score) values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing";
          case H2 ->
              "merge into monitored_prediction t using (values (cast(? as varchar), cast(? as"
                  + " varchar), cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(?"
                  + " as bigint), cast(? as double precision))) s(k, m, o, d, p, i, v) on t.id ="
                  + " s.k when not matched then insert (id, model, output, deployment, patient,"
                  + " index_time, score) values (s.k, s.m, s.o, s.d, s.p, s.i, s.v)";
        };
  }

  /** Under the id that a label of it would have; again, it changes nothing. */
  @Override
  public void predicted(Made made, PredictionModel model) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      String output = model.outputs().get(i).name();
      Double score = made.scores().get(output);
      if (score != null) {
        rows.add(
            new @Nullable Object[] {
              made.id() + ".label." + i,
              model.canonical(),
              output,
              made.deployment(),
              made.patient(),
              made.indexTime().toEpochMilli(),
              score
            });
      }
    }
    jdbc.batchUpdate(insert, rows);
  }

  /** A score stays what was said, whatever the record says later. */
  @Override
  public void changed(Collection<String> patients, Instant knownAt) {}

  /** With the predictions their scores go. */
  @Override
  public void erased() {
    jdbc.update("delete from monitored_prediction");
  }

  /** Patients with predictions of whom it was not looked up yet to what they belong. */
  List<String> undescribed(int most) {
    return jdbc.queryForList(
        "select distinct patient from monitored_prediction where described = false"
            + " order by patient limit "
            + most,
        String.class);
  }

  /** The times of a patient's predictions that are not described yet, by their ids. */
  Map<String, Long> undescribed(String patient) {
    return jdbc
        .query(
            "select id, index_time from monitored_prediction where described = false and patient ="
                + " ?",
            (row, number) -> Map.entry(row.getString(1), row.getLong(2)),
            patient)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** What predictions belong to. */
  void describe(List<@Nullable Object[]> rows) {
    jdbc.batchUpdate(
        "update monitored_prediction set described = true, episode = ?, traits = ? where id = ?",
        rows);
  }
}
