package org.auscult.server.audit;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditLeaf;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Who saw this patient, and what this user did: the log, read by one of both. */
public final class AccessReports {
  private final DataSource dataSource;
  private final LogReader log;
  private final PatientNames names;
  private final ZoneId zone;

  AccessReports(DataSource dataSource, LogReader log, PatientNames names, ZoneId zone) {
    this.dataSource = dataSource;
    this.log = log;
    this.names = names;
    this.zone = zone;
  }

  /**
   * Everything that concerned a patient: who asked, from where, for what purpose, what was touched.
   *
   * @param start first instant, or first day of the site's calendar
   * @param end last instant, or last day
   * @param sort {@code date}, or {@code -date} for the latest first, as if not given
   */
  @Operation(
      name = "$access-report",
      type = Patient.class,
      idempotent = true,
      canonicalUrl = AuditUrls.ACCESS_REPORT)
  public Parameters ofPatient(
      @IdParam IdType id,
      @OperationParam(name = "start") @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "sort") @Nullable StringType sort,
      @OperationParam(name = "_count") @Nullable StringType count,
      @OperationParam(name = "_offset") @Nullable StringType offset) {
    AuditEventSearch search = new AuditEventSearch().in("patient", names.of(id.getIdPart()));
    return report(search, new ReportPage(zone, start, end, sort, count, offset));
  }

  /**
   * Everything that a user or a client did.
   *
   * @param user reference, name or client id, as leaves have it
   */
  @Operation(name = "$user-report", idempotent = true, canonicalUrl = AuditUrls.USER_REPORT)
  public Parameters ofUser(
      @OperationParam(name = "user", min = 1) @Nullable StringType user,
      @OperationParam(name = "start") @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "sort") @Nullable StringType sort,
      @OperationParam(name = "_count") @Nullable StringType count,
      @OperationParam(name = "_offset") @Nullable StringType offset) {
    if (user == null || user.isEmpty()) {
      throw new InvalidRequestException("user is missing; give one such as Practitioner/1.");
    }
    AuditEventSearch search =
        new AuditEventSearch().term(EventRows.AGENT, List.of(user.getValueNotNull()));
    return report(search, new ReportPage(zone, start, end, sort, count, offset));
  }

  private Parameters report(AuditEventSearch search, ReportPage page) {
    page.limit(search);
    Parameters report = new Parameters();
    report.addParameter("total", new DecimalType(search.count(dataSource)));
    for (AuditEventSearch.Found found : page.of(search, dataSource)) {
      AuditLeaf leaf = AuditLeaf.read(log.leaf(found.index()).orElseThrow());
      access(report.addParameter().setName("access"), leaf, found.number());
    }
    return report;
  }

  private static void access(ParametersParameterComponent access, AuditLeaf leaf, int number) {
    AuditEntry entry = leaf.entry();
    LeafEvents.Event event = new LeafEvents(entry).all().get(number);
    AuditAgent agent = entry.agent();
    part(access, "event", AuditEvents.id(leaf, number));
    access
        .addPart()
        .setName("time")
        .setValue(
            new InstantType(
                Date.from(leaf.recorded()),
                TemporalPrecisionEnum.MILLI,
                TimeZone.getTimeZone("UTC")));
    access.addPart().setName("kind").setValue(new CodeType(event.kind(entry).code()));
    access.addPart().setName("action").setValue(new CodeType(entry.action().code()));
    access.addPart().setName("outcome").setValue(new CodeType(entry.outcome().code()));
    part(access, "operation", entry.operation());
    part(access, "user", agent.user() == null ? agent.subject() : agent.user());
    part(access, "client", agent.client());
    part(access, "address", agent.address());
    part(access, "purpose", agent.purpose());
    part(access, "reason", entry.reason());
    part(access, "patient", event.patient());
    event.entities().forEach(e -> part(access, "entity", e));
  }

  private static void part(ParametersParameterComponent of, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      of.addPart().setName(name).setValue(new StringType(value));
    }
  }
}
