package org.auscult.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auscult.audit.AuditKind;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.deployment.OverrideReason;
import org.auscult.deployment.Recording;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.display.WithheldReason;
import org.auscult.feature.Baseline;
import org.auscult.feature.Distinct;
import org.auscult.feature.MissingReason;
import org.auscult.feature.Operator;
import org.auscult.feature.Window;
import org.auscult.ig.Ig;
import org.auscult.model.OutputKind;
import org.auscult.model.Sensitivity;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.model.fhir.Statement;
import org.auscult.monitoring.adjudication.Judgement;
import org.auscult.monitoring.adjudication.LabelQuality;
import org.auscult.monitoring.adjudication.Way;
import org.auscult.monitoring.alert.Compared;
import org.auscult.monitoring.alert.Side;
import org.auscult.monitoring.cause.Cause;
import org.auscult.monitoring.drift.Band;
import org.auscult.monitoring.drift.DriftReport;
import org.auscult.monitoring.drift.LabelDrift;
import org.auscult.monitoring.drift.ServedColumn;
import org.auscult.monitoring.drift.ServedSample;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.Standing;
import org.auscult.monitoring.use.AskedCall;
import org.auscult.monitoring.use.CardFate;
import org.auscult.monitoring.use.CardOrder;
import org.auscult.monitoring.use.CardOrder.Proposal;
import org.auscult.monitoring.use.Reply;
import org.auscult.monitoring.use.UseReport;
import org.auscult.order.DoseBand.AdvisedAction;
import org.auscult.order.OrderFate;
import org.auscult.order.RenalMeasure;
import org.auscult.order.RenalMeasure.BodyWeight;
import org.auscult.order.Severity;
import org.auscult.outcome.CensoringReason;
import org.auscult.outcome.ExclusionReason;
import org.auscult.outcome.Horizon;
import org.auscult.outcome.fhir.EventKind;
import org.auscult.prediction.Answerer;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.ReasonCode;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.uncertainty.Proportion;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.EncounterElements;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.timeline.fhir.FactProjector;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;

/**
 * What the code calls ours is in the guide, and what the guide defines the code uses: every URL of
 * our namespace in any class of any module, and every code.
 */
class ConstantsTest {
  private static final String BASE = "https://auscult.org/fhir";
  private static final Pattern OURS = Pattern.compile(BASE + "[A-Za-z0-9/.|%…-]*");
  private static final Map<String, MetadataResource> GUIDE = guide();

  /** Beginnings to which the code adds an id, examples in messages, systems of identifiers. */
  private static final Set<String> NO_WHOLE_URL =
      Set.of(
          BASE,
          BASE + "/",
          BASE + "/sid/owner",
          BASE + "/sid/training-set",
          // The set of a golden file, which is stored nowhere.
          BASE + "/Library/golden",
          BASE + "/StructureDefinition/",
          BASE + "/OperationDefinition/",
          BASE + "/Library/…",
          BASE + "/Library/…|1.0.0");

  /** Classes that only list URLs. */
  private static final Set<String> CONSTANTS =
      Set.of(
          "FeatureUrls",
          "ContextUrls",
          "OutcomeUrls",
          "ModelUrls",
          "OperationUrls",
          "DeploymentUrls",
          "OrderUrls",
          "AuditUrls",
          "MonitoringUrls",
          "AlertUrls",
          "RetrainingUrls",
          "AdjudicationUrls",
          "NotificationUrls",
          "PerformanceUrls",
          "ReportUrls",
          "DriftUrls",
          "UseUrls");

  @Test
  void everyUrlOfOursIsInTheGuide() throws Exception {
    Map<String, Set<String>> inCode = CompiledStrings.matching(OURS);
    assertThat(inCode).hasSizeGreaterThan(45);
    inCode.forEach(
        (text, classes) -> {
          if (!NO_WHOLE_URL.contains(text)) {
            String[] parts = text.split("[|]|%7C", 2);
            assertThat(GUIDE).as("named by %s", classes).containsKey(parts[0]);
            if (parts.length == 2) {
              assertThat(resource(parts[0]).getVersion()).as(text).isEqualTo(parts[1]);
            }
          }
        });
  }

  @Test
  void everyProfileExtensionCodeSystemAndOperationOfTheGuideIsUsed() throws Exception {
    Map<String, Set<String>> inCode = CompiledStrings.matching(OURS);
    Set<String> unused = new TreeSet<>();
    GUIDE.forEach(
        (url, resource) -> {
          Set<String> users = new TreeSet<>(inCode.getOrDefault(url, Set.of()));
          users.removeAll(CONSTANTS);
          if (isForCode(resource) && users.isEmpty()) {
            unused.add(url);
          }
        });

    // Stand in definitions as bare codes; only the guide's binding names the system.
    assertThat(unused)
        .containsExactlyInAnyOrder(
            BASE + "/CodeSystem/feature-operator",
            BASE + "/CodeSystem/feature-baseline",
            BASE + "/CodeSystem/reference-flag",
            BASE + "/CodeSystem/feature-distinctness",
            BASE + "/CodeSystem/feature-calendar",
            BASE + "/CodeSystem/performance-window",
            BASE + "/CodeSystem/drift-cause",
            BASE + "/CodeSystem/drift-band",
            BASE + "/CodeSystem/finding-severity",
            BASE + "/CodeSystem/alert-side",
            BASE + "/CodeSystem/retraining-trigger",
            BASE + "/CodeSystem/adjudication-way",
            BASE + "/CodeSystem/alert-compared",
            BASE + "/CodeSystem/alert-test-kind",
            BASE + "/CodeSystem/feature-window-ends",
            BASE + "/CodeSystem/outcome-event-kind",
            BASE + "/CodeSystem/outcome-horizon-anchor",
            BASE + "/CodeSystem/model-output-kind",
            BASE + "/CodeSystem/deployment-mode",
            BASE + "/CodeSystem/failure-display",
            BASE + "/CodeSystem/deployment-recording-codes",
            BASE + "/CodeSystem/result-place",
            BASE + "/CodeSystem/override-reason",
            BASE + "/CodeSystem/model-sensitivity",
            BASE + "/CodeSystem/model-device-status",
            BASE + "/CodeSystem/renal-measure",
            BASE + "/CodeSystem/body-weight",
            BASE + "/CodeSystem/order-severity",
            // Read by a feature of the starter pack, in whose definition it stands.
            BASE + "/CodeSystem/spo2-scale");
  }

  private static boolean isForCode(MetadataResource resource) {
    return resource instanceof StructureDefinition
        || resource instanceof CodeSystem
        || resource instanceof OperationDefinition;
  }

  @Test
  void codesOfTheCodeAndOfTheGuideAreTheSame() throws IllegalAccessException {
    Map<String, List<String>> inCode = new TreeMap<>();
    inCode.put("feature-operator", all(Operator.values(), Operator::code));
    inCode.put("feature-baseline", all(Baseline.values(), Baseline::code));
    inCode.put("feature-distinctness", all(Distinct.values(), Distinct::code));
    inCode.put("feature-calendar", all(Window.Calendar.values(), Window.Calendar::ucum));
    inCode.put(
        "feature-window-ends", List.of("closed-closed", "closed-open", "open-closed", "open-open"));
    inCode.put("outcome-event-kind", all(EventKind.values(), EventKind::code));
    inCode.put("outcome-horizon-anchor", all(Horizon.Anchor.values(), Horizon.Anchor::code));
    inCode.put("outcome-label", List.of("censored", "competing", "event", "excluded", "no-event"));
    inCode.put(
        "outcome-label-reason",
        Stream.concat(
                Arrays.stream(CensoringReason.values()).map(CensoringReason::code),
                Arrays.stream(ExclusionReason.values()).map(ExclusionReason::code))
            .sorted()
            .toList());
    List<String> missing = all(MissingReason.values(), MissingReason::code);
    inCode.put("missing-reason", missing);
    inCode.put(
        "no-prediction-reason",
        Stream.concat(missing.stream(), all(ReasonCode.values(), ReasonCode::code).stream())
            .sorted()
            .toList());
    inCode.put("model-sensitivity", all(Sensitivity.values(), Sensitivity::code));
    inCode.put("model-device-status", List.of("device", "non-device", "undetermined"));
    inCode.put("model-output-kind", all(OutputKind.values(), ConstantsTest::lower));
    inCode.put("model-statement", all(Statement.values(), Statement::code));
    inCode.put("feedback-outcome", all(Feedback.Outcome.values(), ConstantsTest::lower));
    inCode.put("feedback-way", all(Answerer.Way.values(), Answerer.Way::code));
    inCode.put(
        "override-reason",
        starter().overrideReasons().stream().map(OverrideReason::code).sorted().toList());
    inCode.put("deployment-mode", List.of(Deployments.LIVE, Deployments.SUSPENDED));
    inCode.put("result-place", all(Place.values(), Place::code));
    inCode.put("withheld-reason", all(WithheldReason.values(), WithheldReason::code));
    inCode.put("deployment-recording-codes", all(Recording.values(), Recording::code));
    inCode.put("order-finding", List.of("advised", "on-dialysis", "unstable"));
    inCode.put("failure-display", all(FailureDisplay.values(), FailureDisplay::code));
    inCode.put("demographics", constants(Demographics.class));
    inCode.put("encounter-element", constants(EncounterElements.class));
    inCode.put("resource-reference", List.of());
    inCode.put("address", List.of());
    inCode.put("reference-flag", all(ReferenceFlag.values(), ReferenceFlag::code));
    inCode.put("medication-reference", constants(Medications.class));
    inCode.put("load", constants(FactProjector.class));
    inCode.put("load-lag", List.of());
    inCode.put("recorded-unit", List.of());
    inCode.put("model-input-name", List.of());
    inCode.put("model-output-name", List.of());
    inCode.put("model-band-name", List.of());
    inCode.put("renal-measure", all(RenalMeasure.Kind.values(), RenalMeasure.Kind::code));
    inCode.put("body-weight", all(BodyWeight.values(), BodyWeight::code));
    inCode.put("order-action", all(AdvisedAction.values(), AdvisedAction::code));
    inCode.put("order-severity", all(Severity.values(), Severity::code));
    inCode.put("audit-kind", all(AuditKind.values(), AuditKind::code));
    inCode.put("audit-entity", List.of("model", "operation", "request-id"));
    inCode.put(
        "breach-rule",
        List.of(
            "log-altered",
            "many-patients",
            "many-refusals",
            "refresh-token-reuse",
            "reported",
            "unreviewed-emergency"));
    inCode.put(
        "monitoring-alert",
        Stream.concat(
                all(FindingKind.values(), FindingKind::code).stream(),
                Stream.of("held-back", "retraining"))
            .sorted()
            .toList());
    inCode.put("adjudication-verdict", all(Judgement.values(), Judgement::code));
    inCode.put("adjudication-way", all(Way.values(), Way::code));
    inCode.put(
        "adjudication-count", LabelQuality.of(List.of()).counts().keySet().stream().toList());
    inCode.put("finding-severity", all(FindingSeverity.values(), FindingSeverity::code));
    inCode.put("retraining-trigger", List.of("drift", "event", "performance", "time"));
    inCode.put("alert-side", all(Side.values(), Side::code));
    inCode.put("alert-compared", all(Compared.values(), Compared::code));
    inCode.put(
        "alert-test-kind", List.of("control-limits", "cusum", "difference", "fixed", "ratio"));
    inCode.put("performance-window", all(ReportWindow.Kind.values(), ReportWindow.Kind::code));
    List<String> standings = new ArrayList<>(all(Standing.values(), Standing::code));
    standings.addAll(List.of("merged", "repeated", "compared", "not-eligible", "not-drawn"));
    inCode.put("prediction-standing", standings.stream().sorted().toList());
    // What a person writes of an event, and reports repeat.
    inCode.put(
        "report-event-kind",
        List.of("go-live", "guideline", "laboratory", "other", "outage", "outbreak", "population"));
    inCode.put("drift-cause", all(Cause.Kind.values(), Cause.Kind::code));
    inCode.put("drift-band", all(Band.values(), Band::code));
    inCode.put("figure", figures());
    inCode.put("card-count", use().counts().keySet().stream().toList());
    // A clinician's decision that is recorded and read by definitions alone.
    inCode.put("spo2-scale", List.of("designated-scale", "scale-1", "scale-2"));

    Map<String, List<String>> inGuide = new TreeMap<>();
    for (CodeSystem system : codeSystems()) {
      inGuide.put(
          system.getIdElement().getIdPart(),
          system.getConcept().stream().map(ConceptDefinitionComponent::getCode).sorted().toList());
    }
    assertThat(inCode).isEqualTo(inGuide);
  }

  /** A report of use that counts everything but cards that were withheld. */
  private static UseReport use() {
    return UseReport.of(
        List.of(
            new AskedCall(
                "patient",
                "user",
                Map.of(),
                List.of(
                    answered(Reply.ACCEPTED, Proposal.REMOVAL, OrderFate.UNCHANGED),
                    answered(Reply.OVERRIDDEN, Proposal.REMOVAL, OrderFate.NOT_ORDERED),
                    answered(
                        Reply.NONE,
                        Proposal.NONE,
                        OrderFate.CHANGED,
                        OrderFate.NOT_ORDERED,
                        OrderFate.OPEN,
                        OrderFate.UNTOLD)))));
  }

  private static CardFate answered(Reply reply, Proposal proposal, OrderFate... fates) {
    return new CardFate(
        null,
        true,
        true,
        reply,
        null,
        Standing.PENDING,
        Arrays.stream(fates)
            .map(fate -> new CardOrder(10 * reply.ordinal() + fate.ordinal(), proposal, fate))
            .toList());
  }

  /** All that a report tells: of rows, of groups, and before labels arrive. */
  private static List<String> figures() {
    ObservedPredictions.Builder rows = ObservedPredictions.builder();
    for (int i = 0; i < 100; i++) {
      rows.add(
          i / 100.0,
          i % 3 == 0 ? Standing.EVENT : Standing.NO_EVENT,
          Map.of("site", i % 2 == 0 ? "north" : "south"));
    }
    PerformanceReport report = PerformanceReport.of(rows.build(), List.of(0.5));
    return Stream.of(
            Stream.of(
                "predictions", "distribution", "cards", "override-reasons", "adjudicated-cases"),
            LabelQuality.of(List.of()).figures().stream().map(figure -> figure.definition().name()),
            driftFigures().stream().map(figure -> figure.definition().name()),
            use().figures().stream().map(figure -> figure.definition().name()),
            report.figures().stream().map(figure -> figure.definition().name()),
            report.estimated().stream().map(figure -> figure.definition().name()),
            report.groups().values().stream()
                .flatMap(groups -> groups.gaps().stream())
                .map(gap -> gap.definition().name()))
        .flatMap(names -> names)
        .sorted()
        .distinct()
        .toList();
  }

  /** All that a drift report tells: of numbers, of truths, of all together, and of labels. */
  private static List<Estimate> driftFigures() {
    List<ServedColumn> columns = new ArrayList<>();
    for (String name : List.of("number", "truth")) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        values.add((double) (name.equals("truth") ? i % 2 : i));
      }
      columns.add(new ServedColumn(name, "", name, values, new TreeMap<>()));
    }
    DriftReport.Over over =
        new DriftReport.Over(
            new ServedSample(40, 0, 0, 40, new TreeMap<>(), columns, columns), Duration.ofDays(7));
    DriftReport report = DriftReport.of(over, over);
    Proportion events = new Proportion(20, 40);
    return Stream.of(
            report.features().stream().flatMap(feature -> feature.figures().stream()),
            report.together().stream(),
            LabelDrift.of(events, events).stream())
        .flatMap(figures -> figures)
        .toList();
  }

  @Test
  void wordsForCodesAreTheGuides() {
    Map<String, String> displays = new TreeMap<>();
    for (CodeSystem system : codeSystems()) {
      system.getConcept().forEach(c -> displays.put(system.getUrl() + c.getCode(), c.getDisplay()));
    }
    for (Statement statement : Statement.values()) {
      assertThat(displays)
          .containsEntry(ModelUrls.CATEGORY_SYSTEM + statement.code(), statement.display());
    }
    for (OverrideReason reason : starter().overrideReasons()) {
      assertThat(displays).containsEntry(reason.system() + reason.code(), reason.display());
    }
  }

  private static Deployment starter() {
    return Deployments.read((PlanDefinition) resource(BASE + "/PlanDefinition/cvd-risk")).orThrow();
  }

  private static List<CodeSystem> codeSystems() {
    return GUIDE.values().stream()
        .filter(CodeSystem.class::isInstance)
        .map(CodeSystem.class::cast)
        .toList();
  }

  private static <T> List<String> all(T[] constants, Function<T, String> code) {
    return Arrays.stream(constants).map(code).sorted().toList();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The codes of all public constants of a class. */
  private static List<String> constants(Class<?> holder) throws IllegalAccessException {
    List<String> codes = new ArrayList<>();
    for (Field field : holder.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof Code code) {
        codes.add(code.code());
      }
    }
    return codes.stream().sorted().toList();
  }

  private static Map<String, MetadataResource> guide() {
    Map<String, MetadataResource> guide = new TreeMap<>();
    for (String name : Ig.names()) {
      MetadataResource resource =
          (MetadataResource) FhirContext.forR4Cached().newJsonParser().parseResource(Ig.json(name));
      guide.put(resource.getUrl(), resource);
    }
    return guide;
  }

  private static MetadataResource resource(String url) {
    return Objects.requireNonNull(GUIDE.get(url), url);
  }
}
