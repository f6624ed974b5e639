package org.auscult.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.annotation.Child;
import java.lang.reflect.Field;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.auscult.server.alert.AlertUrls;
import org.auscult.server.report.ReportUrls;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueSeverity;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** Whatever may come to stand in an issue, nothing of a person leaves with it. */
class NotificationPayloadTest {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final String MODEL = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";
  private static final String MARK = "Okonkwo-4711";
  private static final List<String> TYPES =
      List.of("Patient", "RiskAssessment", "Practitioner", "Observation", "Encounter");

  private static DetectedIssue issue() {
    DetectedIssue issue = new DetectedIssue();
    issue.setId("alert-1");
    issue.setStatus(DetectedIssueStatus.PRELIMINARY).setSeverity(DetectedIssueSeverity.HIGH);
    issue.setCode(new CodeableConcept(new Coding(AlertUrls.KIND_SYSTEM, "performance", null)));
    issue.addExtension(AlertUrls.SEVERITY, new CodeType("critical"));
    issue.addExtension(AlertUrls.EPISODE, new PositiveIntType(2));
    issue.setIdentified(new Period().setStart(new Date(1_700_000_000_000L)));
    issue.addImplicated(new Reference("Device/model-1"));
    issue.setReference("https://example.org/PlanDefinition/rule|1.0.0");
    Extension breach = issue.addEvidence().addExtension().setUrl(AlertUrls.BREACH);
    breach.addExtension("output", new StringType("total_cvd"));
    breach.addExtension("figure", new CodeType("auroc"));
    breach.addExtension("parameter", new StringType("threshold = 0.2"));
    breach.addExtension(
        "parameter", new StringType("feature = https://auscult.org/fhir/Library/feature-age"));
    breach.addExtension("way", new StringType("site"));
    breach.addExtension("group", new StringType("north"));
    Quantity value = new Quantity().setValue(0.61);
    Extension interval = value.addExtension().setUrl(ReportUrls.INTERVAL);
    interval.addExtension("lower", new DecimalType("0.55"));
    interval.addExtension("upper", new DecimalType("0.67"));
    interval.addExtension("level", new DecimalType("0.95"));
    interval.addExtension("method", new StringType("DeLong"));
    breach.addExtension("value", value);
    breach.addExtension("n", new IntegerType(400));
    breach.addExtension("least", new DecimalType("0.7"));
    breach.addExtension("period", new Period().setStart(new Date(1_700_000_000_000L)));
    issue.getEvidenceFirstRep().addDetail(new Reference("MeasureReport/performance-1/_history/3"));
    return issue;
  }

  private static String told(DetectedIssue issue) {
    return text(NotificationPayload.of(issue, "7", MODEL));
  }

  private static String text(DetectedIssue issue) {
    return FHIR.newJsonParser().setStripVersionsFromReferences(false).encodeResourceToString(issue);
  }

  /** What a receiver needs is all there. */
  @Test
  void figuresAreTold() {
    DetectedIssue told = NotificationPayload.of(issue(), "7", MODEL);
    assertThat(told.getMeta().getVersionId()).isEqualTo("7");
    assertThat(told(issue()))
        .contains(
            MODEL,
            "rule|1.0.0",
            "preliminary",
            "critical",
            "\"auroc\"",
            "0.61",
            "0.55",
            "0.67",
            "DeLong",
            "400",
            "0.7",
            "threshold = 0.2",
            "feature = https://auscult.org/fhir/Library/feature-age",
            "north",
            "MeasureReport/performance-1/_history/3");
  }

  /** Of 500 issues with words and references of persons anywhere, in any number of places. */
  @Test
  void nothingOfAPersonIsTold() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      DetectedIssue issue = issue();
      int plants = 1 + random.nextInt(6);
      StringBuilder where = new StringBuilder();
      for (int i = 0; i < plants; i++) {
        int place = random.nextInt(PLACES);
        where.append(place).append(' ');
        plant(issue, place, TYPES.get(random.nextInt(TYPES.size())) + "/" + MARK, random);
      }
      assertThat(text(issue)).contains(MARK);
      assertThat(told(issue)).as("seed " + seed + ", places " + where).doesNotContain(MARK);
    }
  }

  private static final int PLACES = 17;

  private static void plant(DetectedIssue issue, int place, String reference, Random random) {
    Extension breach = issue.getEvidenceFirstRep().getExtensionByUrl(AlertUrls.BREACH);
    switch (place) {
      case 0 -> issue.setPatient(new Reference(reference).setDisplay(MARK));
      case 1 -> issue.setAuthor(new Reference(reference));
      case 2 -> issue.addIdentifier(new Identifier().setSystem("urn:mrn").setValue(MARK));
      case 3 -> issue.setDetail("See " + reference + ", Ms " + MARK);
      case 4 -> issue.getCode().setText(MARK);
      case 5 -> issue.getCode().addCoding(new Coding("urn:x", MARK, MARK));
      case 6 -> issue.getEvidenceFirstRep().addDetail(new Reference(reference));
      case 7 -> issue.addEvidence().addCode(new CodeableConcept().setText(MARK));
      case 8 -> issue.addMitigation().setAction(new CodeableConcept().setText(MARK));
      case 9 -> issue.getMitigationFirstRep().setAuthor(new Reference(reference));
      case 10 ->
          issue.addContained(new Patient().addName(new HumanName().setFamily(MARK)).setId("#p"));
      case 11 -> {
        Narrative text = new Narrative();
        text.setDivAsString("<div>" + MARK + "</div>");
        issue.setText(text.setStatus(Narrative.NarrativeStatus.GENERATED));
      }
      case 12 -> issue.addExtension("urn:note", new Annotation().setText(MARK));
      case 13 -> issue.addImplicated(new Reference(reference).setDisplay(MARK));
      case 14 -> breach.addExtension("prediction", new StringType(MARK));
      case 15 ->
          breach.addExtension(
              List.of("group", "by", "way", "output", "parameter").get(random.nextInt(5)),
              new StringType(random.nextBoolean() ? reference : "see " + reference));
      default -> {
        issue.getMeta().addTag("urn:x", MARK, MARK);
        issue.setReference("urn:" + reference);
        issue.getIdentifiedPeriod().addExtension("urn:x", new StringType(MARK));
      }
    }
  }

  /** Who adds an element to the resource has to think of this test. */
  @Test
  void everyElementIsPlanted() {
    long elements =
        List.of(DetectedIssue.class.getDeclaredFields()).stream()
            .filter(NotificationPayloadTest::isElement)
            .count();
    assertThat(elements).isEqualTo(12);
  }

  private static boolean isElement(Field field) {
    return field.isAnnotationPresent(Child.class);
  }
}
