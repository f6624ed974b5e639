package org.auscult.server.notification;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.server.alert.AlertUrls;
import org.auscult.server.report.ReportUrls;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueEvidenceComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an issue outside: figures with intervals and limits, windows, rule, model,
 * severity and status. It is built anew from what is listed here, so that whatever else may come to
 * stand in an issue, a person's words or a reference, stays here.
 */
final class NotificationPayload {
  private static final String REPORT = "MeasureReport/[A-Za-z0-9.-]{1,64}(/_history/[0-9]+)?";

  /** In a group's name, or an output's: nothing that looks like a reference, or like prose. */
  private static final String NAME = "[\\p{L}\\p{N} _.,:;|=<>≤≥+()%\\[\\]-]{1,200}";

  /** A parameter of a figure, which may be the URL of a feature. */
  private static final String PARAMETER =
      "[a-z-]{1,40} = (" + NAME + "|https?://[^ /]+(/[A-Za-z0-9._~-]+)*/Library/[A-Za-z0-9._|-]+)";

  private static final Map<String, Function<Base, @Nullable Type>> PARTS =
      Map.of(
          "output", NotificationPayload::name,
          "figure", NotificationPayload::code,
          "parameter", NotificationPayload::parameter,
          "by", NotificationPayload::name,
          "way", NotificationPayload::name,
          "group", NotificationPayload::name,
          "value", NotificationPayload::value,
          "least", NotificationPayload::decimal,
          "most", NotificationPayload::decimal,
          "period", NotificationPayload::period);

  private NotificationPayload() {}

  /**
   * An issue as it may leave.
   *
   * @param issue as stored, with its version
   * @param model {@code url|version}; null if it is about none
   */
  static DetectedIssue of(DetectedIssue issue, String version, @Nullable String model) {
    DetectedIssue told = new DetectedIssue();
    told.setId(issue.getIdElement().getIdPart());
    told.getMeta().addProfile(AlertUrls.ISSUE).setVersionId(version);
    told.setStatus(issue.getStatus());
    told.setSeverity(issue.getSeverity());
    issue.getCode().getCoding().stream()
        .filter(coding -> AlertUrls.KIND_SYSTEM.equals(coding.getSystem()))
        .forEach(
            coding ->
                told.setCode(
                    new CodeableConcept(
                        new Coding(AlertUrls.KIND_SYSTEM, coding.getCode(), null))));
    extension(told, issue, AlertUrls.SEVERITY, NotificationPayload::code);
    extension(told, issue, AlertUrls.EPISODE, NotificationPayload::count);
    if (issue.hasIdentifiedPeriod()) {
      told.setIdentified(plain(issue.getIdentifiedPeriod()));
    }
    if (model != null) {
      String device = issue.getImplicatedFirstRep().getReference();
      told.addImplicated(
          new Reference(device)
              .setIdentifier(new Identifier().setSystem("urn:ietf:rfc:3986").setValue(model)));
    }
    if (issue.hasReference() && issue.getReference().contains("|")) {
      told.setReference(issue.getReference());
    }
    issue.getEvidence().forEach(evidence -> evidence(told, evidence));
    told.setDetail(
        "Figures alone are told here; DetectedIssue/"
            + issue.getIdElement().getIdPart()
            + " at the server has the rest.");
    return told;
  }

  private static void evidence(DetectedIssue told, DetectedIssueEvidenceComponent evidence) {
    DetectedIssueEvidenceComponent kept = new DetectedIssueEvidenceComponent();
    evidence.getDetail().stream()
        .map(Reference::getReference)
        .filter(reference -> reference != null && reference.matches(REPORT))
        .forEach(reference -> kept.addDetail(new Reference(reference)));
    for (Extension breach : evidence.getExtensionsByUrl(AlertUrls.BREACH)) {
      Extension copy = kept.addExtension().setUrl(AlertUrls.BREACH);
      breach.getExtension().forEach(part -> part(copy, part));
    }
    if (!kept.isEmpty()) {
      told.addEvidence(kept);
    }
  }

  private static void part(Extension copy, Extension part) {
    if (part.getUrl().equals("n")) {
      copy.addExtension("n", count(part.getValue()));
      return;
    }
    Function<Base, @Nullable Type> how = PARTS.get(part.getUrl());
    Type value = how == null ? null : how.apply(part.getValue());
    if (value != null) {
      copy.addExtension(part.getUrl(), value);
    }
  }

  private static void extension(
      DetectedIssue told, DetectedIssue issue, String url, Function<Base, @Nullable Type> how) {
    Extension found = issue.getExtensionByUrl(url);
    Type value = found == null ? null : how.apply(found.getValue());
    if (value != null) {
      told.addExtension(url, value);
    }
  }

  private static @Nullable Type name(Base value) {
    String text = value.primitiveValue();
    return text != null && text.matches(NAME) ? new StringType(text) : null;
  }

  private static @Nullable Type parameter(Base value) {
    String text = value.primitiveValue();
    return text != null && text.matches(PARAMETER) ? new StringType(text) : null;
  }

  private static @Nullable Type code(Base value) {
    String text = value.primitiveValue();
    return text != null && text.matches("[a-z0-9-]{1,64}") ? new CodeType(text) : null;
  }

  private static @Nullable Type count(Base value) {
    return value instanceof PositiveIntType positive
        ? new PositiveIntType(positive.getValue())
        : value instanceof IntegerType whole ? new IntegerType(whole.getValue()) : null;
  }

  private static @Nullable Type decimal(Base value) {
    return value instanceof DecimalType decimal ? new DecimalType(decimal.getValue()) : null;
  }

  private static @Nullable Type value(Base value) {
    if (!(value instanceof Quantity quantity)) {
      return null;
    }
    Quantity copy = new Quantity();
    copy.setValue(quantity.getValue());
    Extension interval = quantity.getExtensionByUrl(ReportUrls.INTERVAL);
    if (interval != null) {
      Extension kept = copy.addExtension().setUrl(ReportUrls.INTERVAL);
      for (String name : List.of("lower", "upper", "level", "method")) {
        Extension part = interval.getExtensionByUrl(name);
        Type of =
            part == null
                ? null
                : name.equals("method") ? name(part.getValue()) : decimal(part.getValue());
        if (of != null) {
          kept.addExtension(name, of);
        }
      }
    }
    return copy;
  }

  private static @Nullable Type period(Base value) {
    return value instanceof Period period ? plain(period) : null;
  }

  private static Period plain(Period period) {
    Period copy = new Period();
    if (period.hasStart()) {
      copy.setStartElement(instant(period.getStartElement()));
    }
    if (period.hasEnd()) {
      copy.setEndElement(instant(period.getEndElement()));
    }
    return copy;
  }

  private static DateTimeType instant(DateTimeType time) {
    return PredictionResources.instant(time.getValue().toInstant());
  }
}
