package org.auscult.model.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.auscult.display.Decision;
import org.auscult.explanation.Explanation;
import org.auscult.feature.Lookback;
import org.auscult.model.Band;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.Hidden;
import org.auscult.prediction.InputValue;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.ObservationSet;
import org.auscult.prediction.Reason;
import org.auscult.prediction.ReasonCode;
import org.auscult.prediction.Score;
import org.auscult.protection.SpecialLabels;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.GuidanceResponse.GuidanceResponseStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.RiskAssessment.RiskAssessmentStatus;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry as FHIR resources. A pure function of the entry and its models, so that writing
 * them again changes nothing.
 *
 * <p>Ids: {@code {entry}.{run}} for the RiskAssessment (or the score Observation), {@code
 * {entry}.{run}.explanation}, {@code {entry}.provenance}, {@code {entry}.call} for what could not
 * be answered, with a number for each further deployment of the call. What names a condition under
 * special protection bears its labels: the explanation, what could not be answered because of it,
 * and {@code {entry}.provenance.protected}, while the result itself is shown without that evidence;
 * only a result that is about such a condition is labelled too. R4's {@code probabilityDecimal} is
 * in percent (safety rule 11); this class is the one place that converts.
 */
public final class PredictionResources {
  private static final String OBSERVATION_VALUE =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
  private static final String AI_ROLE =
      "http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS";
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final int PERCENT_DIGITS = 6;

  private PredictionResources() {}

  /**
   * All resources of one entry; each would be written by PUT to its id.
   *
   * @param subject what the patient is called here, such as {@code Patient/12} or a urn:uuid of the
   *     same transaction
   * @param models resolves a model's canonical
   */
  public static List<Resource> render(
      JournalEntry entry, String subject, Function<String, PredictionModel> models) {
    List<Resource> resources = new ArrayList<>();
    Sources open = new Sources();
    Sources closed = new Sources();
    Set<String> devices = new LinkedHashSet<>();
    for (DeploymentRun deployment : entry.deployments()) {
      Set<String> labels = new TreeSet<>();
      for (ModelRun run : deployment.runs()) {
        if (run.result() instanceof Predicted predicted) {
          PredictionModel model = models.apply(run.model());
          Hidden hidden = Hidden.of(entry, run, model);
          DomainResource main = main(entry, run, hidden, model, subject);
          withheld(deployment, run, main);
          Observation explanation = explanation(entry, run, predicted, model, subject, main);
          if (hidden.hidesResults()) {
            protect(main, hidden.labels());
          }
          protect(explanation, hidden.labels());
          resources.addAll(List.of(main, explanation));
          (hidden.hidesResults() ? closed : open).targets.add(versioned(main));
          (hidden.hidesAny() ? closed : open).targets.add(versioned(explanation));
          for (InputValue input : predicted.inputs()) {
            boolean isClosed = hidden.hidesResults() || hidden.hides(input);
            (isClosed ? closed : open).evidence.addAll(input.evidence());
          }
          closed.labels.addAll(hidden.labels());
          devices.add(deviceId(model));
        } else {
          labels.addAll(hidden(entry, run, models).labels());
        }
      }
      for (DetectedIssue issue : OrderIssues.of(entry, deployment, subject)) {
        protect(issue, OrderIssues.labels(issue, entry.protection()));
        resources.add(issue);
      }
      List<Reason> reasons = reasons(deployment);
      labels.addAll(
          OrderIssues.labels(deployment, OrderIssues.reasons(deployment), entry.protection()));
      if (!reasons.isEmpty()) {
        GuidanceResponse call = call(entry, deployment, subject, reasons);
        protect(call, labels);
        resources.add(call);
        (labels.isEmpty() ? open : closed).targets.add(versioned(call));
        closed.labels.addAll(labels);
      }
    }
    if (!devices.isEmpty() && !open.targets.isEmpty()) {
      resources.add(provenance(entry, "", open, devices));
    }
    if (!devices.isEmpty() && !closed.targets.isEmpty()) {
      Provenance provenance = provenance(entry, ".protected", closed, devices);
      protect(provenance, closed.labels);
      resources.add(provenance);
    }
    return resources;
  }

  /** Of a run without a number; what failed may have had no model. */
  private static Hidden hidden(
      JournalEntry entry, ModelRun run, Function<String, PredictionModel> models) {
    boolean asksModel = entry.protection() != null && !run.hasFailed();
    return Hidden.of(entry, run, asksModel ? models.apply(run.model()) : null);
  }

  /** What a Provenance is of. */
  private static final class Sources {
    final List<Reference> targets = new ArrayList<>();
    final Set<String> evidence = new LinkedHashSet<>();
    final Set<String> labels = new TreeSet<>();
  }

  /** What names a condition under special protection bears its labels (safety rule 34). */
  private static void protect(Resource resource, Set<String> labels) {
    labels.forEach(
        label ->
            resource
                .getMeta()
                .addSecurity(new Coding().setSystem(SpecialLabels.system(label)).setCode(label)));
  }

  private static DomainResource main(
      JournalEntry entry, ModelRun run, Hidden hidden, PredictionModel model, String subject) {
    Predicted whole = (Predicted) run.result();
    Predicted predicted = hidden.hidesResults() ? whole : hidden.without(whole);
    return switch (model.kind()) {
      case PROBABILITY -> risk(entry, run, predicted, model, subject);
      case VALUE -> score(entry, run, predicted, model, subject);
      case SCORE -> points(entry, run, predicted, model, subject);
    };
  }

  /** Says of a result whose card was kept back why (safety rule 24). */
  private static void withheld(DeploymentRun deployment, ModelRun run, DomainResource main) {
    deployment
        .decision(run.index() + 1)
        .map(Decision::withheld)
        .ifPresent(
            reason -> main.addExtension(ModelUrls.CARD_WITHHELD, new CodeType(reason.code())));
  }

  /** The Device that stands for a running model version. */
  public static Device device(PredictionModel model) {
    Device device = new Device();
    device.setId(deviceId(model));
    device.getMeta().addProfile(ModelUrls.MODEL_DEVICE);
    device.setStatus(FHIRDeviceStatus.ACTIVE);
    device.addDeviceName().setName(model.title()).setType(Device.DeviceNameType.USERFRIENDLYNAME);
    device.setType(coded(AI_ROLE, "Artificial-Intelligence", null));
    device.addVersion().setValue(model.version());
    device.addIdentifier(
        new Identifier().setSystem("urn:ietf:rfc:3986").setValue(model.canonical()));
    return device;
  }

  /** The resource that keeps what a model said. */
  public static String reference(JournalEntry entry, ModelRun run, OutputKind kind) {
    String type =
        switch (kind) {
          case PROBABILITY -> "RiskAssessment";
          case VALUE, SCORE -> "Observation";
        };
    return type + "/" + entry.id() + "." + run.index();
  }

  private static RiskAssessment risk(
      JournalEntry entry,
      ModelRun run,
      Predicted predicted,
      PredictionModel model,
      String subject) {
    RiskAssessment risk = new RiskAssessment();
    risk.setId(entry.id() + "." + run.index());
    label(risk, ModelUrls.PREDICTION);
    context(risk, entry, run);
    risk.setStatus(RiskAssessmentStatus.FINAL);
    risk.setSubject(new Reference(subject));
    risk.setOccurrence(instant(entry.indexTime()));
    risk.setMethod(new CodeableConcept().setText(model.title()));
    risk.setPerformer(new Reference("Device/" + deviceId(model)));
    risk.addIdentifier(
        new Identifier()
            .setSystem("urn:ietf:rfc:3986")
            .setValue("urn:uuid:" + CardId.journal(entry.id())));
    for (Score score : predicted.scores()) {
      ModelOutput output = model.output(score.output()).orElseThrow();
      var prediction = risk.addPrediction();
      prediction.setOutcome(
          coded(ModelUrls.OUTPUT_SYSTEM, output.name(), output.title()).setText(output.title()));
      prediction.setProbability(new DecimalType(percent(score.value())));
      Lookback horizon = output.horizon();
      if (horizon != null) {
        prediction.setWhen(period(entry.indexTime(), horizon));
      }
      prediction
          .addExtension()
          .setUrl(ModelUrls.PREDICTION_MARGIN)
          .setValue(new DecimalType(decimal(score.margin())));
    }
    evidence(predicted).forEach(e -> risk.addBasis(new Reference(e)));
    return risk;
  }

  private static Observation score(
      JournalEntry entry,
      ModelRun run,
      Predicted predicted,
      PredictionModel model,
      String subject) {
    Observation observation = computed(entry, run, predicted, model, subject, ModelUrls.SCORE);
    ModelOutput output = model.outputs().get(0);
    observation.setCode(code(output));
    observation.setValue(quantity(predicted.scores().get(0).value(), output.unit()));
    return observation;
  }

  /** Points, their band and their parts: no probability stands anywhere (safety rule 11). */
  private static Observation points(
      JournalEntry entry,
      ModelRun run,
      Predicted predicted,
      PredictionModel model,
      String subject) {
    Observation observation = computed(entry, run, predicted, model, subject, ModelUrls.POINTS);
    Map<String, Double> values = predicted.values();
    for (ModelOutput output : model.outputs()) {
      Quantity points = quantity(Objects.requireNonNull(values.get(output.name())), output.unit());
      if (output.part()) {
        observation.addComponent().setCode(code(output)).setValue(points);
      } else {
        observation.setCode(code(output));
        observation.setValue(points);
        Band band = model.band(output.name(), values).orElseThrow();
        observation.addInterpretation(
            coded(ModelUrls.BAND_SYSTEM, band.code(), band.title()).setText(band.title()));
      }
    }
    ObservationSet.of(model, predicted)
        .ifPresent(
            set ->
                observation
                    .addExtension()
                    .setUrl(ModelUrls.PREDICTION_INPUT_PERIOD)
                    .setValue(
                        new Period()
                            .setStartElement(instant(set.first()))
                            .setEndElement(instant(set.last()))));
    return observation;
  }

  private static CodeableConcept code(ModelOutput output) {
    Code code = output.code();
    return code == null
        ? coded(ModelUrls.OUTPUT_SYSTEM, output.name(), output.title())
        : coded(code.system(), code.code(), output.title());
  }

  private static Observation computed(
      JournalEntry entry,
      ModelRun run,
      Predicted predicted,
      PredictionModel model,
      String subject,
      String profile) {
    Observation observation = statement(entry, subject, Statement.SCORE);
    observation.setId(entry.id() + "." + run.index());
    label(observation, profile);
    context(observation, entry, run);
    observation.setMethod(new CodeableConcept().setText(model.title()));
    observation.setDevice(new Reference("Device/" + deviceId(model)));
    evidence(predicted).stream()
        .filter(e -> e.contains("Observation/"))
        .forEach(e -> observation.addDerivedFrom(new Reference(e)));
    return observation;
  }

  private static Observation explanation(
      JournalEntry entry,
      ModelRun run,
      Predicted predicted,
      PredictionModel model,
      String subject,
      Resource about) {
    Observation observation = statement(entry, subject, Statement.EXPLANATION);
    observation.setId(entry.id() + "." + run.index() + ".explanation");
    label(observation, ModelUrls.EXPLANATION);
    observation.setCode(Statement.EXPLANATION.concept());
    observation.addFocus(versioned(about));
    observation.setDevice(new Reference("Device/" + deviceId(model)));
    Explanation explanation = predicted.explanation();
    observation
        .addExtension()
        .setUrl(ModelUrls.EXPLANATION_METHOD)
        .setValue(new StringType(explanation.method() + "/" + explanation.version()));
    observation
        .addExtension()
        .setUrl(ModelUrls.EXPLANATION_REFERENCE)
        .setValue(new StringType(explanation.reference()));
    evidence(predicted)
        .forEach(e -> observation.addExtension(ModelUrls.EXPLANATION_EVIDENCE, new Reference(e)));
    for (Explanation.OfOutput output : explanation.outputs()) {
      var base = observation.addExtension().setUrl(ModelUrls.EXPLANATION_BASE);
      base.addExtension("output", new StringType(output.output()));
      base.addExtension("value", new DecimalType(decimal(output.base())));
    }
    for (InputValue input : predicted.inputs()) {
      ModelInput column = model.input(input.input()).orElseThrow();
      var component = observation.addComponent();
      component.setCode(coded(ModelUrls.INPUT_SYSTEM, column.name(), column.title()));
      component.setValue(quantity(input.value(), column.unit()));
      for (Explanation.OfOutput output : explanation.outputs()) {
        output.contributions().stream()
            .filter(c -> c.input().equals(input.input()))
            .forEach(
                c -> {
                  var contribution =
                      component.addExtension().setUrl(ModelUrls.EXPLANATION_CONTRIBUTION);
                  contribution.addExtension("output", new StringType(output.output()));
                  contribution.addExtension("value", new DecimalType(decimal(c.phi())));
                });
      }
    }
    return observation;
  }

  /** Why there is no number, or no finding; if there is any reason, a resource tells it. */
  static List<Reason> reasons(DeploymentRun deployment) {
    List<Reason> reasons = new ArrayList<>();
    for (ModelRun run : deployment.runs()) {
      if (run.result() instanceof NotEligible notEligible) {
        reasons.addAll(notEligible.reasons());
      } else if (run.result() instanceof NotAssessed notAssessed) {
        reasons.addAll(notAssessed.reasons());
      }
    }
    reasons.addAll(OrderIssues.reasons(deployment));
    return reasons;
  }

  static String callId(JournalEntry entry, DeploymentRun run) {
    int number = entry.deployments().indexOf(run);
    return entry.id() + ".call" + (number == 0 ? "" : "." + number);
  }

  private static GuidanceResponse call(
      JournalEntry entry, DeploymentRun run, String subject, List<Reason> reasons) {
    GuidanceResponse call = new GuidanceResponse();
    call.setId(callId(entry, run));
    call.getMeta().addProfile(ModelUrls.HOOK_CALL);
    call.addIdentifier(
        new Identifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + entry.id()));
    call.setRequestIdentifier(new Identifier().setValue(entry.call().instance()));
    String deployment = run.deployment();
    call.setModule(new CanonicalType(deployment == null ? ModelUrls.PREDICT : deployment));
    call.setStatus(status(run, reasons));
    call.setSubject(new Reference(subject));
    call.setOccurrenceDateTimeElement(instant(entry.indexTime()));
    for (Reason reason : reasons) {
      call.addReasonCode(
          coded(ModelUrls.REASON_SYSTEM, reason.code(), null).setText(reason.text()));
    }
    return call;
  }

  private static GuidanceResponseStatus status(DeploymentRun run, List<Reason> reasons) {
    if (reasons.stream().anyMatch(reason -> ReasonCode.isFailure(reason.code()))) {
      return GuidanceResponseStatus.FAILURE;
    }
    boolean lacks =
        run.runs().stream().anyMatch(r -> r.result() instanceof NotAssessed)
            || !OrderIssues.reasons(run).isEmpty();
    return lacks ? GuidanceResponseStatus.DATAREQUIRED : GuidanceResponseStatus.SUCCESS;
  }

  private static Provenance provenance(
      JournalEntry entry, String which, Sources sources, Set<String> devices) {
    Provenance provenance = new Provenance();
    provenance.setId(entry.id() + ".provenance" + which);
    provenance.getMeta().addProfile(ModelUrls.AI_PROVENANCE);
    provenance.setTarget(sources.targets);
    provenance.setRecordedElement(new InstantType(Date.from(entry.recordedAt())));
    provenance.setOccurred(instant(entry.indexTime()));
    provenance.addReason(coded(OBSERVATION_VALUE, "AIAST", null));
    for (String device : devices) {
      provenance
          .addAgent()
          .setType(
              coded(
                  "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                  "assembler",
                  null))
          .addRole(coded(AI_ROLE, "Artificial-Intelligence", null))
          .setWho(new Reference("Device/" + device));
    }
    for (String source : sources.evidence) {
      provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(new Reference(source));
    }
    return provenance;
  }

  private static Observation statement(JournalEntry entry, String subject, Statement category) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(category.concept());
    observation.setSubject(new Reference(subject));
    observation.setEffective(instant(entry.indexTime()));
    observation.setIssued(Date.from(entry.recordedAt()));
    return observation;
  }

  private static void label(Resource resource, String profile) {
    resource.getMeta().addProfile(profile);
    resource.getMeta().addSecurity(new Coding().setSystem(OBSERVATION_VALUE).setCode("AIAST"));
  }

  private static void context(DomainResource resource, JournalEntry entry, ModelRun run) {
    resource
        .addExtension()
        .setUrl(ModelUrls.PREDICTION_MODEL_VERSION)
        .setValue(new CanonicalType(run.model()));
    resource
        .addExtension()
        .setUrl(ModelUrls.PREDICTION_EPOCH)
        .setValue(new IntegerType(Math.toIntExact(entry.epoch())));
  }

  private static List<String> evidence(Predicted predicted) {
    return predicted.inputs().stream().flatMap(i -> i.evidence().stream()).distinct().toList();
  }

  /** The first version: only the materialiser writes these, and it writes them once. */
  private static Reference versioned(Resource resource) {
    return new Reference(
        resource.fhirType() + "/" + resource.getIdElement().getIdPart() + "/_history/1");
  }

  private static String deviceId(PredictionModel model) {
    return "model-" + UUID.nameUUIDFromBytes(model.canonical().getBytes(StandardCharsets.UTF_8));
  }

  private static Period period(Instant from, Lookback horizon) {
    return new Period()
        .setStartElement(instant(from))
        .setEndElement(instant(horizon.endAfter(from)));
  }

  private static CodeableConcept coded(String system, String code, @Nullable String display) {
    Coding coding = new Coding().setCode(code);
    if (!system.isEmpty()) {
      coding.setSystem(system);
    }
    if (display != null) {
      coding.setDisplay(display);
    }
    return new CodeableConcept().addCoding(coding);
  }

  private static Quantity quantity(double value, String unit) {
    return new Quantity().setValue(decimal(value)).setUnit(unit).setSystem(UCUM).setCode(unit);
  }

  public static DateTimeType instant(Instant instant) {
    DateTimeType date = new DateTimeType(Date.from(instant));
    date.setTimeZoneZulu(true);
    date.setPrecision(TemporalPrecisionEnum.MILLI);
    return date;
  }

  /** R4 states a RiskAssessment's probability in percent; ours are 0–1. */
  static BigDecimal percent(double probability) {
    BigDecimal percent =
        BigDecimal.valueOf(probability)
            .multiply(HUNDRED)
            .setScale(PERCENT_DIGITS, RoundingMode.HALF_EVEN)
            .stripTrailingZeros();
    return percent.scale() < 0 ? percent.setScale(0) : percent;
  }

  /** The shortest decimal that reads back to the same double: 1.4, not 1.3999999999999999. */
  private static BigDecimal decimal(double value) {
    BigDecimal shortest = BigDecimal.valueOf(value).stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
