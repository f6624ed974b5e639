package org.auscult.timeline.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of each resource type are the fact's code, time, status and value. One short
 * method for each type; everything that types have in common is in {@link FactProjector}.
 */
final class ResourceReader {
  private static final String NOT_AN_ORDER = "not-an-order";

  private final FhirTime time;

  ResourceReader(FhirTime time) {
    this.time = time;
  }

  /** One thing said: slot 0 is the resource itself, the following ones its components. */
  record Statement(
      List<Code> codes,
      @Nullable String display,
      @Nullable Type value,
      @Nullable String absentReason,
      List<CodeableConcept> interpretations,
      List<ObservationReferenceRangeComponent> ranges,
      @Nullable Own own) {
    static Statement of(@Nullable CodeableConcept code) {
      return of(FactProjector.codes(code), FactProjector.display(code));
    }

    static Statement of(List<Code> codes, @Nullable String display) {
      return new Statement(codes, display, null, null, List.of(), List.of(), null);
    }

    Statement with(Own newOwn) {
      return new Statement(codes, display, value, absentReason, interpretations, ranges, newOwn);
    }

    @Nullable String interpretation() {
      return firstCode(first(interpretations));
    }
  }

  /**
   * What a statement says for itself, where others take it from the resource.
   *
   * @param effective null if the resource's
   */
  record Own(@Nullable EffectiveTime effective, String status) {}

  /** What one resource says, before it is dated in our clocks. */
  static final class Read {
    final ResourceKind kind;
    final @Nullable Reference subject;
    final List<Statement> statements = new ArrayList<>();
    Optional<EffectiveTime> effective = Optional.empty();
    @Nullable BaseDateTimeType asserted;
    String status = "";
    @Nullable String category;
    @Nullable String encounter;
    @Nullable String site;
    Circumstances circumstances = Circumstances.NONE;

    private Read(ResourceKind kind, @Nullable Reference subject) {
      this.kind = kind;
      this.subject = subject;
    }
  }

  /**
   * @param origin base URL of the server that holds it; empty for our own record
   */
  Optional<Read> read(Resource resource, String origin) {
    Optional<Read> read = ofType(resource, origin);
    if (resource instanceof DomainResource whole) {
      read.ifPresent(r -> r.circumstances = CircumstancesReader.read(whole, origin));
    }
    return read;
  }

  private Optional<Read> ofType(Resource resource, String origin) {
    if (resource instanceof Observation observation) {
      return Optional.of(observation(observation));
    } else if (resource instanceof Condition condition) {
      return Optional.of(condition(condition));
    } else if (resource instanceof MedicationRequest request) {
      return Optional.of(medicationRequest(request, origin));
    } else if (resource instanceof MedicationAdministration administration) {
      return Optional.of(medicationAdministration(administration, origin));
    } else if (resource instanceof MedicationStatement statement) {
      return Optional.of(medicationStatement(statement, origin));
    } else if (resource instanceof Procedure procedure) {
      return Optional.of(procedure(procedure));
    } else if (resource instanceof Encounter encounter) {
      return Optional.of(encounter(encounter, origin));
    } else if (resource instanceof AllergyIntolerance allergy) {
      return Optional.of(allergy(allergy));
    } else if (resource instanceof Immunization immunization) {
      return Optional.of(immunization(immunization));
    } else if (resource instanceof DiagnosticReport report) {
      return Optional.of(report(report));
    } else if (resource instanceof Claim claim) {
      return Optional.of(claim(claim));
    } else if (resource instanceof ExplanationOfBenefit benefit) {
      return Optional.of(benefit(benefit));
    }
    return Optional.empty();
  }

  private Read observation(Observation o) {
    Read read = new Read(ResourceKind.OBSERVATION, o.getSubject());
    read.effective = time.measured(o.getEffective()).or(() -> time.measured(o.getIssuedElement()));
    read.asserted = o.getIssuedElement();
    read.status = text(o.getStatusElement());
    read.category = category(o.getCategory());
    read.encounter = idOf(o.getEncounter());
    read.statements.add(
        statement(
            o.getCode(),
            o.getValue(),
            o.getDataAbsentReason(),
            o.getInterpretation(),
            o.getReferenceRange()));
    for (var component : o.getComponent()) {
      read.statements.add(
          statement(
              component.getCode(),
              component.getValue(),
              component.getDataAbsentReason(),
              component.getInterpretation(),
              component.getReferenceRange()));
    }
    return read;
  }

  private Read condition(Condition c) {
    Read read = new Read(ResourceKind.CONDITION, c.getSubject());
    read.effective =
        time.state(dateOf(c.getOnset(), End.START), dateOf(c.getAbatement(), End.END))
            .or(() -> time.measured(c.getRecordedDateElement()));
    read.asserted = c.getRecordedDateElement();
    read.status = verified(c.getVerificationStatus(), c.getClinicalStatus());
    read.category = category(c.getCategory());
    read.encounter = idOf(c.getEncounter());
    read.statements.add(Statement.of(c.getCode()));
    return read;
  }

  private Read medicationRequest(MedicationRequest m, String origin) {
    Read read = new Read(ResourceKind.MEDICATION_REQUEST, m.getSubject());
    read.effective = time.measured(m.getAuthoredOnElement());
    read.asserted = m.getAuthoredOnElement();
    String status = text(m.getStatusElement());
    boolean ordered =
        m.getIntent() == MedicationRequestIntent.ORDER
            || m.getIntent() == MedicationRequestIntent.ORIGINALORDER
            || m.getIntent() == MedicationRequestIntent.REFLEXORDER
            || m.getIntent() == MedicationRequestIntent.FILLERORDER
            || m.getIntent() == MedicationRequestIntent.INSTANCEORDER;
    if (status.equals("entered-in-error")) {
      read.status = status;
    } else if (Boolean.TRUE.equals(m.getDoNotPerformElement().getValue())) {
      read.status = "do-not-perform";
    } else {
      read.status = ordered ? status : NOT_AN_ORDER;
    }
    read.category = category(m.getCategory());
    read.encounter = idOf(m.getEncounter());
    read.statements.add(MedicationReader.read(m, m.getMedication(), origin));
    return read;
  }

  private Read medicationAdministration(MedicationAdministration m, String origin) {
    Read read = new Read(ResourceKind.MEDICATION_ADMINISTRATION, m.getSubject());
    read.effective = time.measured(m.getEffective());
    read.status = text(m.getStatusElement());
    read.encounter = idOf(m.getContext());
    read.statements.add(MedicationReader.read(m, m.getMedication(), origin));
    return read;
  }

  private Read medicationStatement(MedicationStatement m, String origin) {
    Read read = new Read(ResourceKind.MEDICATION_STATEMENT, m.getSubject());
    read.effective =
        time.state(dateOf(m.getEffective(), End.START), dateOf(m.getEffective(), End.END))
            .or(() -> time.measured(m.getDateAssertedElement()));
    read.asserted = m.getDateAssertedElement();
    read.status = text(m.getStatusElement());
    read.encounter = idOf(m.getContext());
    read.statements.add(MedicationReader.read(m, m.getMedication(), origin));
    return read;
  }

  private Read procedure(Procedure p) {
    Read read = new Read(ResourceKind.PROCEDURE, p.getSubject());
    read.effective =
        time.state(dateOf(p.getPerformed(), End.START), dateOf(p.getPerformed(), End.END));
    read.status = text(p.getStatusElement());
    read.category = firstCode(p.getCategory());
    read.encounter = idOf(p.getEncounter());
    read.statements.add(Statement.of(p.getCode()));
    return read;
  }

  private Read encounter(Encounter e, String origin) {
    Read read = new Read(ResourceKind.ENCOUNTER, e.getSubject());
    read.effective = time.state(e.getPeriod().getStartElement(), e.getPeriod().getEndElement());
    read.status = text(e.getStatusElement());
    read.category = e.getClass_().getCode();
    read.encounter = e.getIdElement().getIdPart();
    read.site = idOf(e.getServiceProvider());
    List<Code> codes = new ArrayList<>();
    e.getType().forEach(type -> codes.addAll(FactProjector.codes(type)));
    Coding encounterClass = e.getClass_();
    if (encounterClass.getCode() != null && !encounterClass.getCode().isBlank()) {
      codes.add(new Code(orEmpty(encounterClass.getSystem()), encounterClass.getCode()));
    }
    String display = FactProjector.display(first(e.getType()));
    read.statements.add(Statement.of(codes.stream().distinct().toList(), display));
    read.statements.add(
        Statement.of(
                e.hasHospitalization() ? e.getHospitalization().getDischargeDisposition() : null)
            .with(new Own(read.effective.map(ResourceReader::end).orElse(null), read.status)));
    read.statements.addAll(
        PlacesReader.read(e, read.status, read.effective.orElse(null), time, origin));
    return read;
  }

  /** How it ended is true from when it ended: a load of history must not tell it before. */
  private static EffectiveTime end(EffectiveTime whole) {
    Instant until = whole.until();
    return until == null
        ? whole
        : new EffectiveTime(until, until, until, EffectiveTime.Precision.INSTANT);
  }

  private Read allergy(AllergyIntolerance a) {
    Read read = new Read(ResourceKind.ALLERGY_INTOLERANCE, a.getPatient());
    read.effective =
        time.state(dateOf(a.getOnset(), End.START), null)
            .or(() -> time.measured(a.getRecordedDateElement()));
    read.asserted = a.getRecordedDateElement();
    read.status = verified(a.getVerificationStatus(), a.getClinicalStatus());
    read.encounter = idOf(a.getEncounter());
    read.statements.add(Statement.of(a.getCode()));
    return read;
  }

  private Read immunization(Immunization i) {
    Read read = new Read(ResourceKind.IMMUNIZATION, i.getPatient());
    if (i.getOccurrence() instanceof BaseDateTimeType date) {
      read.effective = time.measured(date);
    }
    read.asserted = i.getRecordedElement();
    read.status = text(i.getStatusElement());
    read.encounter = idOf(i.getEncounter());
    read.statements.add(Statement.of(i.getVaccineCode()));
    return read;
  }

  private Read report(DiagnosticReport d) {
    Read read = new Read(ResourceKind.DIAGNOSTIC_REPORT, d.getSubject());
    read.effective = time.measured(d.getEffective()).or(() -> time.measured(d.getIssuedElement()));
    read.asserted = d.getIssuedElement();
    read.status = text(d.getStatusElement());
    read.category = category(d.getCategory());
    read.encounter = idOf(d.getEncounter());
    read.statements.add(Statement.of(d.getCode()));
    return read;
  }

  private Read claim(Claim c) {
    Read read = new Read(ResourceKind.CLAIM, c.getPatient());
    read.effective =
        time.state(c.getBillablePeriod().getStartElement(), c.getBillablePeriod().getEndElement())
            .or(() -> time.measured(c.getCreatedElement()));
    read.asserted = c.getCreatedElement();
    read.status = text(c.getStatusElement());
    read.statements.add(Statement.of(c.getType()));
    c.getItem().forEach(item -> read.statements.add(Statement.of(item.getProductOrService())));
    return read;
  }

  private Read benefit(ExplanationOfBenefit e) {
    Read read = new Read(ResourceKind.EXPLANATION_OF_BENEFIT, e.getPatient());
    read.effective =
        time.state(e.getBillablePeriod().getStartElement(), e.getBillablePeriod().getEndElement())
            .or(() -> time.measured(e.getCreatedElement()));
    read.asserted = e.getCreatedElement();
    read.status = text(e.getStatusElement());
    read.statements.add(Statement.of(e.getType()));
    e.getItem().forEach(item -> read.statements.add(Statement.of(item.getProductOrService())));
    return read;
  }

  private static Statement statement(
      CodeableConcept code,
      @Nullable Type value,
      CodeableConcept absentReason,
      List<CodeableConcept> interpretations,
      List<ObservationReferenceRangeComponent> ranges) {
    return new Statement(
        FactProjector.codes(code),
        FactProjector.display(code),
        value,
        firstCode(absentReason),
        interpretations,
        ranges,
        null);
  }

  /** The clinical status, unless the whole statement was denied. */
  private static String verified(CodeableConcept verification, CodeableConcept clinicalStatus) {
    String verified = orEmpty(firstCode(verification));
    boolean denied = verified.equals("entered-in-error") || verified.equals("refuted");
    return denied ? verified : orEmpty(firstCode(clinicalStatus));
  }

  private enum End {
    START,
    END
  }

  private static @Nullable BaseDateTimeType dateOf(@Nullable Type type, End end) {
    if (type instanceof Period period) {
      return end == End.START ? period.getStartElement() : period.getEndElement();
    }
    if (type instanceof BaseDateTimeType date) {
      return date;
    }
    return null;
  }

  private static @Nullable String category(List<CodeableConcept> categories) {
    return firstCode(first(categories));
  }

  /** HAPI's {@code getXFirstRep} would add an empty element to the resource that it is asked of. */
  private static @Nullable CodeableConcept first(List<CodeableConcept> concepts) {
    return concepts.isEmpty() ? null : concepts.get(0);
  }

  private static @Nullable String firstCode(@Nullable CodeableConcept concept) {
    return FactProjector.codes(concept).stream().map(Code::code).findFirst().orElse(null);
  }

  private static @Nullable String idOf(@Nullable Reference reference) {
    return reference == null || reference.getReference() == null
        ? null
        : reference.getReferenceElement().getIdPart();
  }

  private static String text(@Nullable PrimitiveType<?> element) {
    return element == null ? "" : orEmpty(element.getValueAsString());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
