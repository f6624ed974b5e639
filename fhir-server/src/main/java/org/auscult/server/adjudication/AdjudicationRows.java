package org.auscult.server.adjudication;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.auscult.monitoring.adjudication.AdjudicatedCase;
import org.auscult.monitoring.adjudication.Adjudication;
import org.auscult.monitoring.adjudication.AdjudicationPlan;
import org.auscult.monitoring.adjudication.Candidate;
import org.auscult.monitoring.adjudication.Choice;
import org.auscult.monitoring.adjudication.Judgement;
import org.auscult.monitoring.adjudication.Way;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.Standing;
import org.auscult.outcome.CensoringReason;
import org.auscult.server.timeline.PatientChanges;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** What was chosen, what was said, and what holds. */
final class AdjudicationRows implements PatientChanges {
  private static final RowMapper<CaseRow.Given> GIVEN =
      (row, number) ->
          new CaseRow.Given(
              new Adjudication.Verdict(
                  row.getInt(2), row.getString(3), judgement(row.getString(4))),
              row.getString(5));

  private final JdbcTemplate jdbc;

  AdjudicationRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A window whose cases were chosen. */
  record ChosenWindow(
      String plan, String outcome, AdjudicationPlan.Guideline guideline, ReportWindow window) {}

  /** Whether the cases of a window were chosen. */
  boolean isChosen(AdjudicationPlan plan, ReportWindow window) {
    return !jdbc.queryForList(
            "select 1 from adjudication_window where plan = ? and starts_at = ?",
            Integer.class,
            plan.canonical(),
            window.start().toEpochMilli())
        .isEmpty();
  }

  /**
   * Says that the cases of a window are chosen.
   *
   * @throws org.springframework.dao.DuplicateKeyException if somebody has said so
   */
  void choose(AdjudicationPlan plan, ReportWindow window, Instant now) {
    jdbc.update(
        "insert into adjudication_window (plan, starts_at, ends_at, kind, outcome, guideline,"
            + " guideline_sha256, chosen_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        plan.canonical(),
        window.start().toEpochMilli(),
        window.end().toEpochMilli(),
        window.kind().code(),
        plan.outcome(),
        plan.guideline().canonical(),
        plan.guideline().sha256(),
        now.toEpochMilli());
  }

  /**
   * What was labelled within a window first, each as it stood at its end. Who was merged into
   * another record is left out.
   */
  List<Candidate> candidates(AdjudicationPlan plan, ReportWindow window) {
    return jdbc.query(
        "select c.label_id, c.patient, c.index_time, l.label, l.reason, l.sequence, m.model,"
            + " m.output, m.score from outcome_case c join outcome_label f on f.case_id = c.id and"
            + " f.sequence = 1 join outcome_label l on l.case_id = c.id and l.sequence = (select"
            + " max(x.sequence) from outcome_label x where x.case_id = c.id and x.known_at < ?)"
            + " left join monitored_prediction m on m.id = c.label_id left join patient_epoch e on"
            + " e.patient = c.patient and e.merged_into is not null where c.outcome = ? and"
            + " f.known_at >= ? and f.known_at < ? and e.patient is null",
        (row, number) ->
            new Candidate(
                row.getString(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                CensoringReason.HORIZON_OPEN.code().equals(row.getString(5))
                    ? Standing.PENDING
                    : Standing.of(row.getString(4)),
                row.getInt(6),
                row.getString(7) + "\n" + row.getString(8),
                row.getObject(9, Double.class)),
        window.end().toEpochMilli(),
        plan.outcome(),
        window.start().toEpochMilli(),
        window.end().toEpochMilli());
  }

  /** Adds a case, and gives it back. */
  CaseRow add(AdjudicationPlan plan, ReportWindow window, Choice.Chosen chosen, Instant due) {
    String label = chosen.candidate().id();
    String id =
        "adjudication-"
            + UUID.nameUUIDFromBytes(
                (plan.canonical() + "\n" + label).getBytes(StandardCharsets.UTF_8));
    jdbc.update(
        "insert into adjudication_case (id, plan, starts_at, label_id, way, rule_label, due_at)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        id,
        plan.canonical(),
        window.start().toEpochMilli(),
        label,
        chosen.way().code(),
        chosen.candidate().label().code(),
        due.toEpochMilli());
    return read(id, "").orElseThrow();
  }

  /** A case, which nobody else answers until the transaction ends. */
  Optional<CaseRow> locked(String id) {
    return read(id, " for update");
  }

  private Optional<CaseRow> read(String id, String how) {
    // Locked before it is joined: PostgreSQL locks no outer join.
    List<String> plans =
        jdbc.queryForList(
            "select plan from adjudication_case where id = ?" + how, String.class, id);
    if (plans.isEmpty()) {
      return Optional.empty();
    }
    List<CaseRow.Given> verdicts =
        jdbc.query(
            "select case_id, place, person, judgement, response from adjudication_verdict where"
                + " case_id = ? order by answered_at, place",
            GIVEN,
            id);
    return jdbc
        .query(
            "select c.prediction, c.output, c.patient, c.index_time from adjudication_case a join"
                + " outcome_case c on c.label_id = a.label_id where a.id = ?",
            (row, number) ->
                new CaseRow(
                    id,
                    plans.get(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    Instant.ofEpochMilli(row.getLong(4)),
                    verdicts),
            id)
        .stream()
        .findFirst();
  }

  /** Whether verdicts about a case are missing. */
  boolean isOpen(String id) {
    return !jdbc.queryForList(
            "select 1 from adjudication_case where id = ? and settled is null", Integer.class, id)
        .isEmpty();
  }

  /** Adds what somebody said. */
  void answer(CaseRow of, CaseRow.Given given, Instant now) {
    jdbc.update(
        "insert into adjudication_verdict (case_id, place, person, judgement, response,"
            + " answered_at) values (?, ?, ?, ?, ?, ?)",
        of.id(),
        given.verdict().place(),
        given.verdict().person(),
        given.verdict().judgement().code(),
        given.response(),
        now.toEpochMilli());
  }

  /** Until when the next verdict is to come. */
  void due(CaseRow of, Instant due) {
    jdbc.update(
        "update adjudication_case set due_at = ? where id = ?", due.toEpochMilli(), of.id());
  }

  /** What holds. */
  void settle(CaseRow of, Judgement judgement, Instant now) {
    jdbc.update(
        "update adjudication_case set settled = ?, settled_at = ? where id = ?",
        judgement.code(),
        now.toEpochMilli(),
        of.id());
  }

  /** All windows whose cases were chosen. */
  List<ChosenWindow> windows() {
    return jdbc.query(
        "select plan, outcome, guideline, guideline_sha256, kind, starts_at, ends_at from"
            + " adjudication_window order by plan, starts_at",
        (row, number) ->
            new ChosenWindow(
                row.getString(1),
                row.getString(2),
                new AdjudicationPlan.Guideline(row.getString(3), row.getString(4)),
                new ReportWindow(
                    ReportWindow.Kind.of(row.getString(5)).orElseThrow(),
                    Instant.ofEpochMilli(row.getLong(6)),
                    Instant.ofEpochMilli(row.getLong(7)))));
  }

  /** The cases of a window, for those who count. */
  List<AdjudicatedCase> cases(ChosenWindow of, Instant now) {
    Map<String, List<Adjudication.Verdict>> verdicts =
        jdbc
            .query(
                "select v.case_id, v.place, v.person, v.judgement from adjudication_verdict v join"
                    + " adjudication_case a on a.id = v.case_id where a.plan = ? and a.starts_at ="
                    + " ? order by v.answered_at, v.place",
                (row, number) ->
                    Map.entry(
                        row.getString(1),
                        new Adjudication.Verdict(
                            row.getInt(2), row.getString(3), judgement(row.getString(4)))),
                of.plan(),
                of.window().start().toEpochMilli())
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return jdbc.query(
        "select id, way, rule_label, due_at, settled from adjudication_case where plan = ? and"
            + " starts_at = ? order by id",
        (row, number) ->
            new AdjudicatedCase(
                Way.of(row.getString(2)).orElseThrow(),
                Standing.of(row.getString(3)),
                new Adjudication(verdicts.getOrDefault(row.getString(1), List.of())),
                row.getString(5) == null && row.getLong(4) < now.toEpochMilli()),
        of.plan(),
        of.window().start().toEpochMilli());
  }

  private static Judgement judgement(String code) {
    return Judgement.of(code).orElseThrow();
  }

  @Override
  public void changed(Collection<String> patients, Instant knownAt) {
    // What people said stays what it was.
  }

  /** With the labels go the verdicts about them. */
  @Override
  public void erased() {
    jdbc.update("delete from adjudication_verdict");
    jdbc.update("delete from adjudication_case");
    jdbc.update("delete from adjudication_window");
  }
}
