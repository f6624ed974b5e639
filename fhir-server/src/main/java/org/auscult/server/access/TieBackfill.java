package org.auscult.server.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.access.fhir.TieFinder;
import org.auscult.access.fhir.TieRecorder.Tie;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the ties of what was stored before the table of ties knew of it, once, at start and before
 * any request is taken: without them staff would miss their patients, and what a consent or a label
 * withholds would be shown. It goes on where it was interrupted; of several nodes that start, one
 * does a page and the others wait.
 */
final class TieBackfill implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TieBackfill.class);
  private static final int PAGE = 200;
  private static final int TOLD_AFTER = 10_000;
  private static final String LABELS = "labels";

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final DaoRegistry daos;
  private final JdbcPatientTies ties;
  private final TieFinder finder;
  private volatile boolean running;

  private record Row(long number, String type, String id) {}

  TieBackfill(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      DaoRegistry daos,
      JdbcPatientTies ties,
      TieFinder finder) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.daos = daos;
    this.ties = ties;
    this.finder = finder;
  }

  @Override
  public void start() {
    running = true;
    run();
  }

  /** Before the web server, which comes last. */
  @Override
  public int getPhase() {
    return 0;
  }

  /** Returns how many resources it looked at. */
  int run() {
    int all = 0;
    for (String kind :
        jdbc.queryForList(
            "select kind from tie_progress where not finished order by kind", String.class)) {
      int done = 0;
      for (int page = PAGE; page == PAGE; done += page) {
        page = Objects.requireNonNull(transaction.execute(status -> page(kind)));
        if (done / TOLD_AFTER < (done + page) / TOLD_AFTER) {
          LOG.info("Ties are made of what is stored: {} of {} so far", done + page, kind);
        }
      }
      if (done > 0) {
        LOG.info("Ties were made of {} stored resources: {}", done, kind);
      }
      all += done;
    }
    return all;
  }

  private int page(String kind) {
    Long after =
        jdbc.queryForObject(
            "select position from tie_progress where kind = ? for update", Long.class, kind);
    List<Row> rows = rows(kind, Objects.requireNonNull(after));
    for (Row row : rows) {
      read(row).ifPresent(this::record);
    }
    long last = rows.isEmpty() ? after : rows.get(rows.size() - 1).number();
    jdbc.update(
        "update tie_progress set position = ?, finished = ? where kind = ?",
        last,
        rows.size() < PAGE,
        kind);
    return rows.size();
  }

  /** Locked, so that nobody changes one while its ties are made. */
  private List<Row> rows(String kind, long after) {
    List<Object> arguments = new ArrayList<>(List.of(after));
    String which = "r.res_type = ?";
    if (kind.equals(LABELS)) {
      List<String> codes = List.copyOf(TieFinder.labels());
      which =
          "exists (select 1 from hfj_res_tag t join hfj_tag_def d on d.tag_id = t.tag_id"
              + " where t.res_id = r.res_id and d.tag_code in ("
              + "?,".repeat(codes.size() - 1)
              + "?))";
      arguments.addAll(codes);
    } else {
      arguments.add(kind);
    }
    return jdbc.query(
        "select r.res_id, r.res_type, r.fhir_id from hfj_resource r"
            + " where r.res_deleted_at is null and r.res_id > ? and "
            + which
            + " order by r.res_id limit "
            + PAGE
            + " for update",
        (row, n) -> new Row(row.getLong(1), row.getString(2), row.getString(3)),
        arguments.toArray());
  }

  private Optional<Resource> read(Row row) {
    try {
      // A row without any version has nothing to tie.
      return Optional.ofNullable(
          (Resource)
              daos.getResourceDao(row.type())
                  .read(new IdType(row.type(), row.id()), new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }

  private void record(Resource resource) {
    List<Tie> found = finder.in(resource);
    Set<String> limited = new HashSet<>();
    found.stream().filter(tie -> tie.kind().isLimit()).forEach(tie -> limited.add(tie.patient()));
    ties.record(TieFinder.source(resource), found, limited);
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
