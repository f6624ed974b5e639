package org.auscult.server.audit;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditLeaf;
import org.auscult.server.audit.AuditEventSearch.Found;
import org.auscult.server.audit.AuditEventSearch.Key;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Who saw this patient, and what this user did: the log, read by one of both. */
public final class AccessReports {
  private static final Set<Key> KEYS = EnumSet.allOf(Key.class);
  private static final List<String> COLUMNS =
      List.of(
          "event",
          "time",
          "kind",
          "action",
          "outcome",
          "operation",
          "user",
          "client",
          "address",
          "purpose",
          "reason",
          "patient",
          "entity");

  private final DataSource dataSource;
  private final LogReader log;
  private final PatientNames names;
  private final AuditEvents events;
  private final ZoneId zone;

  AccessReports(
      DataSource dataSource, LogReader log, PatientNames names, AuditEvents events, ZoneId zone) {
    this.dataSource = dataSource;
    this.log = log;
    this.names = names;
    this.events = events;
    this.zone = zone;
  }

  /**
   * Everything that concerned a patient: who asked, from where, for what purpose, what was touched.
   *
   * @param start first instant, or first day of the site's calendar
   * @param end last instant, or last day
   * @param sort {@code date}, {@code user}, {@code kind}, {@code action} or {@code outcome}, with
   *     {@code -} for the other way round; {@code -date} if not given
   * @param form {@code text/csv} or {@code application/fhir+ndjson}: a file of all, for a page
   */
  @Operation(
      name = "$access-report",
      type = Patient.class,
      idempotent = true,
      manualResponse = true,
      canonicalUrl = AuditUrls.ACCESS_REPORT)
  public void ofPatient(
      @IdParam IdType id,
      @OperationParam(name = "start") @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "sort") @Nullable StringType sort,
      @OperationParam(name = "_count") @Nullable StringType count,
      @OperationParam(name = "_offset") @Nullable StringType offset,
      @OperationParam(name = "_upto") @Nullable StringType upTo,
      @OperationParam(name = "_outputFormat") @Nullable StringType form,
      RequestDetails request,
      HttpServletResponse response)
      throws IOException {
    ReportPage page = page(new ReportPage.Asked(start, end, sort, count, offset, upTo, form));
    AuditEventSearch search = new AuditEventSearch().in("patient", names.of(id.getIdPart()));
    send("access-report", search, page, new ReportAnswer(request, response));
  }

  /**
   * Everything that a user or a client did.
   *
   * @param user reference, name or client id, as leaves have it
   */
  @Operation(
      name = "$user-report",
      idempotent = true,
      manualResponse = true,
      canonicalUrl = AuditUrls.USER_REPORT)
  public void ofUser(
      @OperationParam(name = "user", min = 1) @Nullable StringType user,
      @OperationParam(name = "start") @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "sort") @Nullable StringType sort,
      @OperationParam(name = "_count") @Nullable StringType count,
      @OperationParam(name = "_offset") @Nullable StringType offset,
      @OperationParam(name = "_upto") @Nullable StringType upTo,
      @OperationParam(name = "_outputFormat") @Nullable StringType form,
      RequestDetails request,
      HttpServletResponse response)
      throws IOException {
    if (user == null || user.isEmpty()) {
      throw new InvalidRequestException("user is missing; give one such as Practitioner/1.");
    }
    ReportPage page = page(new ReportPage.Asked(start, end, sort, count, offset, upTo, form));
    AuditEventSearch search =
        new AuditEventSearch().term(EventRows.AGENT, List.of(user.getValueNotNull()));
    send("user-report", search, page, new ReportAnswer(request, response));
  }

  private ReportPage page(ReportPage.Asked asked) {
    return new ReportPage(zone, asked, KEYS, log::size);
  }

  private void send(String name, AuditEventSearch search, ReportPage page, ReportAnswer answer)
      throws IOException {
    page.limit(search);
    switch (page.form()) {
      case PARAMETERS -> {
        Parameters report = new Parameters();
        for (Found found : page.of(search, dataSource, log, report)) {
          access(report.addParameter().setName("access"), leaf(found), found.number());
        }
        answer.parameters(report);
      }
      case CSV ->
          answer.csv(
              name,
              COLUMNS,
              rows -> page.all(search, dataSource, f -> rows.row(cells(leaf(f), f.number()))));
      case NDJSON ->
          answer.ndjson(
              name,
              lines ->
                  page.all(
                      search,
                      dataSource,
                      f -> {
                        AuditLeaf leaf = leaf(f);
                        lines.accept(events.of(f.index(), leaf, event(leaf, f.number())));
                      }));
    }
  }

  private AuditLeaf leaf(Found found) {
    return AuditLeaf.read(log.leaf(found.index()).orElseThrow());
  }

  private static LeafEvents.Event event(AuditLeaf leaf, int number) {
    return new LeafEvents(leaf.entry()).all().get(number);
  }

  private static void access(ParametersParameterComponent access, AuditLeaf leaf, int number) {
    AuditEntry entry = leaf.entry();
    LeafEvents.Event event = event(leaf, number);
    AuditAgent agent = entry.agent();
    part(access, "event", AuditEvents.id(leaf, number));
    access.addPart().setName("time").setValue(time(leaf));
    access.addPart().setName("kind").setValue(new CodeType(event.kind(entry).code()));
    access.addPart().setName("action").setValue(new CodeType(entry.action().code()));
    access.addPart().setName("outcome").setValue(new CodeType(entry.outcome().code()));
    part(access, "operation", entry.operation());
    part(access, "user", user(agent));
    part(access, "client", agent.client());
    part(access, "address", agent.address());
    part(access, "purpose", agent.purpose());
    part(access, "reason", entry.reason());
    part(access, "patient", event.patient());
    event.entities().forEach(e -> part(access, "entity", e));
  }

  private static List<String> cells(AuditLeaf leaf, int number) {
    AuditEntry entry = leaf.entry();
    LeafEvents.Event event = event(leaf, number);
    AuditAgent agent = entry.agent();
    return List.of(
        AuditEvents.id(leaf, number),
        leaf.recorded().toString(),
        event.kind(entry).code(),
        entry.action().code(),
        entry.outcome().code(),
        entry.operation(),
        text(user(agent)),
        text(agent.client()),
        text(agent.address()),
        text(agent.purpose()),
        text(entry.reason()),
        text(event.patient()),
        String.join(" ", event.entities()));
  }

  private static InstantType time(AuditLeaf leaf) {
    return new InstantType(
        Date.from(leaf.recorded()), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC"));
  }

  private static @Nullable String user(AuditAgent agent) {
    return agent.user() == null ? agent.subject() : agent.user();
  }

  private static String text(@Nullable String given) {
    return Objects.requireNonNullElse(given, "");
  }

  private static void part(ParametersParameterComponent of, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      of.addPart().setName(name).setValue(new StringType(value));
    }
  }
}
