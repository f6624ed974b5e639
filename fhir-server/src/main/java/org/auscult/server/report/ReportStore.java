package org.auscult.server.report;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The reports that stand, each with what it was made of.
 *
 * <p>Idea: what a report is made of is told by a few sums. Where they are what they were, the
 * report that stands is right, and nothing is worked out. A report has an id that follows from what
 * it is about, and says nothing of when it was made: so the same data give the same resource, and a
 * node that does the work of another one again changes nothing.
 *
 * <p>Threads: safe; whoever writes the same report at the same time writes it once.
 */
public final class ReportStore {
  private final IFhirResourceDao<MeasureReport> reports;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  ReportStore(
      IFhirResourceDao<MeasureReport> reports, JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.reports = reports;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Whether a report was ever written. */
  public boolean has(String id) {
    return madeOf(id).isPresent();
  }

  /** What the report that stands was made of; empty if none was written or left out. */
  public Optional<String> madeOf(String id) {
    return jdbc
        .queryForList("select made_of from monitoring_report where id = ?", String.class, id)
        .stream()
        .findFirst();
  }

  /** Notes that there is nothing to tell, so that it is not worked out again. */
  public void leaveOut(String id, String madeOf) {
    transaction.executeWithoutResult(status -> putMadeOf(id, madeOf));
  }

  private void putMadeOf(String id, String madeOf) {
    jdbc.update("delete from monitoring_report where id = ?", id);
    jdbc.update("insert into monitoring_report (id, made_of) values (?, ?)", id, madeOf);
  }

  /**
   * Writes a report, if it is made of something else than the one that stands.
   *
   * @param id of the resource
   * @param madeOf at most 255 characters; changes whenever the report would
   * @param report without its id; empty if there is nothing to tell
   * @return whether it was written
   */
  public boolean write(String id, String madeOf, Supplier<Optional<MeasureReport>> report) {
    if (madeOf(id).filter(madeOf::equals).isPresent()) {
      return false;
    }
    Optional<MeasureReport> made = report.get();
    if (made.isEmpty()) {
      return false;
    }
    made.get().setId(id);
    transaction.executeWithoutResult(
        status -> {
          putMadeOf(id, madeOf);
          reports.update(made.get(), new SystemRequestDetails());
        });
    return true;
  }
}
