package org.auscult.server.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.MissingReason;
import org.auscult.feature.ResolvedFeature;
import org.auscult.model.ModelCatalog;
import org.auscult.monitoring.page.DriftWeek;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Subject;
import org.auscult.server.report.ReportUrls;
import org.auscult.timeline.AsOf;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.EventDefinition;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.TriggerDefinition.TriggerType;
import org.springframework.jdbc.core.JdbcTemplate;

/** Six weeks of a journal long before anything else that is predicted here, on either database. */
final class DriftScenarios {
  private static final String MODEL =
      "https://auscult.org/fhir/Library/kfre-4var-non-north-america|1.0.0";
  static final String EGFR = "egfr_2021";

  /** A Monday. */
  private static final LocalDate FIRST = LocalDate.parse("2018-01-01");

  static final Instant LAST = Instant.parse("2018-02-13T12:00:00Z");
  private static final String ID = "drift-test-";
  private static final String MARKED = "https://auscult.org/fhir/StructureDefinition/marked-event";

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final DriftRound round;
  private final DriftStore store;
  private final FeatureCatalog features;
  private final ModelCatalog models;

  private final Random random = new Random(5);
  private final List<String> entries = new ArrayList<>();
  private String output = "";
  private int number;

  DriftScenarios(
      IGenericClient client,
      JdbcTemplate jdbc,
      DriftRound round,
      DriftStore store,
      FeatureCatalog features,
      ModelCatalog models) {
    this.client = client;
    this.jdbc = jdbc;
    this.round = round;
    this.store = store;
    this.features = features;
    this.models = models;
  }

  /** Before each. */
  void serve() {
    forget();
    output = models.find(MODEL).orElseThrow().model().outputs().get(0).name();
    // Four weeks of reference, one as before, one in which half of the eGFRs lack.
    for (int week = 0; week < 6; week++) {
      for (int i = 0; i < 60; i++) {
        serve(FIRST.plusWeeks(week).plusDays(i % 7), "p" + number, week == 5 ? 0.5 : 0);
      }
    }
  }

  /** After each. */
  void forget() {
    entries.forEach(id -> jdbc.update("delete from prediction_journal where id = ?", id));
    entries.clear();
    jdbc.update("delete from monitored_prediction where id like '" + ID + "%'");
    jdbc.update("delete from outcome_case where label_id like '" + ID + "%'");
    jdbc.update("delete from drift_reference where model = ?", MODEL);
    jdbc.update("delete from monitoring_report where id like 'drift-%'");
  }

  private void serve(LocalDate day, String patient, double missing) {
    Instant at = day.atTime(12, 0).toInstant(ZoneOffset.UTC).plusSeconds(number);
    UUID id = CardId.journal(UUID.randomUUID());
    JournalEntry entry =
        new JournalEntry(
            id,
            at,
            Call.ofOperation("$predict", id.toString()),
            new Subject("", ID + patient),
            at,
            1,
            0,
            List.of(
                DeploymentRun.ofOperation(
                    List.of(
                        new ModelRun(
                            0,
                            MODEL,
                            vector(at, missing),
                            new ModelRun.Result.NotAssessed(List.of()))))),
            FactBasis.RECORD);
    jdbc.update(
        "insert into prediction_journal (id, recorded_at, service, instance, subject_origin,"
            + " subject_id, epoch, entry, state, attempts) values (?, ?, '$predict', ?, '', ?, 1,"
            + " ?, 'DONE', 1)",
        id.toString(),
        at.toEpochMilli(),
        id.toString(),
        ID + patient,
        JournalJson.write(entry));
    entries.add(id.toString());
    jdbc.update(
        "insert into monitored_prediction (id, model, output, patient, index_time, score, described,"
            + " traits) values (?, ?, ?, ?, ?, 0.5, true, '{}')",
        ID + number,
        MODEL,
        output,
        ID + patient,
        at.toEpochMilli());
    number++;
  }

  private FeatureVector vector(Instant at, double missing) {
    String set = models.find(MODEL).orElseThrow().model().featureSet();
    List<FeatureVector.Entry> values = new ArrayList<>();
    for (ResolvedFeature feature : features.featureSet(set).orElseThrow().features()) {
      FeatureDefinition of = feature.definition();
      boolean isMissing = of.name().equals(EGFR) && random.nextDouble() < missing;
      double value = of.unit().equals("1") ? random.nextInt(2) : 40 + 10 * random.nextGaussian();
      values.add(
          new FeatureVector.Entry(
              of.name(),
              of.canonical(),
              of.title(),
              isMissing
                  ? new FeatureValue.Missing(MissingReason.UNIT, "x cannot be read")
                  : new FeatureValue.Present(
                      value, of.unit(), null, List.of(), at, at, FeatureValue.Origin.RECORD)));
    }
    return new FeatureVector(set, "p", AsOf.instant(at), 1, values);
  }

  private int run() {
    return round.run(LAST, () -> true);
  }

  private static ReportWindow week(int number) {
    return ReportWindow.endingWith(ReportWindow.Kind.WEEK, FIRST.plusWeeks(number), ZoneOffset.UTC);
  }

  private MeasureReport report(int week) {
    return client
        .read()
        .resource(MeasureReport.class)
        .withId(DriftResources.id(MODEL, week(week)))
        .execute();
  }

  private static MeasureReportGroupComponent group(
      MeasureReport report, String figure, String url, String name) {
    return report.getGroup().stream()
        .filter(group -> group.getCode().getCodingFirstRep().getCode().equals(figure))
        .filter(group -> name.equals(group.getExtensionString(url)))
        .findFirst()
        .orElseThrow();
  }

  private static Extension reference(MeasureReport report) {
    return report.getExtensionByUrl(DriftUrls.REFERENCE);
  }

  private void isValid(Resource report) {
    OperationOutcome said =
        (OperationOutcome) client.validate().resource(report).execute().getOperationOutcome();
    assertThat(said.getIssue())
        .filteredOn(
            issue ->
                issue.getSeverity() == IssueSeverity.ERROR
                    || issue.getSeverity() == IssueSeverity.FATAL)
        .isEmpty();
  }

  void weeksBehindTheReferenceAreHeldAgainstIt() {
    // Weeks 4 and 5; no month lies behind the reference and is over.
    assertThat(run()).isEqualTo(2);

    MeasureReport still = report(4);
    MeasureReport drifted = report(5);
    assertThat(still.getExtensionsByUrl(ReportUrls.CAUSE)).isEmpty();
    MeasureReportGroupComponent psi = group(drifted, "psi", ReportUrls.FEATURE, EGFR);
    assertThat(psi.getMeasureScore().getExtensionString(DriftUrls.BAND)).isEqualTo("acts");
    assertThat(psi.getPopulationFirstRep().getCount()).isEqualTo(300);
    assertThat(drifted.getExtensionsByUrl(ReportUrls.CAUSE))
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.getExtensionString("feature")).isEqualTo(EGFR);
              assertThat(cause.getExtensionString("kind")).isEqualTo("missing");
              assertThat(cause.getExtensionString("value")).isEqualTo("unit");
              assertThat(cause.getExtensionString("text")).contains("a unit that cannot be read");
            });
    isValid(still);
    isValid(drifted);
  }

  /** As pages tell it. */
  void aStretchOfTimeTellsItsWeeks(StoredDrift stored) {
    run();
    StoredDrift.Told told = stored.of(MODEL, week(3).start(), LAST);
    assertThat(told.sources())
        .containsExactly(
            report(4).getIdElement().toUnqualified().getValue(),
            report(5).getIdElement().toUnqualified().getValue());
    assertThat(told.weeks()).extracting(DriftWeek::week).containsExactly(week(4), week(5));
    assertThat(told.weeks().get(1).features().get(EGFR))
        .isEqualTo(
            new DriftWeek.Cell(
                group(report(5), "psi", ReportUrls.FEATURE, EGFR)
                    .getMeasureScore()
                    .getValue()
                    .doubleValue(),
                ""));
    assertThat(told.causes())
        .singleElement()
        .asString()
        .contains(EGFR)
        .contains("a unit that cannot be read");
    assertThat(stored.of(MODEL, week(0).start(), week(3).end()).weeks()).isEmpty();
  }

  void theReferenceIsAnArtifactThatNeverChanges() {
    run();
    Extension against = reference(report(4));
    String id = ((Reference) against.getExtensionByUrl("report").getValue()).getReference();
    MeasureReport reference = client.read().resource(MeasureReport.class).withUrl(id).execute();
    isValid(reference);
    assertThat(reference(reference).getExtensionString("sha256"))
        .isEqualTo(against.getExtensionString("sha256"));
    assertThat(reference.getPeriod().getStart()).isEqualTo("2018-01-01T00:00:00Z");
    assertThat(group(reference, "distribution", ReportUrls.FEATURE, EGFR).getStratifierFirstRep())
        .satisfies(
            bins ->
                assertThat(
                        bins.getStratum().stream()
                            .mapToInt(bin -> bin.getPopulationFirstRep().getCount())
                            .sum())
                    .isEqualTo(240));

    // What is recorded later of that time changes the weeks, not the reference.
    serve(FIRST.plusDays(2), "late", 0);
    run();
    assertThat(store.standard(MODEL).orElseThrow().sha256())
        .isEqualTo(against.getExtensionString("sha256"));
    jdbc.update(
        "update drift_reference set content = replace(content, '4', '5') where model = ?", MODEL);
    assertThatThrownBy(() -> store.standard(MODEL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not what its hash says");
  }

  void nothingIsWrittenTwiceAndWhatIsNewChangesItsWeekAlone() {
    run();
    assertThat(run()).isZero();
    long before = report(4).getIdElement().getVersionIdPartAsLong();
    long other = report(5).getIdElement().getVersionIdPartAsLong();
    // Another node that knows of nothing makes the same.
    jdbc.update("delete from monitoring_report where id like 'drift-%'");
    run();
    assertThat(report(4).getIdElement().getVersionIdPartAsLong()).isEqualTo(before);

    serve(FIRST.plusWeeks(5), "new", 0);
    assertThat(run()).isEqualTo(1);
    assertThat(report(4).getIdElement().getVersionIdPartAsLong()).isEqualTo(before);
    assertThat(report(5).getIdElement().getVersionIdPartAsLong()).isEqualTo(other + 1);
  }

  /** Labels are those of the first prediction of each patient, as they stand. */
  void aLateLabelIsToldAnew() {
    run();
    assertThat(report(4).getGroup())
        .noneMatch(g -> g.getCode().getCodingFirstRep().getCode().equals("prevalence"));
    for (int i = 0; i < 300; i++) {
      label(i, i < 240 ? i % 4 == 0 : i % 2 == 0);
    }
    assertThat(run()).isEqualTo(2);
    MeasureReport report = report(4);
    MeasureReportGroupComponent difference =
        group(report, "prevalence-difference", ReportUrls.OUTPUT, output);
    assertThat(difference.getMeasureScore().getValue().doubleValue()).isEqualTo(0.25);
    assertThat(
            group(report, "prevalence", ReportUrls.OUTPUT, output)
                .getMeasureScore()
                .getValue()
                .doubleValue())
        .isEqualTo(0.5);
    assertThat(group(report, "psi", ReportUrls.FEATURE, EGFR).hasMeasureScore()).isTrue();
    isValid(report);
    assertThat(run()).isZero();
  }

  private void label(int of, boolean event) {
    jdbc.update(
        "insert into outcome_case (label_id, prediction, output, outcome, patient, index_time,"
            + " stands, sequence) values (?, 'RiskAssessment/1', ?, ?, ?, 0, ?, 1)",
        ID + of,
        output,
        "https://auscult.org/fhir/Library/outcome-new-ckd-stage-3|1.0.0",
        ID + "p" + of,
        event ? "event|" : "no-event|");
  }

  /** An event of the last day of week 4 is marked there, and by no other week. */
  void anEventIsMarkedByTheReportsThatItTouches() {
    run();
    EventDefinition event = new EventDefinition();
    event.setId("EventDefinition/" + ID + "event");
    event.getMeta().addProfile("https://auscult.org/fhir/StructureDefinition/report-event");
    event.setStatus(PublicationStatus.ACTIVE).setTitle("A new analyser");
    event
        .addTopic()
        .addCoding()
        .setSystem("https://auscult.org/fhir/CodeSystem/report-event-kind")
        .setCode("laboratory");
    event.getEffectivePeriod().setStartElement(new DateTimeType("2018-02-04"));
    event.getEffectivePeriod().setEndElement(new DateTimeType("2018-02-04"));
    event.addTrigger().setType(TriggerType.NAMEDEVENT).setName("new analyser");
    client.update().resource(event).execute();
    try {
      isValid(event);
      assertThat(run()).isEqualTo(1);
      MeasureReport marked = report(4);
      isValid(marked);
      assertThat(marked.getExtensionsByUrl(MARKED))
          .singleElement()
          .satisfies(
              mark -> {
                assertThat(mark.getExtensionString("title")).isEqualTo("A new analyser");
                assertThat(mark.getExtensionString("kind")).isEqualTo("laboratory");
              });
      assertThat(report(5).getExtensionsByUrl(MARKED)).isEmpty();
      assertThat(run()).isZero();

      // One that goes on touches both; one that is withdrawn touches none.
      event.getEffectivePeriod().setEndElement(null);
      client.update().resource(event).execute();
      assertThat(run()).isEqualTo(2);
      assertThat(report(5).getExtensionsByUrl(MARKED)).hasSize(1);
      event.setStatus(PublicationStatus.RETIRED);
      client.update().resource(event).execute();
      assertThat(run()).isEqualTo(2);
      assertThat(report(4).getExtensionsByUrl(MARKED)).isEmpty();
    } finally {
      client.delete().resourceById(event.getIdElement()).execute();
    }
  }

  void aModelWithTooFewPatientsHasALongerReference() {
    // Of the first four weeks all scores are of one patient, of the others of sixty each.
    jdbc.update(
        "update monitored_prediction set patient = 'drift-test-one' where id like '"
            + ID
            + "%' and index_time < ?",
        FIRST.plusWeeks(4).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    assertThat(run()).isZero();
    DriftReference reference = store.standard(MODEL).orElseThrow();
    assertThat(reference.start()).isEqualTo(FIRST.atStartOfDay(ZoneOffset.UTC).toInstant());
    assertThat(reference.end())
        .isEqualTo(FIRST.plusWeeks(6).atStartOfDay(ZoneOffset.UTC).toInstant());
    assertThat(reference.content().sample().rows()).isEqualTo(360);
  }
}
