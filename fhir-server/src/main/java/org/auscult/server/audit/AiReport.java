package org.auscult.server.audit;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.display.Decision;
import org.auscult.explanation.Explanation;
import org.auscult.prediction.Answerer;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.Reason;
import org.auscult.prediction.Score;
import org.auscult.server.audit.AuditEventSearch.Found;
import org.auscult.server.audit.AuditEventSearch.Key;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Everything that models said of a patient, and why: what the log names, as the journal keeps it.
 * So it holds what was shown as well as what was withheld, and what could not be said.
 */
public final class AiReport {
  private static final String NAME = "ai-report";
  private static final Set<Key> KEYS = EnumSet.of(Key.DATE, Key.USER, Key.KIND);
  private static final List<String> COLUMNS = AiReportRows.COLUMNS;

  private final DataSource dataSource;
  private final LogReader log;
  private final PredictionJournal journal;
  private final PatientNames names;
  private final Shown shown;
  private final ZoneId zone;

  AiReport(
      DataSource dataSource,
      LogReader log,
      PredictionJournal journal,
      PatientNames names,
      Shown shown,
      ZoneId zone) {
    this.shown = shown;
    this.dataSource = dataSource;
    this.log = log;
    this.journal = journal;
    this.names = names;
    this.zone = zone;
  }

  /** What of an entry may be named to whoever asks (safety rule 34). */
  @FunctionalInterface
  interface Shown {
    JournalEntry to(RequestDetails request, JournalEntry entry);
  }

  /**
   * The report.
   *
   * @param start first instant, or first day of the site's calendar
   * @param end last instant, or last day
   * @param sort {@code date}, {@code user} or {@code kind}, with {@code -} for the other way round;
   *     {@code -date} if not given
   * @param count calls on a page
   * @param form {@code text/csv} or {@code application/fhir+ndjson}: a file of all, for a page
   */
  @Operation(
      name = "$ai-report",
      type = Patient.class,
      idempotent = true,
      manualResponse = true,
      canonicalUrl = AuditUrls.AI_REPORT)
  public void report(
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
    ReportPage page =
        new ReportPage(
            zone,
            new ReportPage.Asked(start, end, sort, count, offset, upTo, form),
            KEYS,
            log::size);
    AuditEventSearch search =
        new AuditEventSearch()
            .in("patient", names.of(id.getIdPart()))
            .in("kind", List.of(AuditKind.HOOK_CALL.code(), AuditKind.INFERENCE.code()))
            .in("outcome", List.of("0"))
            .firstOfLeaf();
    page.limit(search);
    ReportAnswer answer = new ReportAnswer(request, response);
    switch (page.form()) {
      case PARAMETERS -> {
        Parameters report = new Parameters();
        page.of(search, dataSource, log, report).forEach(found -> call(report, found, request));
        answer.parameters(report);
      }
      case CSV ->
          answer.csv(
              NAME,
              COLUMNS,
              rows -> page.all(search, dataSource, found -> rows(rows, found, request)));
      case NDJSON ->
          answer.ndjson(
              NAME,
              lines ->
                  page.all(
                      search,
                      dataSource,
                      found -> {
                        Parameters one = new Parameters();
                        call(one, found, request);
                        if (one.hasParameter()) {
                          lines.accept(one);
                        }
                      }));
    }
  }

  private AuditLeaf leaf(Found found) {
    return AuditLeaf.read(log.leaf(found.index()).orElseThrow());
  }

  private void call(Parameters report, Found found, RequestDetails request) {
    AuditLeaf leaf = leaf(found);
    entry(leaf, request).ifPresent(entry -> call(report, leaf, entry));
  }

  /** A row for each output of each model; one for a model that gave none. */
  private void rows(ReportAnswer.Rows rows, Found found, RequestDetails request) {
    AuditLeaf leaf = leaf(found);
    entry(leaf, request)
        .ifPresent(
            entry ->
                entry.runs().forEach(run -> AiReportRows.of(leaf, entry, run).forEach(rows::row)));
  }

  /** A call that told nothing, since nobody may be told, is in no journal. */
  private Optional<JournalEntry> entry(AuditLeaf leaf, RequestDetails request) {
    return Optional.ofNullable(leaf.entry().details().get(HookLeaves.JOURNAL))
        .flatMap(journalId -> journal.find(UUID.fromString(journalId)))
        .map(entry -> shown.to(request, entry));
  }

  private void call(Parameters report, AuditLeaf leaf, JournalEntry entry) {
    ParametersParameterComponent call = report.addParameter().setName("call");
    part(call, "event", leaf.id().toString());
    call.addPart().setName("time").setValue(time(entry.recordedAt()));
    part(call, "operation", leaf.entry().operation());
    String user = leaf.entry().agent().user();
    if (user != null) {
      part(call, "user", user);
    }
    for (ModelRun run : entry.runs()) {
      run(report.addParameter().setName("prediction"), leaf, run);
    }
    List<Decision> decisions =
        entry.deployments().stream().flatMap(d -> d.decisions().stream()).toList();
    call.addPart()
        .setName("shown")
        .setValue(new IntegerType((int) decisions.stream().filter(Decision::shows).count()));
    for (Decision decision : decisions) {
      if (decision.withheld() != null) {
        call.addPart().setName("withheld").setValue(new CodeType(decision.withheld().code()));
      }
    }
    journal
        .answers(entry.id())
        .forEach(a -> answer(report.addParameter().setName("answer"), leaf, a.feedback()));
  }

  private static void answer(ParametersParameterComponent given, AuditLeaf leaf, Feedback answer) {
    part(given, "event", leaf.id().toString());
    given
        .addPart()
        .setName("outcome")
        .setValue(new CodeType(answer.outcome().name().toLowerCase(Locale.ROOT)));
    given.addPart().setName("time").setValue(time(answer.at()));
    if (answer.reasonCode() != null) {
      given.addPart().setName("reason").setValue(new CodeType(answer.reasonCode()));
    }
    Answerer by = answer.by();
    if (by != null) {
      given.addPart().setName("way").setValue(new CodeType(by.way().code()));
      if (by.user() != null) {
        part(given, "user", Objects.requireNonNullElse(by.reference(), by.user()));
      }
      if (by.client() != null) {
        part(given, "client", by.client());
      }
    }
  }

  private static void run(ParametersParameterComponent said, AuditLeaf leaf, ModelRun run) {
    part(said, "event", leaf.id().toString());
    part(said, "model", run.model());
    if (run.result() instanceof Result.Predicted predicted) {
      said.addPart().setName("result").setValue(new CodeType("predicted"));
      for (Score score : predicted.scores()) {
        ParametersParameterComponent output = said.addPart().setName("output");
        part(output, "name", score.output());
        output.addPart().setName("value").setValue(new DecimalType(score.value()));
      }
      why(said, predicted.explanation());
    } else if (run.result() instanceof Result.NotEligible notEligible) {
      reasons(said, "not-eligible", notEligible.reasons());
    } else if (run.result() instanceof Result.NotAssessed notAssessed) {
      reasons(said, "not-assessed", notAssessed.reasons());
    }
  }

  private static void why(ParametersParameterComponent said, Explanation explanation) {
    for (Explanation.OfOutput of : explanation.outputs()) {
      for (Explanation.Contribution contribution : of.contributions()) {
        ParametersParameterComponent part = said.addPart().setName("contribution");
        part(part, "output", of.output());
        part(part, "input", contribution.input());
        part.addPart().setName("value").setValue(new DecimalType(contribution.phi()));
      }
    }
  }

  private static void reasons(
      ParametersParameterComponent said, String result, List<Reason> reasons) {
    said.addPart().setName("result").setValue(new CodeType(result));
    reasons.forEach(r -> said.addPart().setName("reason").setValue(new CodeType(r.code())));
  }

  private static InstantType time(Instant instant) {
    return new InstantType(
        Date.from(instant), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC"));
  }

  private static void part(ParametersParameterComponent of, String name, String value) {
    of.addPart().setName(name).setValue(new StringType(value));
  }
}
