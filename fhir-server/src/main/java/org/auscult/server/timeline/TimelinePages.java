package org.auscult.server.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Fact;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Leafs through one patient's timeline, the latest fact first. */
public final class TimelinePages {
  /**
   * What to show.
   *
   * @param system code system of the code; null for any
   * @param code only facts with this code; null for all
   */
  public record Question(
      String patient,
      AsOf asOf,
      @Nullable String system,
      @Nullable String code,
      int count,
      int offset) {
    public Question {
      if (count < 1 || offset < 0) {
        throw new IllegalArgumentException("A page has at least one fact and no negative offset");
      }
    }
  }

  /**
   * Some of a patient's facts.
   *
   * @param epoch the patient's epoch when it was read
   * @param total facts on all pages
   */
  public record Page(long epoch, int total, List<Fact> facts) {
    public Page {
      facts = List.copyOf(facts);
    }
  }

  private final JdbcTemplate jdbc;

  TimelinePages(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One page.
   *
   * @return empty if the timeline knows no such patient
   */
  public Optional<Page> read(Question question) {
    List<Long> epochs =
        jdbc.queryForList(
            "select epoch from patient_epoch where patient = ?", Long.class, question.patient());
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    List<Object> arguments = new ArrayList<>();
    String where = where(question, arguments);
    Integer total =
        jdbc.queryForObject(
            "select count(*) from clinical_fact f" + where, Integer.class, arguments.toArray());
    arguments.add(question.count());
    arguments.add(question.offset());
    PackedFacts packed = new PackedFacts(1, true);
    List<Fact> facts =
        jdbc.query(
            "select "
                + PackedFacts.READ_ALL
                + " from clinical_fact f"
                + PackedFacts.WITH_CIRCUMSTANCES
                + where
                + " order by f.effective_from desc, f.fact_id limit ? offset ?",
            (row, number) -> packed.read(row),
            arguments.toArray());
    return Optional.of(new Page(epochs.get(0), Objects.requireNonNull(total), facts));
  }

  private static String where(Question question, List<Object> arguments) {
    // The first coding's row stands for the fact; the code may be any of its codings.
    StringBuilder where =
        new StringBuilder(" where f.patient = ? and f.coding = 0 and f.visible_from <= ?");
    arguments.add(question.patient());
    arguments.add(question.asOf().at().toEpochMilli());
    where.append(JdbcTimelineReader.known(question.asOf().known(), arguments));
    String code = question.code();
    if (code != null) {
      where.append(
          " and exists (select 1 from clinical_fact o where o.patient = f.patient and o.source_kind"
              + " = f.source_kind and o.source_id = f.source_id and o.source_version ="
              + " f.source_version and o.slot = f.slot and o.epoch_from = f.epoch_from and"
              + " o.known_from = f.known_from and o.code = ?");
      arguments.add(code);
      String system = question.system();
      if (system != null) {
        where.append(" and o.code_system = ?");
        arguments.add(system);
      }
      where.append(")");
    }
    return where.toString();
  }
}
