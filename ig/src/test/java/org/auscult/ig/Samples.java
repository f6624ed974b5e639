package org.auscult.ig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueSeverity;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.GuidanceResponse.GuidanceResponseStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.RiskAssessment.RiskAssessmentPredictionComponent;
import org.hl7.fhir.r4.model.RiskAssessment.RiskAssessmentStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Small valid statements, one of each profile, for tests to change. */
final class Samples {
  static final String UCUM = "http://unitsofmeasure.org";
  private static final String STATEMENT = Guide.BASE + "CodeSystem/model-statement";
  private static final String AI_ROLE =
      "http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS";
  private static final String OBSERVATION_VALUE =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
  private static final String MODEL = Guide.BASE + "Library/prevent-2023|1.0.0";
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final String NOW = "2024-05-03T10:00:00Z";

  private Samples() {}

  static RiskAssessment prediction() {
    RiskAssessment risk = new RiskAssessment();
    label(risk, "prediction");
    context(risk);
    risk.setStatus(RiskAssessmentStatus.FINAL);
    risk.setSubject(new Reference("Patient/1"));
    risk.setOccurrence(new DateTimeType(NOW));
    risk.getMethod().setText("PREVENT 2023");
    risk.setPerformer(new Reference("Device/1"));
    outcome(risk, "heart_failure");
    return risk;
  }

  static void outcome(RiskAssessment risk, String code) {
    RiskAssessmentPredictionComponent said = risk.addPrediction();
    said.setOutcome(coded(Guide.BASE + "CodeSystem/model-output-name", code));
    said.setProbability(new DecimalType("14.7"));
    said.setWhen(
        new Period()
            .setStartElement(new DateTimeType(NOW))
            .setEndElement(new DateTimeType("2034-05-03T10:00:00Z")));
    said.addExtension(Guide.STRUCTURE + "prediction-margin", new DecimalType("-1.758"));
  }

  static Observation score() {
    Observation score = statement("score");
    label(score, "score");
    context(score);
    score.setCode(coded("http://loinc.org", "98979-8"));
    score.setValue(quantity("71.25", "mL/min/{1.73_m2}"));
    score.setDevice(new Reference("Device/1"));
    return score;
  }

  static Observation points() {
    Observation points = statement("score");
    label(points, "points");
    context(points);
    points.setCode(coded("http://snomed.info/sct", "1104051000000101"));
    points.setValue(quantity("5", "{score}"));
    points.addInterpretation(
        coded(Guide.BASE + "CodeSystem/model-band-name", "medium").setText("medium"));
    part(points, "respiration_rate", "2");
    part(points, "temperature", "3");
    points.setDevice(new Reference("Device/1"));
    extend(
        points,
        "prediction-input-period",
        new Period()
            .setStartElement(new DateTimeType("2024-05-03T09:00:00Z"))
            .setEndElement(new DateTimeType("2024-05-03T09:10:00Z")));
    return points;
  }

  static Observation.ObservationComponentComponent part(
      Observation points, String name, String value) {
    return points
        .addComponent()
        .setCode(coded(Guide.BASE + "CodeSystem/model-output-name", name))
        .setValue(quantity(value, "{score}"));
  }

  static Observation explanation() {
    Observation explanation = statement("explanation");
    label(explanation, "explanation");
    explanation.setCode(coded(STATEMENT, "explanation"));
    explanation.addFocus(new Reference("RiskAssessment/1/_history/1"));
    extend(explanation, "explanation-method", new StringType("exact-shapley/1"));
    extend(explanation, "explanation-reference", new StringType("age 55, same sex"));
    for (String output : new String[] {"total_cvd", "ascvd"}) {
      addPart(explanation, "explanation-base", output);
    }
    input(explanation, "sex");
    Observation.ObservationComponentComponent attributed = input(explanation, "sbp");
    for (String output : new String[] {"total_cvd", "ascvd"}) {
      contribution(attributed, output);
    }
    return explanation;
  }

  static void addPart(DomainResource to, String id, String output) {
    var part = to.addExtension().setUrl(Guide.STRUCTURE + id);
    part.addExtension("output", new StringType(output));
    part.addExtension("value", new DecimalType("-3.25"));
  }

  static void contribution(Observation.ObservationComponentComponent to, String output) {
    var part = to.addExtension().setUrl(Guide.STRUCTURE + "explanation-contribution");
    part.addExtension("output", new StringType(output));
    part.addExtension("value", new DecimalType("0.5"));
  }

  static Observation.ObservationComponentComponent input(Observation explanation, String name) {
    return explanation
        .addComponent()
        .setCode(coded(Guide.BASE + "CodeSystem/model-input-name", name))
        .setValue(quantity("1", "1"));
  }

  static Observation feedback(String outcome) {
    Observation feedback = statement("feedback");
    feedback.getMeta().addProfile(Guide.STRUCTURE + "feedback");
    feedback.setCode(coded(STATEMENT, "feedback"));
    feedback.addFocus(new Reference("RiskAssessment/1"));
    feedback.setValue(coded(Guide.BASE + "CodeSystem/feedback-outcome", outcome));
    feedback.addPerformer(new Reference("Practitioner/1"));
    feedback.setMethod(coded(Guide.BASE + "CodeSystem/feedback-way", "app"));
    return feedback;
  }

  static Observation overridden() {
    Observation feedback = feedback("overridden");
    feedback
        .addComponent()
        .setCode(coded(STATEMENT, "override-reason"))
        .setValue(coded(Guide.BASE + "CodeSystem/override-reason", "data-wrong"));
    return feedback;
  }

  static Provenance provenance() {
    Provenance provenance = new Provenance();
    provenance.getMeta().addProfile(Guide.STRUCTURE + "ai-provenance");
    provenance.addTarget(new Reference("RiskAssessment/1/_history/1"));
    provenance.addTarget(new Reference("Observation/1/_history/1"));
    provenance.setOccurred(new DateTimeType(NOW));
    provenance.setRecorded(new Date(0));
    provenance.addReason(coded(OBSERVATION_VALUE, "AIAST"));
    provenance
        .addAgent()
        .addRole(coded(AI_ROLE, "Artificial-Intelligence"))
        .setWho(new Reference("Device/1"));
    return provenance;
  }

  static Provenance feedbackProvenance() {
    Provenance provenance = new Provenance();
    provenance.getMeta().addProfile(Guide.STRUCTURE + "feedback-provenance");
    provenance.addTarget(new Reference("Observation/1/_history/1"));
    provenance.setOccurred(new DateTimeType(NOW));
    provenance.setRecorded(new Date(0));
    provenance.setActivity(coded(Guide.BASE + "CodeSystem/feedback-way", "app"));
    provenance
        .addAgent()
        .setType(
            coded("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "author"))
        .setWho(new Reference("Practitioner/1"));
    return provenance;
  }

  static Provenance labelProvenance() {
    Provenance provenance = new Provenance();
    provenance.getMeta().addProfile(Guide.STRUCTURE + "outcome-label-provenance");
    provenance.addTarget(new Reference("Observation/1/_history/2"));
    provenance.setOccurred(new DateTimeType(NOW));
    provenance.setRecorded(new Date(0));
    provenance
        .addAgent()
        .setType(
            coded("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler"))
        .setWho(new Reference().setDisplay("Outcome labelling"));
    provenance
        .addEntity()
        .setRole(Provenance.ProvenanceEntityRole.SOURCE)
        .setWhat(new Reference("Condition/1/_history/1"));
    return provenance;
  }

  static MeasureReport performanceReport() {
    MeasureReport report = new MeasureReport();
    report.getMeta().addProfile(Guide.STRUCTURE + "performance-report");
    report.setStatus(MeasureReport.MeasureReportStatus.COMPLETE);
    report.setType(MeasureReport.MeasureReportType.SUMMARY);
    report.setMeasure(Guide.BASE + "Measure/model-performance|1.0.0");
    report.setSubject(new Reference("Device/1"));
    report.setPeriod(
        new Period().setStartElement(new DateTimeType(NOW)).setEndElement(new DateTimeType(NOW)));
    report.addExtension(
        Guide.STRUCTURE + "performance-model",
        new CanonicalType(Guide.BASE + "Library/prevent-2023|1.0.0"));
    report.addExtension(Guide.STRUCTURE + "performance-output", new StringType("cvd"));
    report.addExtension(
        Guide.STRUCTURE + "performance-outcome",
        new CanonicalType(Guide.BASE + "Library/outcome-new-diabetes|1.0.0"));
    report.addExtension(Guide.STRUCTURE + "performance-window-kind", new CodeType("month"));
    MeasureReport.MeasureReportGroupComponent group = report.addGroup();
    group.setCode(coded(Guide.BASE + "CodeSystem/figure", "auroc"));
    Extension definition = group.addExtension().setUrl(Guide.STRUCTURE + "figure-definition");
    definition.addExtension("version", new StringType("1.0.0"));
    Quantity score = new Quantity().setValue(0.75);
    Extension interval = score.addExtension().setUrl(Guide.STRUCTURE + "figure-interval");
    interval.addExtension("lower", new DecimalType("0.7"));
    interval.addExtension("upper", new DecimalType("0.8"));
    interval.addExtension("level", new DecimalType("0.95"));
    interval.addExtension("method", new StringType("delong"));
    group.setMeasureScore(score);
    return report;
  }

  static MeasureReport useReport() {
    MeasureReport report = performanceReport();
    report.getMeta().getProfile().clear();
    report.getMeta().addProfile(Guide.STRUCTURE + "use-report");
    report.setMeasure(Guide.BASE + "Measure/card-use|1.0.0");
    report.setSubject(null);
    report.getExtension().clear();
    report.addExtension(
        Guide.STRUCTURE + "use-deployment",
        new CanonicalType(Guide.BASE + "PlanDefinition/cvd-risk|1.0.0"));
    report.addExtension(Guide.STRUCTURE + "performance-window-kind", new CodeType("month"));
    report.getGroupFirstRep().setCode(coded(Guide.BASE + "CodeSystem/figure", "response-rate"));
    return report;
  }

  static PlanDefinition adjudicationPlan() {
    PlanDefinition plan = new PlanDefinition();
    plan.getMeta().addProfile(Guide.STRUCTURE + "adjudication-plan");
    plan.setUrl("https://example.org/PlanDefinition/labels").setVersion("1.0.0");
    plan.setName("Labels").setTitle("Labels").setDescription("How good labels are");
    plan.setStatus(PublicationStatus.ACTIVE);
    plan.setType(
        coded("http://terminology.hl7.org/CodeSystem/plan-definition-type", "workflow-definition"));
    plan.setEffectivePeriod(new Period().setStartElement(new DateTimeType("2026-01-01")));
    plan.addExtension(
        Guide.STRUCTURE + "adjudication-outcome",
        new CanonicalType(Guide.BASE + "Library/outcome-new-diabetes|1.0.0"));
    plan.addExtension(
        Guide.STRUCTURE + "adjudication-form",
        new CanonicalType(Guide.BASE + "Questionnaire/adjudicated-outcome|1.0.0"));
    Extension guideline = plan.addExtension().setUrl(Guide.STRUCTURE + "adjudication-guideline");
    guideline.addExtension("document", new CanonicalType("https://example.org/guideline|1"));
    guideline.addExtension("sha256", new StringType("0".repeat(64)));
    Extension choice = plan.addExtension().setUrl(Guide.STRUCTURE + "adjudication-choice");
    choice.addExtension("way", new CodeType("random"));
    choice.addExtension("count", new PositiveIntType(30));
    plan.addExtension(Guide.STRUCTURE + "adjudication-seed", new IntegerType(1));
    plan.addExtension(Guide.STRUCTURE + "adjudication-window", new CodeType("month"));
    for (String person : List.of("a", "b", "c")) {
      plan.addExtension(
          Guide.STRUCTURE + "adjudication-performer", new Reference("Practitioner/" + person));
    }
    Duration answer = new Duration();
    answer.setValue(14).setSystem("http://unitsofmeasure.org").setCode("d");
    plan.addExtension(Guide.STRUCTURE + "adjudication-answer", answer);
    return plan;
  }

  static Group cohortCriteria() {
    Group group = new Group();
    group.getMeta().addProfile(Guide.STRUCTURE + "cohort-criteria");
    group.setActual(false).setType(Group.GroupType.PERSON);
    Group.GroupCharacteristicComponent adult = group.addCharacteristic();
    adult.addExtension(
        Guide.STRUCTURE + "cohort-feature",
        new CanonicalType(Guide.BASE + "Library/feature-age|1.0.0"));
    adult.getCode().setText("Adult");
    adult
        .setExclude(false)
        .setValue(new Quantity().setValue(18).setSystem("http://unitsofmeasure.org").setCode("a"));
    return group;
  }

  static ConceptMap sourceMapping() {
    ConceptMap map = new ConceptMap();
    map.getMeta().addProfile(Guide.STRUCTURE + "source-mapping");
    map.setUrl("https://example.org/ConceptMap/laboratory");
    map.setVersion("1.0.0").setName("Laboratory").setStatus(PublicationStatus.ACTIVE);
    map.addGroup()
        .setSource("https://laboratory.example.org/codes")
        .setTarget("http://loinc.org")
        .addElement()
        .setCode("GLU")
        .addTarget()
        .setCode("2345-7")
        .setEquivalence(ConceptMapEquivalence.EQUIVALENT);
    return map;
  }

  static Device device() {
    Device device = new Device();
    device.getMeta().addProfile(Guide.STRUCTURE + "model-device");
    device.addDeviceName().setName("PREVENT 2023").setType(Device.DeviceNameType.USERFRIENDLYNAME);
    device.setType(coded(AI_ROLE, "Artificial-Intelligence"));
    device.addVersion().setValue("1.0.0");
    device.addIdentifier(new Identifier().setSystem("urn:ietf:rfc:3986").setValue(MODEL));
    return device;
  }

  static GuidanceResponse hookCall() {
    GuidanceResponse call = new GuidanceResponse();
    call.getMeta().addProfile(Guide.STRUCTURE + "hook-call");
    call.setRequestIdentifier(new Identifier().setValue("instance"));
    call.setModule(new CanonicalType(Guide.BASE + "PlanDefinition/cvd-risk"));
    call.setStatus(GuidanceResponseStatus.DATAREQUIRED);
    call.setSubject(new Reference("Patient/1"));
    call.setOccurrenceDateTimeElement(new DateTimeType(NOW));
    call.addReasonCode(
        coded(Guide.BASE + "CodeSystem/no-prediction-reason", "out-of-range")
            .setText("age lies outside the model's range"));
    return call;
  }

  static DetectedIssue orderFinding() {
    DetectedIssue issue = new DetectedIssue();
    issue.getMeta().addProfile(Guide.STRUCTURE + "order-finding");
    issue.addExtension(
        Guide.STRUCTURE + "order-finding-rules",
        new CanonicalType(Guide.BASE + "Library/renal-dosing|1.0.0"));
    issue.setStatus(DetectedIssueStatus.FINAL);
    CodeableConcept code = coded(Guide.BASE + "CodeSystem/order-finding", "advised");
    code.addCoding().setSystem(Guide.BASE + "CodeSystem/order-action").setCode("avoid");
    issue.setCode(code);
    issue.setSeverity(DetectedIssueSeverity.HIGH);
    issue.setPatient(new Reference("Patient/1"));
    issue.setIdentified(new DateTimeType(NOW));
    issue.addImplicated(
        new Reference().setIdentifier(new Identifier().setValue("MedicationRequest/1")));
    issue.setDetail("Contraindicated.");
    issue.setReference("https://example.org/label");
    return issue;
  }

  static CodeableConcept coded(String system, String code) {
    return new CodeableConcept(new Coding().setSystem(system).setCode(code));
  }

  static Quantity quantity(String value, String unit) {
    return new Quantity()
        .setValue(new BigDecimal(value))
        .setUnit(unit)
        .setSystem(UCUM)
        .setCode(unit);
  }

  private static Observation statement(String category) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(coded(STATEMENT, category));
    observation.setSubject(new Reference("Patient/1"));
    observation.setEffective(new DateTimeType(NOW));
    return observation;
  }

  private static void label(Resource resource, String profile) {
    resource.getMeta().addProfile(Guide.STRUCTURE + profile);
    resource.getMeta().addSecurity().setSystem(OBSERVATION_VALUE).setCode("AIAST");
  }

  private static void context(DomainResource resource) {
    extend(resource, "prediction-model-version", new CanonicalType(MODEL));
    extend(resource, "prediction-epoch", new IntegerType(7));
  }

  private static void extend(DomainResource resource, String id, Type value) {
    resource.addExtension(Guide.STRUCTURE + id, value);
  }

  /** A search that shows a patient: what was asked, who is shown, and what. */
  static AuditEvent auditedQuery() {
    AuditEvent event = new AuditEvent();
    event.getMeta().addProfile(Guide.STRUCTURE + "audit-patient-query");
    event.addExtension(Guide.STRUCTURE + "audit-leaf-index", new DecimalType(7));
    event.setType(new Coding(TERMINOLOGY + "audit-event-type", "rest", "RESTful Operation"));
    event.addSubtype().setSystem("http://hl7.org/fhir/restful-interaction").setCode("search-type");
    event.setAction(AuditEvent.AuditEventAction.E);
    event.setRecorded(new Date(0));
    event.setOutcome(AuditEvent.AuditEventOutcome._0);
    agent(event, "110153", "Source Role ID");
    agent(event, "110152", "Destination Role ID");
    event.getSource().getObserver().setDisplay("Auscult");
    entity(event, "1", "1").getWhat().setReference("Patient/1");
    entity(event, "2", "24").setQuery("/fhir/Observation?patient=1".getBytes(UTF_8));
    entity(event, "2", "4").getWhat().setReference("Observation/1/_history/1");
    entity(event, "2", "4").getWhat().setReference("Observation/2/_history/1");
    ours(event, "request-id");
    ours(event, "operation");
    return event;
  }

  private static void agent(AuditEvent event, String code, String display) {
    AuditEvent.AuditEventAgentComponent agent = event.addAgent().setRequestor(false);
    agent.setType(coded("http://dicom.nema.org/resources/ontology/DCM", code));
    agent.getType().getCodingFirstRep().setDisplay(display);
    agent.getWho().setDisplay("somebody");
  }

  private static AuditEvent.AuditEventEntityComponent entity(
      AuditEvent event, String type, String role) {
    return event
        .addEntity()
        .setType(new Coding(TERMINOLOGY + "audit-entity-type", type, null))
        .setRole(new Coding(TERMINOLOGY + "object-role", role, null));
  }

  private static void ours(AuditEvent event, String code) {
    AuditEvent.AuditEventEntityComponent entity = event.addEntity();
    entity.setType(new Coding(Guide.BASE + "CodeSystem/audit-entity", code, null));
    entity.getWhat().getIdentifier().setValue("x");
  }
}
